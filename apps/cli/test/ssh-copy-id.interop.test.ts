/**
 * ssh-copy-id to a real sshd: ours and OpenSSH's script run the same words, one after the other, against the same server, and must print
 * the same, end with the same status and leave the same authorized_keys. Both use this machine's ssh. The way in is a key in an agent,
 * which the trial of a new key leaves aside (IdentitiesOnly). Debian's 9.2 stands in for 10.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, hasOpenSsh, run, runSeashell, startRealServer, type RealServer } from './real-openssh.ts';

const base = mkdtempSync(join(tmpdir(), 'seashell-copy-id-'));
const home = join(base, 'home');
const remoteHome = join(base, 'remote');
const remoteKeys = join(remoteHome, '.ssh/authorized_keys');
const knownHosts = join(base, 'known_hosts');
const agentSocket = join(base, 'agent');
const target = `${userInfo().username}@127.0.0.1`;

type Which = 'ours' | 'theirs';

interface Step {
  readonly words: readonly string[];
  /** Makes the remote home what the step starts from. */
  readonly before?: () => void;
  /** The agent is there unless this is so. */
  readonly withoutAgent?: boolean;
}

interface Seen {
  readonly words: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  readonly keys: string | undefined;
  readonly modes: readonly string[];
  /** What is in ~/.ssh afterwards. */
  readonly left: readonly string[];
}

interface Run {
  readonly seen: Seen;
  /** All that was printed, as it was. */
  readonly raw: string;
}

const key = (name: string): string => join(home, '.ssh', name);
const publicLine = (name: string): string => readFileSync(`${key(name)}.pub`, 'utf8');

function makeKey(path: string): void {
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', path.slice(base.length), '-f', path]);
}

/** What 9.2 says in another way, or not at all: the source of the keys, the command that it proposes, and the usage. */
const comparable = (text: string): string =>
  text
    .replaceAll(/^.*INFO: Source of key\(s\).*\n/gm, '')
    .replaceAll(/with: +".*"/g, 'with: COMMAND')
    .replaceAll(/^Usage: .*\n(?:\t-.*\n)*/gm, 'USAGE\n');

const modeOf = (path: string): string =>
  existsSync(path) ? `${path.slice(base.length)} ${(statSync(path).mode & 0o777).toString(8)}` : '';

async function runStep(which: Which, { words, before, withoutAgent }: Step): Promise<Run> {
  before?.();
  const environment = { HOME: home, SSH_AUTH_SOCK: withoutAgent === true ? '' : agentSocket };
  const outcome =
    which === 'ours'
      ? await runSeashell(['ssh-copy-id', ...words], { environment })
      : await run('ssh-copy-id', words, { environment });
  const stdout = outcome.stdout.toString();
  const seen = {
    words: words.join(' '),
    // The old script says some errors to its standard output.
    stdout: comparable(outcome.status === 0 ? stdout : ''),
    stderr: comparable(outcome.status === 0 ? outcome.stderr : stdout + outcome.stderr),
    status: outcome.status,
    keys: existsSync(remoteKeys) ? readFileSync(remoteKeys, 'utf8') : undefined,
    modes: [modeOf(join(remoteHome, '.ssh')), modeOf(remoteKeys)],
    left: readdirSync(join(home, '.ssh')).toSorted(),
  };
  return { seen, raw: stdout + outcome.stderr };
}

function reset(): void {
  rmSync(remoteHome, { recursive: true, force: true });
  mkdirSync(remoteHome);
  rmSync(knownHosts, { force: true });
}

