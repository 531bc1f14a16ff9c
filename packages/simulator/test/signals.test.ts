/** Signals, job control and the ends of processes, as signal(7), wait(2) and POSIX have them. */
/* oxlint-disable unicorn/consistent-function-scoping -- a program stands beside what is expected of it */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { isSystemError, type Program, type SpawnOptions, type System } from '@seashell/system';
import { expect, test } from 'vitest';
import { bareWorld, runAsShell } from './bare-world.ts';

async function print(system: Pick<System, 'streams'>, line: string): Promise<void> {
  await system.streams.write(1, utf8Encode(line));
}

function child(name: string, more: Partial<SpawnOptions> = {}): SpawnOptions {
  const descriptors = { 0: 0, 1: 1, 2: 2 };
  return { path: `/bin/${name}`, argv: [name], environment: {}, descriptors, ...more };
}

const forEver: Program = async ({ streams }) => {
  await streams.poll([]);
  return 0;
};

/** Tells each signal that it handles, until SIGTERM. */
const teller: Program = async (system) => {
  for (const signal of ['SIGHUP', 'SIGUSR1', 'SIGTERM', 'SIGCONT', 'SIGWINCH'] as const) {
    await system.process.setDisposition(signal, 'handle');
  }
  await print(system, 'ready ');
  for (;;) {
    const { signals } = await system.streams.poll([{ type: 'signal' }]);
    await print(system, `${signals.join()} `).catch(() => undefined);
    if (signals.includes('SIGTERM')) return 7;
  }
};

function watch(session: { onOutput(listener: (bytes: Uint8Array) => void): unknown }): () => string {
  let screen = '';
  session.onOutput((bytes) => {
    screen += utf8DecodeLossy(bytes);
  });
  return () => screen;
}

test('kill ends a process by a signal that it does not handle, and only tells one that does', async () => {
  const shell: Program = async (system) => {
    const { process, streams, clock } = system;
    const plain = await process.spawn(child('for-ever'));
    await process.kill(plain, 'SIGHUP');
    await print(system, `${JSON.stringify(await process.wait({ pid: plain }))} `);
    const handling = await process.spawn(child('teller'));
    await streams.poll([], clock.monotonic() + 10);
    await process.kill(handling, 'SIGUSR1');
    await streams.poll([], clock.monotonic() + 10);
    await process.kill(handling, 'SIGTERM');
    await print(system, JSON.stringify(await process.wait()));
    return 0;
  };
  const { stdout } = await runAsShell(shell, { 'for-ever': forEver, teller });
  expect(stdout).toBe(
    '{"type":"signaled","pid":413,"signal":"SIGHUP"} ready SIGUSR1 SIGTERM {"type":"exited","pid":414,"status":7}',
  );
});

test('a handled signal ends a blocked read with EINTR and stays for the next poll', async () => {
  const shell: Program = async (system) => {
    await system.process.setDisposition('SIGUSR1', 'handle');
    await system.process.spawn(child('killer'));
    const { reader } = await system.streams.pipe();
    const outcome = await system.streams.read(reader, 1).catch((error: unknown) => error);
    const { signals } = await system.streams.poll([], 0);
    await print(system, `${isSystemError(outcome, 'EINTR')} ${signals.join()}`);
    return 0;
  };
  const killer: Program = async ({ process, streams, clock }) => {
    await streams.poll([], clock.monotonic() + 5);
    await process.kill(process.parentPid, 'SIGUSR1');
    return 0;
  };
  expect((await runAsShell(shell, { killer })).stdout).toBe('true SIGUSR1');
});

test('writing where nobody reads is SIGPIPE, or EPIPE where that is ignored', async () => {
  const shell: Program = async (system) => {
    const { process, streams } = system;
    for (const disposition of ['default', 'ignore'] as const) {
      const { reader, writer } = await streams.pipe();
      await streams.close(reader);
      const signals = { SIGPIPE: disposition };
      await process.spawn(child('writer', { descriptors: { 1: writer }, signals }));
      const end = await process.wait();
      await print(system, end?.type === 'exited' ? `${end.status} ` : `${end?.type} `);
    }
    return 0;
  };
  const writer: Program = async ({ streams }) => {
    const outcome = await streams.write(1, utf8Encode('x')).catch((error: unknown) => error);
    return isSystemError(outcome, 'EPIPE') ? 32 : 0;
  };
  expect((await runAsShell(shell, { writer })).stdout).toBe('signaled 32 ');
});

