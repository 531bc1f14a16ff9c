/** The kernel as programs meet it, through whole worlds of small programs. */
import { utf8Encode } from '@seashell/core/wire';
import { lazyDaemon, lazyProgram, type Program, type System } from '@seashell/system';
import { expect, test } from 'vitest';
import { bareWorld, runAsShell } from './bare-world.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function print(system: Pick<System, 'streams'>, line: string): Promise<void> {
  await system.streams.write(1, utf8Encode(line));
}

const producer: Program = async (system) => {
  for (let count = 0; count < 5; count += 1) await print(system, `line ${count}\n`);
  return 0;
};

const consumer: Program = async (system) => {
  let all = '';
  for (;;) {
    const bytes = await system.streams.read(0, 7);
    if (bytes.length === 0) break;
    all += text(bytes);
  }
  await print(system, all.toUpperCase());
  return 0;
};

const pipeline: Program = async ({ process, streams }) => {
  const { reader, writer } = await streams.pipe();
  const environment = {};
  await process.spawn({ path: '/bin/producer', argv: ['producer'], environment, descriptors: { 1: writer } });
  await process.spawn({ path: '/bin/consumer', argv: ['consumer'], environment, descriptors: { 0: reader, 1: 1 } });
  await streams.close(writer);
  await streams.close(reader);
  const first = await process.wait();
  const second = await process.wait();
  return first?.type === 'exited' && second?.type === 'exited' ? 0 : 1;
};

const lineReader: Program = async (system) => {
  await print(system, '$ ');
  for (;;) {
    const line = await system.streams.read(0, 100);
    if (line.length === 0) return 0;
    await print(system, `got ${text(line)}$ `);
  }
};

const sleeper: Program = async (system) => {
  await system.streams.poll([], system.clock.monotonic() + 60_000);
  return 0;
};

const jobShell: Program = async (system) => {
  await system.process.setDisposition('SIGINT', 'ignore');
  const pid = await system.process.spawn({
    path: '/bin/sleeper',
    argv: ['sleeper'],
    environment: {},
    descriptors: { 0: 0, 1: 1, 2: 2 },
    processGroup: 0,
    foregroundOf: 0,
    signals: { SIGINT: 'default' },
  });
  const end = await system.process.wait({ pid });
  await print(system, end?.type === 'signaled' ? end.signal : 'ended');
  return 0;
};

const upperCaseServer: Program = async ({ network, streams }) => {
  const listener = await network.listen({ address: '0.0.0.0', port: 7 });
  const connection = await network.accept(listener);
  for (;;) {
    const bytes = await streams.read(connection, 1000);
    if (bytes.length === 0) break;
    await streams.write(connection, utf8Encode(text(bytes).toUpperCase()));
  }
  await streams.close(connection);
  return 0;
};

const networkClient: Program = async (system) => {
  const { network, streams, clock } = system;
  const [address = ''] = await network.resolve('beta');
  const descriptor = await network.connect({ address, port: 7 });
  await streams.write(descriptor, utf8Encode('hello'));
  await network.shutdownWrite(descriptor);
  await print(system, text(await streams.read(descriptor, 1000)));
  await print(system, String((await streams.read(descriptor, 1000)).length));
  const before = clock.monotonic();
  for (const to of ['192.0.2.11', '192.0.2.99', '192.0.2.250']) {
    await network.connect({ address: to, port: 8 }).catch(async (error: Error) => print(system, ` ${error.message}`));
  }
  await print(system, ` ${Math.round((clock.monotonic() - before) / 1000)} s`);
  return 0;
};

test('a program: writes to its output and gives its exit status', async () => {
  const result = await runAsShell(async (system) => {
    await print(system, `pid ${system.process.pid > 1}\n`);
    return 3;
  });
  expect(result).toEqual({ status: 3, stdout: 'pid true\n', stderr: '' });
});

test('a pipe between two children carries bytes and its end', async () => {
  const result = await runAsShell(pipeline, { producer, consumer });
  expect(result).toMatchObject({ status: 0, stdout: 'LINE 0\nLINE 1\nLINE 2\nLINE 3\nLINE 4\n' });
});

