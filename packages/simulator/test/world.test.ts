/* oxlint-disable unicorn/consistent-function-scoping -- a program stands beside what is expected of it */
/** A world from the outside: inputs, events, waiting for a person, terminals of terminals, logs, what views see. */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { isSystemError, type Program, type System } from '@seashell/system';
import { expect, test } from 'vitest';
import type { TerminalSession, World, WorldEvent } from '../src/index.ts';
import { defaultWindowSize, makeRaw } from '../src/tty/attributes.ts';
import { bareWorld, runAsShell, startsAtMilliseconds } from './bare-world.ts';

async function print(system: Pick<System, 'streams'>, line: string): Promise<void> {
  await system.streams.write(1, utf8Encode(line));
}

async function codeOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'done';
  } catch (error) {
    if (isSystemError(error)) return error.code;
    throw error;
  }
}

/** Copies from descriptor to descriptor, in pairs, until the first is at its end. */
async function relay(
  { streams }: Pick<System, 'streams'>,
  pairs: readonly (readonly [number, number])[],
): Promise<void> {
  for (;;) {
    const { ready } = await streams.poll(pairs.map(([descriptor]) => ({ type: 'readable', descriptor })));
    for (const index of ready) {
      const [from, to] = pairs[index] ?? [0, 1];
      const bytes = await streams.read(from, 4096);
      if (bytes.length === 0) return;
      await streams.write(to, bytes);
    }
  }
}

const port = 2000;

/** A terminal server: each connection gets a shell on a new pseudo-terminal. */
const terminalServer: Program = async (system) => {
  const { network, terminal, process, streams } = system;
  const listener = await network.listen({ address: '0.0.0.0', port });
  const connection = await network.accept(listener);
  const pair = await terminal.openPseudoTerminal(defaultWindowSize);
  await process.spawn({
    path: '/bin/far-shell',
    argv: ['far-shell'],
    environment: {},
    descriptors: { 0: pair.terminal, 1: pair.terminal, 2: pair.terminal },
    newSession: { controllingTerminal: 0 },
  });
  await streams.close(pair.terminal);
  await relay(system, [
    [pair.controller, connection],
    [connection, pair.controller],
  ]);
  return 0;
};

/** The client of it: its own terminal is raw while it runs. */
const terminalClient: Program = async (system) => {
  const { network, terminal } = system;
  const [address = ''] = await network.resolve('beta');
  const connection = await network.connect({ address, port });
  const before = await terminal.getAttributes(0);
  await terminal.setAttributes(0, makeRaw(before));
  await relay(system, [
    [connection, 1],
    [0, connection],
  ]);
  await terminal.setAttributes(0, before);
  await print(system, 'closed');
  return 0;
};

/** Asks, sleeps, answers, on the other host. */
const farShell: Program = async (system) => {
  await print(system, 'far$ ');
  const line = utf8DecodeLossy(await system.streams.read(0, 100)).trim();
  await system.streams.poll([], system.clock.monotonic() + 30_000);
  await print(system, `slept ${line}\n`);
  await system.streams.read(0, 100);
  return 0;
};

function farWorld(replay: World['log'] = []): World {
  const programs = { sh: terminalClient, server: terminalServer, 'far-shell': farShell };
  return bareWorld({ hosts: ['alpha', 'beta'], services: { beta: ['server'] }, programs }, { replay });
}

function screenOf(terminal: Pick<TerminalSession, 'onOutput'>): () => string {
  let screen = '';
  terminal.onOutput((bytes) => {
    screen += utf8DecodeLossy(bytes);
  });
  return () => screen;
}

test('terminal.waiting sees through connections and terminals: not while the other host sleeps', async () => {
  const world = farWorld();
  const terminal = world.openTerminal({ host: 'alpha', user: 'demo' });
  const screen = screenOf(terminal);
  const until = (): boolean => terminal.waiting;
  expect(await world.run({ until })).toBe('until');
  expect(screen()).toBe('far$ ');
  expect(world.nowMilliseconds).toBeLessThan(startsAtMilliseconds + 1000);
  terminal.write(utf8Encode('hello\r'));
  expect(await world.run({ until })).toBe('until');
  expect(screen()).toBe('far$ hello\r\nslept hello\r\n');
  expect(world.nowMilliseconds).toBeGreaterThan(startsAtMilliseconds + 30_000);
  terminal.write(utf8Encode('\r'));
  await world.run();
  expect(screen()).toBe('far$ hello\r\nslept hello\r\n\r\nclosed');
  expect(terminal.status).toMatchObject({ type: 'exited', status: 0 });
});