test('exit never returns; wait tells ECHILD without children, and undefined with noHang', async () => {
  const shell: Program = async (system) => {
    const outcome = await system.process.wait().catch((error: unknown) => error);
    await system.process.spawn(child('for-ever'));
    const running = await system.process.wait({ noHang: true });
    await print(system, `${isSystemError(outcome, 'ECHILD')} ${running === undefined}`);
    await system.process.exit(300);
    await print(system, 'never');
    return 0;
  };
  expect(await runAsShell(shell, { 'for-ever': forEver })).toMatchObject({ status: 44, stdout: 'true true' });
});

/** Starts a job in the foreground of its terminal, as a shell does, and tells what became of it. */
const jobShell: Program = async (system) => {
  const { process, terminal, streams } = system;
  await process.setDisposition('SIGTTOU', 'ignore');
  await process.setDisposition('SIGTSTP', 'ignore');
  const signals = { SIGTSTP: 'default', SIGTTOU: 'default' } as const;
  const job = await process.spawn(child('job', { processGroup: 0, foregroundOf: 0, signals }));
  for (;;) {
    const change = await process.wait();
    await terminal.setForeground(0, process.processGroup);
    await print(system, `[${change?.type}]`);
    if (change?.type !== 'stopped') return 0;
    const line = utf8DecodeLossy(await streams.read(0, 10)).trim();
    if (line === 'fg') await terminal.setForeground(0, job);
    await process.kill(-job, 'SIGCONT');
  }
};

test('^Z stops the foreground job; in the foreground again it goes on, in the background reading stops it', async () => {
  const job: Program = async (system) => {
    await print(system, `got ${utf8DecodeLossy(await system.streams.read(0, 10)).trim()} `);
    return 0;
  };
  const world = bareWorld({ programs: { sh: jobShell, job } });
  const terminal = world.openTerminal({ host: 'alpha', user: 'demo' });
  const screen = watch(terminal);
  const type = async (text: string): Promise<void> => {
    terminal.write(utf8Encode(text));
    await world.run({ until: () => terminal.waiting || terminal.status !== undefined });
  };
  await type('');
  await type('\u001A');
  expect(screen()).toBe('^Z[stopped]');
  await type('bg\r');
  expect(screen()).toBe('^Z[stopped]bg\r\n[stopped]');
  await type('fg\r');
  await type('hello\r');
  expect(screen()).toBe('^Z[stopped]bg\r\n[stopped]fg\r\nhello\r\ngot hello [exited]');
});

test('hanging up a terminal sends SIGHUP to its session; what ignores it is adopted by init', async () => {
  const world = bareWorld({ programs: { sh: jobShell, job: forEver } });
  const terminal = world.openTerminal({ host: 'alpha', user: 'demo' });
  await world.run({ until: () => world.quiet });
  expect(world.snapshot().hosts[0]?.processes.map(({ argv }) => argv[0])).toEqual(['/sbin/init', '-sh', 'job']);
  terminal.hangUp();
  await world.run();
  expect(terminal.status).toEqual({ type: 'signaled', pid: 412, signal: 'SIGHUP' });
  expect(world.snapshot().hosts[0]?.processes.map(({ argv }) => argv[0])).toEqual(['/sbin/init']);
});

test('detach: the parent sees exit 0, the process goes on under init in a session of its own', async () => {
  const daemon: Program = async (system) => {
    await system.process.detach();
    await system.streams.poll([], system.clock.monotonic() + 1000);
    const { pid, parentPid, processGroup } = system.process;
    await print(system, `${parentPid} ${pid === processGroup} ${pid} `);
    return 0;
  };
  const shell: Program = async (system) => {
    const pid = await system.process.spawn(child('daemon'));
    await print(system, `${JSON.stringify(await system.process.wait())} `);
    await system.streams.poll([], system.clock.monotonic() + 2000);
    return pid > 0 ? 0 : 1;
  };
  const { stdout } = await runAsShell(shell, { daemon });
  expect(stdout).toBe('{"type":"exited","pid":413,"status":0} 1 true 414 ');
});