test('a terminal: typed lines are echoed, read and answered; ^D ends', async () => {
  const world = bareWorld({ programs: { sh: lineReader } });
  const terminal = world.openTerminal({ host: 'alpha', user: 'demo' });
  let screen = '';
  terminal.onOutput((bytes) => {
    screen += text(bytes);
  });
  expect(await world.run({ until: () => terminal.waiting })).toBe('until');
  expect(screen).toBe('$ ');
  terminal.write(utf8Encode('hello\r'));
  await world.run({ until: () => terminal.waiting });
  expect(screen).toBe('$ hello\r\ngot hello\r\n$ ');
  terminal.write(utf8Encode('\u0004'));
  await world.run();
  expect(terminal.status).toMatchObject({ type: 'exited', status: 0 });
});

test('what is on a terminal is known by who wrote it: a process and its descriptor, or nobody for the echo', async () => {
  const world = bareWorld({ programs: { sh: lineReader } });
  const terminal = world.openTerminal({ host: 'alpha', user: 'demo' });
  const written: (readonly [string, number | undefined])[] = [];
  terminal.onOutput((bytes, writer) => written.push([text(bytes), writer?.descriptor]));
  await world.run({ until: () => terminal.waiting });
  terminal.write(utf8Encode('hello\r'));
  await world.run({ until: () => terminal.waiting });
  expect(written).toEqual([
    ['$ ', 1],
    ['hello\r\n', undefined],
    ['got hello\r\n$ ', 1],
  ]);
});

test('^C ends the foreground process only', async () => {
  const world = bareWorld({ programs: { sh: jobShell, sleeper } });
  const terminal = world.openTerminal({ host: 'alpha', user: 'demo' });
  let screen = '';
  terminal.onOutput((bytes) => {
    screen += text(bytes);
  });
  await world.run({ until: () => world.quiet });
  terminal.write(Uint8Array.of(3));
  await world.run();
  expect(screen).toBe('^CSIGINT');
  expect(world.nowMilliseconds).toBeLessThan(world.definition.startsAtMilliseconds + 60_000);
});

test('two hosts talk over TCP; refused, silent and absent addresses fail as on Linux', async () => {
  const world = bareWorld({
    hosts: ['alpha', 'beta'],
    programs: { sh: networkClient, server: upperCaseServer },
    services: { beta: ['server'] },
  });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += text(bytes);
  });
  await world.run();
  expect(output).toBe('HELLO0 Connection refused No route to host Connection timed out 130 s');
});

test('a program whose code does not come says so and ends with 126, and is tried again at its next start', async () => {
  let asked = 0;
  const late = lazyProgram(async () => {
    asked += 1;
    if (asked === 1) throw new TypeError('Failed to fetch');
    return async (system) => {
      await print(system, 'here');
      return 3;
    };
  });
  const { stdout, stderr } = await runAsShell(
    async (system) => {
      for (let times = 0; times < 2; times += 1) {
        await system.process.spawn({
          path: '/bin/late',
          argv: ['late'],
          environment: {},
          descriptors: { 1: 1, 2: 2 },
        });
        const ended = await system.process.wait();
        await print(system, ended?.type === 'exited' ? ` ${ended.status} ` : '');
      }
      return 0;
    },
    { late },
  );
  expect(stdout).toBe(' 126 here 3 ');
  expect(stderr).toBe(
    'late: the code of this program did not come: try again, or load the page anew (Failed to fetch)\n',
  );
});

test('a daemon whose code does not come says so in the log, and the world tells of it', async () => {
  const server = lazyDaemon(() => Promise.reject(new TypeError('Failed to fetch')));
  const world = bareWorld({
    hosts: ['alpha'],
    programs: { sh: () => Promise.resolve(0), server },
    services: { alpha: ['server'] },
  });
  const told: unknown[] = [];
  world.observe((event) => {
    if (event.type === 'codeMissing') told.push(event.host);
    if (event.type === 'processEnded') told.push(event.status);
  });
  await world.run();
  expect(told).toEqual(['alpha', expect.objectContaining({ type: 'exited', status: 126 })]);
  expect(text(world.files.read('alpha', '/var/log/syslog'))).toMatch(
    / alpha server\[\d+\]: the code of this program did not come: .* \(Failed to fetch\)\n$/,
  );
});