test('its log gives the same screen again', async () => {
  const world = farWorld();
  const terminal = world.openTerminal({ host: 'alpha', user: 'demo' });
  const screen = screenOf(terminal);
  for (const text of ['', 'hello\r', '\r']) {
    terminal.write(utf8Encode(text));
    await world.run({ until: () => terminal.waiting });
  }
  const again = farWorld(world.log);
  await again.run();
  const repeated = again.session(1);
  expect(repeated?.type === 'terminal' && screenOf(repeated)()).toBe(screen());
  expect(again.log).toEqual(world.log);
});

test('run stops at the time it was given, and inputs carry that time', async () => {
  const sleeper: Program = async (system) => {
    await system.streams.poll([], system.clock.monotonic() + 60_000);
    await print(system, String(system.clock.now() - startsAtMilliseconds > 60_000));
    return 0;
  };
  const world = bareWorld({ programs: { sh: sleeper } });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  expect(await world.run({ untilMilliseconds: startsAtMilliseconds + 10_000 })).toBe('time');
  expect(world.nowMilliseconds).toBe(startsAtMilliseconds + 10_000);
  expect(world.quiet).toBe(true);
  session.write(utf8Encode('x'));
  expect(world.log.at(-1)).toMatchObject({ before: world.step, atMicroseconds: 10_000_000 });
  expect(await world.run({ maximumSteps: 0 })).toBe('steps');
  expect(await world.run()).toBe('idle');
  expect(world.nextMilliseconds).toBeUndefined();
});

test('events tell of processes, connections, listening, log lines and awaited input', async () => {
  const world = farWorld();
  const events: WorldEvent[] = [];
  world.observe((event) => events.push(event));
  const terminal = world.openTerminal({ host: 'alpha', user: 'demo' });
  await world.run({ until: () => terminal.waiting });
  const told = events.map((event) => event.type);
  expect(told).toEqual([
    'processStarted',
    'listening',
    'connectionOpened',
    'inputAwaited',
    'processStarted',
    'inputAwaited',
  ]);
  expect(events.filter((event) => event.type === 'inputAwaited')).toMatchObject([
    { host: 'alpha', session: 1, echo: false, canonical: false },
    { host: 'beta', session: undefined, echo: true, canonical: true },
  ]);
  const [connection] = world.snapshot().connections;
  expect(connection).toMatchObject({ from: { host: 'alpha', pid: 412 }, to: { host: 'beta', port } });
});

test('log appends to auth.log in the traditional format, control characters escaped', async () => {
  const shell: Program = async ({ process }) => {
    const message = 'Accepted password for demo\u001B[2J';
    await process.log({ facility: 'auth', severity: 'info', identity: 'sshd-session', message });
    return 0;
  };
  const world = bareWorld({ programs: { sh: shell } });
  world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  await world.run();
  const expected = 'Jan  1 09:00:00 alpha sshd-session[412]: Accepted password for demo#033[2J\n';
  expect(utf8DecodeLossy(world.files.read('alpha', '/var/log/auth.log'))).toBe(expected);
});