test('a host has 256 processes, a process 1,024 descriptors', async () => {
  const shell: Program = async (system) => {
    const { process, streams } = system;
    let children = 0;
    let outcome: unknown;
    for (; outcome === undefined; children += 1) {
      outcome = await process.spawn(child('for-ever')).then(
        () => undefined,
        (error: unknown) => error,
      );
    }
    let descriptors = 0;
    let second: unknown;
    for (; second === undefined; descriptors += 1) {
      second = await streams.duplicate(0).then(
        () => undefined,
        (error: unknown) => error,
      );
    }
    const names = [outcome, second].map((error) => (isSystemError(error) ? error.code : ''));
    await print(system, `${children + 1} ${descriptors + 2} ${names.join()}`);
    return 0;
  };
  expect((await runAsShell(shell, { 'for-ever': forEver })).stdout).toBe('256 1024 EAGAIN,EMFILE');
});

test('only root and the same user may signal a process; init takes no signal', async () => {
  const shell: Program = async (system) => {
    const codes: string[] = [];
    for (const pid of [1, 99_999, system.process.pid]) {
      const code = await system.process.kill(pid, undefined).then(
        () => 'may',
        (error: unknown) => (isSystemError(error) ? error.code : ''),
      );
      codes.push(code);
    }
    await print(system, codes.join());
    return 0;
  };
  expect((await runAsShell(shell)).stdout).toBe('EPERM,ESRCH,may');
});

test('a second operation in flight is an assertion: the process ends, and run rejects', async () => {
  const shell: Program = async ({ streams, files }) => {
    await Promise.all([streams.poll([]), files.readDirectory('/')]);
    return 0;
  };
  const world = bareWorld({ programs: { sh: shell } });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  await expect(world.run()).rejects.toThrow('readDirectory was asked for while poll is in flight');
  expect(session.status).toMatchObject({ type: 'exited', status: 134 });
  expect(await world.run()).toBe('idle');
});

test('what a program throws crashes loudly, and the world goes on', async () => {
  const shell: Program = async () => {
    throw new TypeError('a bug');
  };
  const world = bareWorld({ programs: { sh: shell } });
  world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  await expect(world.run()).rejects.toThrow('a bug');
  expect(await world.run()).toBe('idle');
});

test('a program that throws ends alone, with a word on its standard error, and who started it sees status 134', async () => {
  const failing: Program = async () => {
    throw new TypeError('a bug');
  };
  const shell: Program = async (system) => {
    const pid = await system.process.spawn(child('failing'));
    const ended = await system.process.wait({ pid });
    await print(system, ended?.type === 'exited' ? String(ended.status) : '');
    return 0;
  };
  const world = bareWorld({ programs: { sh: shell, failing } }, { goesOnAfterCrash: true });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  const texts = { stdout: '', stderr: '' };
  session.onOutput((stream, bytes) => {
    texts[stream] += new TextDecoder().decode(bytes);
  });
  const errors: unknown[] = [];
  world.observe((event) => {
    if (event.type === 'crashed') errors.push(event.error);
  });
  expect(await world.run()).toBe('idle');
  expect(texts).toEqual({ stdout: '134', stderr: 'failing: internal error: TypeError: a bug\n' });
  expect(errors).toEqual([new TypeError('a bug')]);
});

test('the watchdog ends what never comes back, and a replay does so at once', async () => {
  const shell: Program = async () => new Promise(() => {});
  const watchdog = (tick: () => void): (() => void) => {
    const timer = setInterval(tick, 1);
    return () => clearInterval(timer);
  };
  const world = bareWorld({ programs: { sh: shell } }, { watchdog });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  await world.run();
  expect(session.status).toMatchObject({ type: 'signaled', signal: 'SIGKILL' });
  const again = bareWorld({ programs: { sh: shell } }, { replay: world.log });
  await again.run();
  expect(again.session(1)?.status).toEqual(session.status);
  expect(again.step).toBe(world.step);
});