describe.runIf(hasOpenSsh)('ssh-copy-id', () => {
  let server: RealServer;
  let agent: ChildProcess;
  let steps: readonly Step[];

  beforeAll(async () => {
    mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
    for (const name of ['id_ed25519', 'work', 'other', 'alone']) makeKey(key(name));
    rmSync(key('alone'));
    makeKey(join(base, 'way_in'));
    server = await startRealServer([
      // The quickest, since there are many connections.
      'KexAlgorithms curve25519-sha256',
      `AuthorizedKeysFile ${base}/way_in.pub ${remoteKeys}`,
      // Another home: the command must not touch that of whoever runs the test.
      `ForceCommand HOME=${remoteHome}; export HOME; cd; eval "$SSH_ORIGINAL_COMMAND"`,
    ]);
    agent = spawn('ssh-agent', ['-D', '-a', agentSocket], { stdio: 'ignore' });
    while (!existsSync(agentSocket)) await new Promise((resolve) => setTimeout(resolve, 20));
    const add = (path: string) =>
      spawnSync('ssh-add', ['-q', path], { env: { ...process.env, SSH_AUTH_SOCK: agentSocket } });
    add(join(base, 'way_in'));
    add(key('other'));
    rmSync(key('other'));
    const configuration = [
      'StrictHostKeyChecking accept-new',
      `UserKnownHostsFile ${knownHosts}`,
      `Port ${server.port}`,
    ];
    writeFileSync(join(base, 'ssh_config'), `${configuration.join('\n')}\n`, { mode: 0o600 });
    const files = ['-o', 'StrictHostKeyChecking=accept-new', '-o', `UserKnownHostsFile ${knownHosts}`];
    const there = [...files, '-p', String(server.port), target];
    const configured = ['-F', join(base, 'ssh_config'), target];
    const unended = (): void => writeFileSync(remoteKeys, '# no end', { mode: 0o600 });
    steps = [
      { words: ['-n', '-i', key('id_ed25519'), ...there] },
      { words: ['-i', key('id_ed25519'), ...there] },
      { words: ['-i', `${key('id_ed25519')}.pub`, ...configured] },
      { words: ['-i', key('work'), ...configured], before: unended },
      { words: ['-i', key('alone'), ...configured] },
      { words: ['-n', '-f', '-i', key('alone'), ...configured] },
      { words: ['-f', '-i', key('alone'), ...configured] },
      // Both keys of the agent: one is the way in, the other one new.
      { words: configured },
      // The newest key at home: ssh cannot get in by it, nor otherwise.
      { words: ['-o', 'BatchMode=yes', ...configured], withoutAgent: true, before: () => rmSync(remoteKeys) },
      { words: ['-i', key('work'), '-o', 'Nonsense=yes', ...configured] },
      { words: ['-i', key('work'), '-p', String(await freePort()), target] },
      {
        words: ['-i', key('work'), ...configured],
        before: () => {
          rmSync(join(remoteHome, '.ssh'), { recursive: true });
          writeFileSync(join(remoteHome, '.ssh'), '');
        },
      },
    ];
  });
  afterAll(() => {
    agent.kill();
    server.stop();
    rmSync(base, { recursive: true, force: true });
  });

  async function runAll(which: Which): Promise<readonly Seen[]> {
    reset();
    const all: Seen[] = [];
    for (const step of steps) all.push((await runStep(which, step)).seen);
    return all;
  }

  it('-i -f -n -p -o -F, with and without an agent: words, statuses and files are as of the real script', async () => {
    const theirs = await runAll('theirs');
    const ours = await runAll('ours');
    expect(ours).toEqual(theirs);
    expect(ours[1]?.keys).toBe(publicLine('id_ed25519'));
    expect(ours[3]?.keys).toBe(`# no end\n${publicLine('work')}`);
    expect(ours[3]?.modes).toEqual(['/remote/.ssh 700', '/remote/.ssh/authorized_keys 600']);
    expect(ours[7]?.keys).toContain(publicLine('other'));
  });

  it('says where the keys come from, and the command that works now: with it no password is asked', async () => {
    reset();
    const install = ['-i', key('work'), '-o', `UserKnownHostsFile=${knownHosts}`, '-o', 'StrictHostKeyChecking=no'];
    const { raw, seen } = await runStep('ours', { words: [...install, '-p', String(server.port), target] });
    expect(seen.status).toBe(0);
    expect(raw).toContain(`INFO: Source of key(s) to be installed: "${key('work')}.pub"\n`);
    const proposed = /with: "ssh (.*)"\n/.exec(raw)?.[1] ?? '';
    const words = proposed.replaceAll("'", '').split(' ');
    const login = await runSeashell(['ssh', '-o', 'BatchMode=yes', ...words, 'pwd']);
    expect({ stdout: login.stdout.toString(), status: login.status }).toEqual({ stdout: `${remoteHome}\n`, status: 0 });
  });
});