test('files edited from outside keep mode and owner; new ones belong to whom their directory does', async () => {
  const world = bareWorld({ programs: {} });
  await world.writeFile('alpha', '/home/demo/new', utf8Encode('one'));
  expect(world.files.status('alpha', '/home/demo/new')).toMatchObject({ uid: 1000, gid: 1000, mode: 0o644 });
  await world.writeFile('alpha', '/etc/hosts', utf8Encode('two'));
  expect(world.files.status('alpha', '/etc/hosts')).toMatchObject({ uid: 0, sizeBytes: 3 });
  await world.removeFile('alpha', '/home/demo/new');
  expect(world.files.list('alpha', '/home/demo')).toEqual([]);
  await expect(world.removeFile('alpha', '/home/demo/new')).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(world.writeFile('alpha', '/nosuch/file', utf8Encode(''))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(world.log.length).toBe(5);
});

test('/dev/tty is the own terminal, or ENXIO; /proc shows the process; devices do what they do', async () => {
  const shell: Program = async (system) => {
    const { files, streams, process, terminal } = system;
    const words = [
      await codeOf(() => files.open('/dev/tty', { access: 'readWrite' })),
      await codeOf(() => terminal.getAttributes(0)),
      await files.readLink('/proc/self').then((pid) => String(Number(pid) === process.pid)),
    ];
    const zero = await files.open('/dev/zero', { access: 'read' });
    words.push((await streams.read(zero, 3)).join(''));
    const random = await files.open('/dev/urandom', { access: 'read' });
    words.push(String((await streams.read(random, 16)).length));
    const nothing = await files.open('/dev/null', { access: 'readWrite' });
    words.push(String((await streams.read(nothing, 16)).length + (await streams.write(nothing, new Uint8Array(9)))));
    const commandLine = await files.open('/proc/self/cmdline', { access: 'read' });
    words.push(utf8DecodeLossy(await streams.read(commandLine, 100)).replaceAll('\0', '|'));
    await print(system, words.join());
    return 0;
  };
  expect((await runAsShell(shell)).stdout).toBe('ENXIO,ENOTTY,true,000,16,9,sh|-c||');
});

test('a named pipe joins two processes that open it', async () => {
  const shell: Program = async (system) => {
    const { files, streams, process } = system;
    await process.spawn({ path: '/bin/writer', argv: ['writer'], environment: {}, descriptors: {} });
    const reader = await files.open('/tmp/fifo', { access: 'read' });
    let text = '';
    for (let bytes = await streams.read(reader, 9); bytes.length > 0; bytes = await streams.read(reader, 9)) {
      text += utf8DecodeLossy(bytes);
    }
    await print(system, text);
    return 0;
  };
  const writer: Program = async ({ files, streams, clock }) => {
    await streams.poll([], clock.monotonic() + 100);
    const descriptor = await files.open('/tmp/fifo', { access: 'write' });
    await streams.write(descriptor, utf8Encode('through the fifo'));
    return 0;
  };
  const world = bareWorld({ programs: { sh: shell, writer } });
  const [host] = world.hosts;
  const root = { credentials: { uid: 0, gid: 0, groups: [] }, workingDirectory: '/', fileCreationMask: 0, pid: 0 };
  host?.fileSystem.makeNode(root, '/tmp/fifo', { type: 'fifo', mode: 0o666 });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  await world.run();
  expect(output).toBe('through the fifo');
});

test("a command's input is bounded by its reader, and its end is the end of the stream", async () => {
  const count: Program = async (system) => {
    let total = 0;
    for (let bytes = await system.streams.read(0, 1000); bytes.length > 0; bytes = await system.streams.read(0, 1000)) {
      total += bytes.length;
    }
    await print(system, String(total));
    return 0;
  };
  const world = bareWorld({ programs: { sh: count } });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  session.write(new Uint8Array(300_000));
  expect(session.pendingBytes).toBe(300_000 - 65_536);
  session.end();
  await world.run();
  expect(output).toBe('300000');
});

test('a script runs by its interpreter, a program without permission does not, and a set-user-ID one runs as its owner', async () => {
  const shell: Program = async (system) => {
    const { process } = system;
    const start = (path: string): Promise<string> =>
      codeOf(async () => {
        await process.spawn({ path, argv: [path, 'more'], environment: {}, descriptors: { 1: 1 } });
        await process.wait();
      });
    const words = [await start('/tmp/script'), await start('/tmp/nothing'), await start('/tmp/text')];
    await print(system, `${words.join()} ${await start('/tmp/setuid')}`);
    return 0;
  };
  const show: Program = async (system, argv) => {
    await print(system, `${argv.join('|')} ${system.process.credentials.uid};`);
    return 0;
  };
  const world = bareWorld({ programs: { sh: shell, show } });
  const executable = world.files.read('alpha', '/bin/show');
  const root = { credentials: { uid: 0, gid: 0, groups: [] }, workingDirectory: '/', fileCreationMask: 0, pid: 0 };
  const fileSystem = world.hosts[0]?.fileSystem;
  fileSystem?.writeFile(root, '/tmp/script', { content: utf8Encode('#!/bin/show -x y\nrest'), mode: 0o755 });
  fileSystem?.writeFile(root, '/tmp/text', { content: utf8Encode('rest'), mode: 0o644 });
  fileSystem?.writeFile(root, '/tmp/setuid', { content: executable });
  fileSystem?.changeMode(root, '/tmp/setuid', 0o4755);
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  await world.run();
  expect(output).toBe('/bin/show|-x y|/tmp/script|more 1000;/tmp/setuid|more 0;done,ENOENT,EACCES done');
});
