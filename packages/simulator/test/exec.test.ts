/** exec, as execve(2) and POSIX have it: the process stays, the program that called it is gone. */
/* oxlint-disable unicorn/consistent-function-scoping -- a program stands beside what is expected of it */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { isSystemError, type ExecOptions, type Program, type System } from '@seashell/system';
import { expect, test } from 'vitest';
import { kernelCaller } from '../src/filesystem/caller.ts';
import type { WorldEvent } from '../src/world/events.ts';
import { bareWorld, runAsShell } from './bare-world.ts';

async function print(system: Pick<System, 'streams'>, line: string): Promise<void> {
  await system.streams.write(1, utf8Encode(`${line}\n`));
}

function image(name: string, more: Partial<ExecOptions> = {}): ExecOptions {
  const descriptors = { 0: 0, 1: 1, 2: 2 };
  return { path: `/bin/${name}`, argv: [name], environment: {}, descriptors, ...more };
}

async function codeOf(operation: Promise<unknown>): Promise<string> {
  try {
    await operation;
    return 'none';
  } catch (error) {
    return isSystemError(error) ? error.code : String(error);
  }
}

async function readText(system: System, path: string): Promise<string> {
  const descriptor = await system.files.open(path, { access: 'read' });
  const text = utf8DecodeLossy(await system.streams.read(descriptor, 65_536));
  await system.streams.close(descriptor);
  return text;
}

/** Tells who it is: numbers, directory, mask, descriptors, and how it stands towards signals. */
const teller: Program = async (system, argv) => {
  const { pid, parentPid, processGroup, credentials, workingDirectory, environment } = system.process;
  const status = await readText(system, '/proc/self/status');
  const rows = /SigIgn:\t(\w+)\nSigCgt:\t(\w+)/u.exec(status);
  const mask = await system.process.setFileCreationMask(0);
  const open = await system.files.readDirectory('/proc/self/fd');
  await print(system, JSON.stringify({ pid, parentPid, processGroup, ...credentials, workingDirectory }));
  await print(system, JSON.stringify({ argv, environment, mask, ignored: rows?.[1], handled: rows?.[2], open }));
  await print(system, (await readText(system, '/proc/self/cmdline')).replaceAll('\0', '|'));
  await print(system, await system.files.readLink('/proc/self/exe'));
  return 7;
};

test('exec keeps the process and what belongs to it, and gives it another program', async () => {
  const shell: Program = async (system) => {
    const { process, streams } = system;
    await process.setDisposition('SIGUSR1', 'handle');
    await process.setDisposition('SIGUSR2', 'ignore');
    await process.setDisposition('SIGHUP', 'ignore');
    await process.setFileCreationMask(0o027);
    await process.changeDirectory('/tmp');
    await streams.pipe();
    const own = { pid: process.pid, parentPid: process.parentPid, processGroup: process.processGroup };
    await print(system, JSON.stringify({ ...own, ...process.credentials, workingDirectory: '/tmp' }));
    const signals = { SIGHUP: 'default', SIGTERM: 'ignore' } as const;
    return process.exec(image('teller', { argv: ['name', 'word'], environment: { A: 'b' }, signals }));
  };
  const { stdout, status } = await runAsShell(shell, { teller });
  const [before, after, rest, ...lines] = stdout.split('\n');
  expect(after).toBe(before);
  // SIGUSR2 is 12, SIGTERM 15.
  expect(JSON.parse(rest ?? '')).toEqual({
    argv: ['name', 'word'],
    environment: { A: 'b' },
    mask: 0o027,
    ignored: (2 ** 11 + 2 ** 14).toString(16).padStart(16, '0'),
    handled: '0'.repeat(16),
    open: ['0', '1', '2'],
  });
  expect(lines).toEqual(['name|word|', '/bin/teller', '']);
  expect(status).toBe(7);
});

