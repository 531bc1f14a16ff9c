/** exec in a shell before which a person sits, and what runs on the other side of ssh. */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { expect, test } from 'vitest';
import { oneHost } from './one-host.ts';
import { accept, pair } from './login-pair.ts';

/** A login shell in which `type` gives what appeared within 100 virtual milliseconds, without the echo of the line. */
async function openShell() {
  const world = oneHost({
    files: [
      { path: '.profile', content: "export TERM=dumb\nPS1='login$ '\n" },
      { path: '.bashrc', content: "PS1='$ '\n" },
    ],
  });
  const terminal = world.openTerminal({ host: 'host', user: 'demo' });
  let output = '';
  terminal.onOutput((bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  const type = async (text: string): Promise<string> => {
    output = '';
    terminal.write(utf8Encode(text));
    await world.run({ untilMilliseconds: world.nowMilliseconds + 100, maximumSteps: 1_000_000 });
    return output.replaceAll('\r\n', '\n').replace(text.replaceAll('\r', '\n'), '');
  };
  const programs = (): readonly (readonly string[])[] => {
    const [host] = world.snapshot().hosts;
    const processes = host?.processes.slice(1) ?? [];
    return processes.map(({ pid, parentPid, argv }) => [String(pid), String(parentPid), argv.join(' ')]);
  };
  await type('');
  return { terminal, type, programs };
}

test('exec of a shell in a login shell: the same process and session, which ends with it', async () => {
  const { terminal, type, programs } = await openShell();
  const [pid = ''] = (await type('echo $$ $SHLVL\r')).split(' ');
  expect(await type('exec bash\r')).toBe('$ ');
  expect(programs()).toEqual([[pid, '1', 'bash']]);
  expect(await type('echo $$ $SHLVL; jobs; sleep 5 & \r')).toBe(`${pid} 1\n[1] ${Number(pid) + 1}\n$ `);
  // Job control as before: ^Z stops the job, ^C ends the next one, and the shell stays.
  expect(await type('sleep 100\r')).toBe('');
  expect(await type('\u001A')).toBe('^Z\n[2]+  Stopped                 sleep 100\n$ ');
  expect(await type('kill %2; exec sleep 100\r')).toBe('');
  expect(programs()).toContainEqual([pid, '1', 'sleep 100']);
  await type('\u0003');
  expect(terminal.status).toEqual({ type: 'signaled', pid: Number(pid), signal: 'SIGINT' });
});

test('exec of a shell keeps the history, and exit ends the session', async () => {
  const { terminal, type } = await openShell();
  await type('echo one\r');
  await type('exec bash\r');
  expect(await type('history\r')).toBe('    1  echo one\n    2  exec bash\n    3  history\n$ ');
  expect(await type('exit 3\r')).toBe('exit\n');
  expect(terminal.status).toMatchObject({ type: 'exited', status: 3 });
});

test.each(['nosuch', '/etc', '/etc/passwd'])('exec %s says why not, and the shell stays as it was', async (name) => {
  const { type } = await openShell();
  const refusal = name === 'nosuch' ? '-bash: exec: nosuch: not found\n' : `-bash: exec: ${name}: cannot execute: `;
  expect(await type(`exec ${name}\r`)).toContain(refusal);
  expect(await type('echo $? $SHLVL\r')).toBe(`${name === 'nosuch' ? 127 : 126} 1\nlogin$ `);
  await type('sleep 100\r');
  expect(await type('\u0003')).toBe('^C\nlogin$ ');
  expect(await type('(exec nosuch; echo never)\r')).toBe('-bash: exec: nosuch: not found\nlogin$ ');
});

test('the redirections of a refused exec are gone with it', async () => {
  const { type } = await openShell();
  await type('exec nosuch > out\r');
  expect(await type('echo here; ls\r')).toBe('here\nout\nlogin$ ');
});

test('a command without a terminal is all that there is on the other side of ssh', async () => {
  const world = pair();
  world.openCommand({ host: 'laptop', user: 'demo', commandLine: `ssh ${accept} keyed@server 'sleep 100'` });
  await world.run({ untilMilliseconds: world.nowMilliseconds + 3000 });
  const programs = (host: string): readonly string[] => {
    const found = world.snapshot().hosts.find(({ name }) => name === host);
    return (found?.processes ?? []).filter(({ pid }) => pid !== 1).map(({ argv }) => argv.join(' '));
  };
  expect(programs('laptop')).toEqual([`ssh ${accept} keyed@server sleep 100`]);
  expect(programs('server').slice(1)).toEqual(['/usr/lib/openssh/sshd-session -R', 'sleep 100']);
});
