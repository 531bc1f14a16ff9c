/** ssh-copy-id interrupted, and without a place for its files, on hosts of both versions, as the scripts of 10.5 and 6.6 do then. */
import { createWorld, standardPrograms } from '@seashell/simulator';
import { expect, it } from 'vitest';
import { worlds } from '../src/index.ts';

const bracketedPaste = /\[\?2004[hl]\r?/g;

/** Types at the laptop of a world, where there is a key that no server knows; gives what appeared. */
async function laptopOf(name: string): Promise<(text: string) => Promise<string>> {
  const definition = worlds.find((world) => world.name === name);
  if (definition === undefined) throw new Error(`assertion: no world ${name}`);
  const world = createWorld({ definition, seed: 1, programs: standardPrograms });
  const session = world.openTerminal({ host: 'laptop', user: 'demo' });
  let output = '';
  session.onOutput((bytes) => {
    output += new TextDecoder().decode(bytes);
  });
  const type = async (text: string): Promise<string> => {
    output = '';
    session.write(new TextEncoder().encode(text));
    while ((await world.run({ until: () => session.waiting && session.pendingBytes === 0 })) === 'steps');
    return output.replaceAll('\x1b', '').replaceAll(bracketedPaste, '').replaceAll('\r\n', '\n');
  };
  await type("ssh-keygen -q -t ecdsa -N '' -f work\r");
  return type;
}

const copy = 'ssh-copy-id -i work username@remote_host\r';
const after = 'echo $?; ls .ssh; stty -a | grep -o " echo "\r';
const inOrder = ' echo \n';

it('10: ^C at the question ends it by the signal, at the password with 1; nothing is left behind', async () => {
  const type = await laptopOf('essentials');
  await type('mkdir -m 700 .ssh\r');
  expect(await type(copy)).toContain('continue connecting (yes/no/[fingerprint])? ');
  expect(await type('\x03')).toBe('^C\ndemo@laptop:~$ ');
  expect(await type(after)).toContain(`\n130\n${inOrder}`);
  await type(copy);
  expect(await type('yes\r')).toContain("username@remote_host's password: ");
  expect(await type('\x03')).toBe('\ndemo@laptop:~$ ');
  expect(await type(after)).toContain(`\n1\nknown_hosts\n${inOrder}`);
});

it('6.6: ^C ends it by the signal, at the password too; nothing is left behind', async () => {
  const type = await laptopOf('essentials-2014');
  expect(await type(copy)).toContain('continue connecting (yes/no)? ');
  expect(await type('\x03')).toBe('^C\ndemo@laptop:~$ ');
  expect(await type(after)).toContain(`\n130\n${inOrder}`);
  await type(copy);
  expect(await type('yes\r')).toContain("username@remote_host's password: ");
  expect(await type('\x03')).toBe('\n\ndemo@laptop:~$ ');
  expect(await type(after)).toContain(`\n130\nknown_hosts\n${inOrder}`);
});

it('10: without ~/.ssh there is no place for its files, and mktemp says so first', async () => {
  const type = await laptopOf('essentials');
  expect(await type(copy)).toContain(`
/usr/bin/ssh-copy-id: INFO: Source of key(s) to be installed: "work.pub"
mktemp: failed to create directory via template '/home/demo/.ssh/ssh-copy-id.XXXXXXXXXX': No such file or directory
/usr/bin/ssh-copy-id: ERROR: failed to create required temporary directory under ~/.ssh (HOME="/home/demo")
`);
});

it('6.6: ssh has made ~/.ssh by the time that it needs a place', async () => {
  const type = await laptopOf('essentials-2014');
  await type(copy);
  await type('yes\r');
  expect(await type('seashell\r')).toContain('Number of key(s) added: 1\n');
});
