/** The lines of a transcript stand beside the line of the machine that printed them. */
import { expect, test } from 'vitest';
import { runPage } from './run-page.ts';

/** The command's own line left out: `client`, `server` or both, and the text of each line that matches. */
async function waysOf(source: string, words: RegExp): Promise<readonly string[]> {
  const run = await runPage(source);
  return run
    .flatMap(({ transcript }) => transcript.lines)
    .filter(({ kind, text }) => kind !== 'command' && words.test(text))
    .map(({ from, text }) => `${from}: ${text}`);
}

const fence = (...lines: readonly string[]): string => ['```console', ...lines, '```', ''].join('\n');
const yes = '? Are you sure you want to continue connecting (yes/no/[fingerprint])? yes';
const password = '? demo@remote_host’s password: ••••••••';

test('ssh-copy-id prints here, before and after ssh was let in', async () => {
  const page =
    fence("demo@laptop:~$ ssh-keygen -q -N '' -f ~/.ssh/id_ed25519") +
    fence('demo@laptop:~$ ssh-copy-id demo@remote_host', yes, password) +
    fence('demo@laptop:~$ ssh-copy-id demo@remote_host');
  expect(await waysOf(page, /added: |skipped|Source/)).toEqual([
    'client: /usr/bin/ssh-copy-id: INFO: Source of key(s) to be installed: "/home/demo/.ssh/id_ed25519.pub"',
    'client: Number of key(s) added: 1',
    'client: /usr/bin/ssh-copy-id: INFO: Source of key(s) to be installed: "/home/demo/.ssh/id_ed25519.pub"',
    'client: /usr/bin/ssh-copy-id: WARNING: All keys were skipped because they already exist on the remote system.',
  ]);
});

test('a single command’s output and errors came over; ssh’s own words did not', async () => {
  const page =
    fence('demo@laptop:~$ ssh demo@remote_host "echo out; cat /nosuch"', yes, password) +
    fence('demo@laptop:~$ ssh demo@remote_host "exit 3"', '? demo@remote_host’s password: ••••••••');
  expect(await waysOf(page, /./)).toEqual([
    "client: The authenticity of host 'remote_host (111.111.11.111)' can't be established.",
    'client: ED25519 key fingerprint is: SHA256:+3F1FJHnootexvY9XTtaVaUc0kdvS7CUk0EsCwzOxVQ',
    'client: This key is not known by any other names.',
    'client: Are you sure you want to continue connecting (yes/no/[fingerprint])? yes',
    "client: Warning: Permanently added 'remote_host' (ED25519) to the list of known hosts.",
    "client: demo@remote_host's password: ",
    'server: out',
    'server: cat: /nosuch: No such file or directory',
    "client: demo@remote_host's password: ",
  ]);
});

test('a shell over there prints there, and the farewell is ssh’s', async () => {
  const page =
    fence('demo@laptop:~$ ssh demo@remote_host', yes, password) +
    fence('demo@remote_host:~$ exit') +
    fence('demo@laptop:~$ hostname');
  expect(await waysOf(page, /Welcome|logout|closed|^laptop/)).toEqual([
    'server: Welcome to remote_host',
    'server: logout',
    'client: Connection to remote_host closed.',
    'client: laptop',
  ]);
});
