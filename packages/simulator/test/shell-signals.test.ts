/** ^C, hangups and traps while a shell works: what a person types, with the real kernel, beside what bash does. */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { expect, test } from 'vitest';
import { oneHost } from './one-host.ts';

const files = [{ path: '.profile', content: "PS1='$ '\nTERM=dumb\n" }];

/** A terminal in which `type` gives what appeared within 30 virtual milliseconds. */
async function openShell() {
  const world = oneHost({ files });
  const terminal = world.openTerminal({ host: 'host', user: 'demo' });
  let output = '';
  terminal.onOutput((bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  const type = async (text: string): Promise<string> => {
    output = '';
    if (text !== '') terminal.write(utf8Encode(text));
    await world.run({ untilMilliseconds: world.nowMilliseconds + 30, maximumSteps: 1_000_000 });
    return output;
  };
  await type('');
  return { world, terminal, type };
}

/** What runs until ^C, and what appears before it besides the echo. */
const endless: readonly string[] = [
  'while true; do :; done',
  'for ((;;)); do true; done',
  'until false; do x=1; done',
  'while [[ 1 ]]; do (( 1 )); done',
  'f() { while :; do :; done; }; f; echo never',
  'sleep 100; echo never',
  'sleep 100 && echo never',
  'sleep 100 || echo never',
  '! sleep 100; echo never',
  'while true; do sleep 100; done; echo never',
  'if sleep 100; then echo never; else echo never; fi; echo never',
  'x=$(sleep 100); echo never',
  'echo "$(while :; do :; done)"; echo never',
  '(while :; do :; done); echo never',
  '(sleep 100; echo never); echo never',
  'while :; do :; done | cat; echo never',
  'sleep 100 | cat; echo never',
  'read line; echo never',
  'read -s -p "" line; echo never',
  'eval "while :; do :; done"; echo never',
  'while true; do hostname; done > /dev/null; echo never',
  'while true; do echo x; done > /dev/null; echo never',
  'sleep 100 & wait; echo never',
];

test.each(endless)('^C ends %s, drops the rest of the line and gives 130', async (line) => {
  const { type } = await openShell();
  const echoed = await type(`${line}\r`);
  expect(echoed.replace(/\[1\] \d+\r\n/, '')).toBe(`${line}\r\n`);
  // With read -s the terminal does not show it.
  expect(await type('\u0003')).toBe(line.startsWith('read -s') ? '\r\n$ ' : '^C\r\n$ ');
  expect(await type('echo $?\r')).toBe('echo $?\r\n130\r\n$ ');
  expect(await type('stty -a | grep -o " echo "\r')).toContain('\r\n echo \r\n');
});

test.each(['hostname', 'echo host'])('^C ends a loop of %s in the midst of its output', async (command) => {
  const { type } = await openShell();
  expect(await type(`while true; do ${command}; done\r`)).toMatch(/(?:host\r\n){10}/);
  expect(await type('\u0003')).toMatch(/^(?:host\r\n)*(?:host)?\^C\r\n(?:host\r\n)*\r?\n?\$ $/);
  expect(await type('echo $?\r')).toBe('echo $?\r\n130\r\n$ ');
});

test('^C at the prompt is told once, and the next command runs', async () => {
  const { type } = await openShell();
  await type('abc');
  expect(await type('\u0003')).toBe('^C\r\n$ ');
  expect(await type('echo $?\r')).toBe('echo $?\r\n130\r\n$ ');
});

test('a loop that never asks the system for anything lets the world stop after its steps', async () => {
  const world = oneHost({ files });
  world.openCommand({ host: 'host', user: 'demo', commandLine: 'while true; do :; done' });
  expect(await world.run({ maximumSteps: 5000 })).toBe('steps');
  const before = world.nowMilliseconds;
  expect(await world.run({ maximumSteps: 5000 })).toBe('steps');
  expect(world.nowMilliseconds).toBeGreaterThan(before);
});

test('a hangup ends a shell in a loop, and what it started', async () => {
  const { world, terminal, type } = await openShell();
  await type('sleep 100 & while true; do :; done\r');
  terminal.hangUp();
  await world.run({ maximumSteps: 100_000 });
  expect(terminal.status).toMatchObject({ type: 'exited', status: 129 });
});

test('a script is killed by ^C, and by kill', async () => {
  const { type } = await openShell();
  await type('bash -c "while :; do :; done"; echo never\r');
  expect(await type('\u0003')).toBe('^C\r\n$ ');
  await type('bash -c "while :; do :; done" &\r');
  expect(await type('kill $!; wait $!; echo $?\r')).toContain('143\r\n$ ');
});

test('traps run between two commands, and the shell goes on', async () => {
  const { type } = await openShell();
  const script = 'trap "echo got; n=1" INT TERM; while [ -z "$n" ]; do :; done; echo end $n; trap';
  await type(`bash -c '${script}'\r`);
  expect(await type('\u0003')).toBe(
    "^Cgot\r\nend 1\r\ntrap -- 'echo got; n=1' SIGINT\r\ntrap -- 'echo got; n=1' SIGTERM\r\n$ ",
  );
  await type(`bash -c 'trap "echo got; exit 3" TERM; sleep 1 & wait' &\r`);
  expect(await type('kill $!; wait $!; echo $?\r')).toMatch(/got\r\n3\r\n\$ $/);
  await type('bash -c \'trap "" INT; n=0; while (( n++ < 50000 )); do :; done; echo whole\'\r');
  expect(await type('\u0003')).toBe('^C');
});

test('aliases stand for the first word of a command that a person typed later', async () => {
  const { type } = await openShell();
  await type("alias e='echo a ' e2='e b' echo='echo -n'\r");
  expect(await type('e2; echo "$(e2)"\r')).toBe('e2; echo "$(e2)"\r\na ba b$ ');
  expect(await type('type e\r')).toBe("type e\r\ne is aliased to `echo a '\r\n$ ");
  expect(await type("'e' 2>/dev/null || unalias echo e2; alias\r")).toContain("alias e='echo a '\r\n$ ");
});