test('descriptors are those that exec names, by the numbers that it gives them', async () => {
  const shell: Program = async ({ process, streams }) => {
    const { reader, writer } = await streams.pipe();
    await streams.write(writer, utf8Encode('through the pipe'));
    // The writing end is not named: it closes, and the reader comes to an end.
    return process.exec(image('reader', { descriptors: { 9: 1, 0: reader } }));
  };
  const reader: Program = async ({ streams, files }) => {
    for (;;) {
      const bytes = await streams.read(0, 100);
      if (bytes.length === 0) break;
      await streams.write(9, bytes);
    }
    await streams.write(9, utf8Encode(` ${(await files.readDirectory('/proc/self/fd')).join()}`));
    return 0;
  };
  expect((await runAsShell(shell, { reader })).stdout).toBe('through the pipe 0,9');
});

test('nothing of the program that called exec runs any more, whatever it left behind', async () => {
  let settled = 0;
  const shell: Program = async (system) => {
    const settle = (): void => {
      settled += 1;
    };
    const leftBehind = async (): Promise<void> => {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      await print(system, 'left behind');
      settle();
    };
    const replacing = system.process.exec(image('next'));
    replacing.then(settle, settle);
    const late = leftBehind();
    late.then(settle, settle);
    try {
      await replacing;
    } finally {
      await system.streams.close(1);
      settle();
    }
    return 1;
  };
  const next: Program = async (system) => {
    for (let turn = 0; turn < 5; turn += 1) {
      for (let wait = 0; wait < 100; wait += 1) await Promise.resolve();
      await print(system, `turn ${turn}`);
    }
    return 3;
  };
  const { stdout, status } = await runAsShell(shell, { next });
  expect(stdout).toBe('turn 0\nturn 1\nturn 2\nturn 3\nturn 4\n');
  expect(status).toBe(3);
  expect(settled).toBe(0);
});

test('a program that ends although it called exec ends nobody', async () => {
  const shell: Program = async (system) => {
    void system.process.exec(image('next'));
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    return 1;
  };
  const next: Program = async (system) => {
    await system.streams.poll([], system.clock.monotonic() + 1000);
    await print(system, 'whole');
    return 3;
  };
  expect(await runAsShell(shell, { next })).toMatchObject({ stdout: 'whole\n', status: 3 });
});

test('what is refused leaves the program, its descriptors and its signals as they were', async () => {
  const world = bareWorld({
    programs: {
      sh: async (system) => {
        const { process, streams, files } = system;
        await process.setDisposition('SIGUSR1', 'handle');
        const { writer } = await streams.pipe();
        const file = async (path: string, text: string, mode: number): Promise<void> => {
          const descriptor = await files.open(path, { access: 'write', create: true, mode });
          await streams.write(descriptor, utf8Encode(text));
          await streams.close(descriptor);
        };
        await file('/tmp/plain', 'x', 0o644);
        await file('/tmp/text', 'echo x', 0o755);
        await file('/tmp/lost', '#!/nosuch', 0o755);
        await file('/tmp/round', '#!/tmp/round', 0o755);
        for (const path of ['/nosuch', '/tmp', '/tmp/plain', '/tmp/text', '/tmp/lost', '/tmp/round']) {
          await print(system, `${path} ${await codeOf(process.exec(image('', { path })))}`);
        }
        await print(system, await codeOf(process.exec(image('sh', { descriptors: { 0: 77 } }))));
        await print(system, await codeOf(process.exec(image('sh', { descriptors: { 5000: 0 } }))));
        await print(system, await codeOf(process.spawn(image('sh', { descriptors: { 5000: 0 } }))));
        await process.kill(process.pid, 'SIGUSR1');
        await print(system, (await streams.poll([{ type: 'signal' }])).signals.join());
        await streams.close(writer);
        return 5;
      },
    },
  });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  let stdout = '';
  session.onOutput((_, bytes) => {
    stdout += utf8DecodeLossy(bytes);
  });
  await world.run();
  expect(stdout.split('\n')).toEqual([
    '/nosuch ENOENT',
    '/tmp EACCES',
    '/tmp/plain EACCES',
    '/tmp/text ENOEXEC',
    '/tmp/lost ENOENT',
    '/tmp/round ELOOP',
    'EBADF',
    'EBADF',
    'EBADF',
    'SIGUSR1',
    '',
  ]);
  expect(session.status).toMatchObject({ type: 'exited', status: 5 });
  // The child that could not have such a descriptor was never there.
  expect(world.snapshot().hosts[0]?.processes.map(({ argv }) => argv[0])).toEqual(['/sbin/init']);
});

test('a script is run by its interpreter', async () => {
  const shell: Program = async ({ process, files, streams }) => {
    const script = await files.open('/tmp/script', { access: 'write', create: true, mode: 0o755 });
    await streams.write(script, utf8Encode('#!/bin/teller -x\n'));
    await streams.close(script);
    return process.exec(image('', { path: '/tmp/script', argv: ['called', 'word'] }));
  };
  const { stdout } = await runAsShell(shell, { teller });
  expect(stdout.split('\n').slice(2)).toEqual(['/bin/teller|-x|/tmp/script|word|', '/bin/teller', '']);
});

test('a signal that was handled and not yet taken meets the new program', async () => {
  const shell: Program = async (system) => {
    const { process } = system;
    for (const signals of [{}, { SIGTERM: 'ignore' }] as const) {
      const name = JSON.stringify(signals);
      const child = await process.spawn({ ...image('signalled'), environment: { SIGNALS: name } });
      await print(system, JSON.stringify(await process.wait({ pid: child })));
    }
    return 0;
  };
  const signalled: Program = async ({ process }) => {
    await process.setDisposition('SIGTERM', 'handle');
    await process.setDisposition('SIGCHLD', 'handle');
    await process.kill(process.pid, 'SIGTERM');
    await process.kill(process.pid, 'SIGCHLD');
    const signals: NonNullable<ExecOptions['signals']> = JSON.parse(process.environment['SIGNALS'] ?? '');
    return process.exec(image('next', { signals }));
  };
  const next: Program = async ({ streams, clock }) => {
    const { signals } = await streams.poll([], clock.monotonic() + 5);
    return signals.length;
  };
  const { stdout } = await runAsShell(shell, { signalled, next });
  expect(stdout).toBe('{"type":"signaled","pid":413,"signal":"SIGTERM"}\n{"type":"exited","pid":414,"status":0}\n');
});

test('signals to the number meet the new program: it is stopped, continued and killed', async () => {
  const shell: Program = async (system) => {
    const { process, streams, clock } = system;
    const pid = await process.spawn(image('becoming'));
    await streams.poll([], clock.monotonic() + 10);
    await process.kill(pid, 'SIGSTOP');
    await print(system, JSON.stringify(await process.wait({ pid })));
    await print(system, /State:\t(.*)/u.exec(await readText(system, `/proc/${pid}/status`))?.[1] ?? '');
    await process.kill(pid, 'SIGCONT');
    await streams.poll([], clock.monotonic() + 100);
    await process.kill(pid, 'SIGKILL');
    await print(system, JSON.stringify(await process.wait({ pid })));
    return 0;
  };
  const becoming: Program = ({ process }) => process.exec(image('ticking'));
  const ticking: Program = async (system) => {
    for (;;) {
      await system.streams.poll([], system.clock.monotonic() + 40);
      await print(system, 'tick');
    }
  };
  const { stdout } = await runAsShell(shell, { becoming, ticking });
  expect(stdout).toBe(
    '{"type":"stopped","pid":413,"signal":"SIGSTOP"}\nT (stopped)\ntick\ntick\n{"type":"signaled","pid":413,"signal":"SIGKILL"}\n',
  );
});

test('children stay, and the new program can wait for them', async () => {
  const shell: Program = async ({ process }) => {
    await process.spawn(image('short'));
    return process.exec(image('waiting'));
  };
  const short: Program = async ({ streams, clock }) => {
    await streams.poll([], clock.monotonic() + 50);
    return 9;
  };
  const waiting: Program = async (system) => {
    await print(system, JSON.stringify(await system.process.wait()));
    await print(system, await codeOf(system.process.wait()));
    return 0;
  };
  expect((await runAsShell(shell, { short, waiting })).stdout).toBe('{"type":"exited","pid":413,"status":9}\nECHILD\n');
});

test('a set-user-ID file runs as its owner, in the same process', async () => {
  const shell: Program = ({ process }) => process.exec(image('teller'));
  const world = bareWorld({ programs: { sh: shell, teller } });
  world.hosts[0]?.fileSystem.changeMode(kernelCaller, '/bin/teller', 0o4755);
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  let stdout = '';
  session.onOutput((_, bytes) => {
    stdout += utf8DecodeLossy(bytes);
  });
  await world.run();
  expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({ pid: 412, uid: 0, gid: 1000 });
});

test('the session ends as the last program of its process ends, and the world hears of each', async () => {
  const shell: Program = ({ process }) => process.exec(image('next', { argv: ['next', 'word'] }));
  const next: Program = () => Promise.resolve(3);
  const world = bareWorld({ programs: { sh: shell, next } });
  const events: WorldEvent[] = [];
  world.observe((event) => events.push(event));
  const session = world.openTerminal({ host: 'alpha', user: 'demo' });
  await world.run();
  expect(session.status).toEqual({ type: 'exited', pid: 412, status: 3 });
  const told = events.filter(({ type }) => type.startsWith('process'));
  expect(told).toMatchObject([
    { type: 'processStarted', pid: 412, argv: ['-sh'], user: 'demo' },
    { type: 'processReplaced', pid: 412, argv: ['next', 'word'], user: 'demo', session: session.session },
    { type: 'processEnded', pid: 412, argv: ['next', 'word'] },
  ]);
});

test('processor time goes on, and a program that becomes itself without end leaves nothing behind', async () => {
  const shell: Program = async (system) => {
    const left = Number(system.process.environment['LEFT'] ?? '2000');
    await system.streams.pipe();
    if (left > 0) return system.process.exec(image('sh', { environment: { LEFT: String(left - 1) } }));
    const open = await system.files.readDirectory('/proc/self/fd');
    const processes = (await system.files.readDirectory('/proc')).filter((name) => /^\d+$/u.test(name));
    const ticks = (await readText(system, '/proc/self/stat')).split(' ')[13];
    await print(system, `${open.join()} ${processes.join()} ${Number(ticks) > 0}`);
    return 0;
  };
  expect((await runAsShell(shell)).stdout).toBe('0,1,2,3,4 1,412 true\n');
});

test('a program that stands in the background of its terminal may exec, and stays there', async () => {
  const shell: Program = async ({ process, terminal }) => {
    await process.setDisposition('SIGTTOU', 'ignore');
    const pid = await process.spawn({ ...image('becoming'), processGroup: 0, signals: { SIGTTOU: 'default' } });
    await process.wait({ pid });
    await terminal.setForeground(0, pid);
    await process.kill(pid, 'SIGCONT');
    await process.wait({ pid });
    return 0;
  };
  const becoming: Program = ({ process }) => process.exec(image('asking'));
  const asking: Program = async (system) => {
    const line = utf8DecodeLossy(await system.streams.read(0, 100));
    await print(system, `got ${line.trim()}`);
    return 0;
  };
  const world = bareWorld({ programs: { sh: shell, becoming, asking } });
  const terminal = world.openTerminal({ host: 'alpha', user: 'demo' });
  let screen = '';
  terminal.onOutput((bytes) => {
    screen += utf8DecodeLossy(bytes);
  });
  terminal.write(utf8Encode('hello\r'));
  await world.run({ until: () => terminal.status !== undefined });
  expect(screen).toBe('hello\r\ngot hello\r\n');
});
