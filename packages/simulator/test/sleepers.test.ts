/** A host whose services only answer sleeps until somebody reaches it; its boot is made up for then, and nobody can tell. */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import type { Program } from '@seashell/system';
import { expect, test } from 'vitest';
import type { ServiceDefinition } from '../src/world-definition/definition.ts';
import type { World, WorldOptions } from '../src/world/world.ts';
import { WorldEngine } from '../src/world/world-engine.ts';
import { bareDefinition, bareFiles } from './bare-world.ts';

const laterMilliseconds = 5000;
const greeting = utf8Encode('hello\n');

/** Notes when it is started and its keys, and greets who connects. */
const greeter: Program = async ({ clock, files, network, streams, process }) => {
  const key = await files.open('/etc/key', { access: 'read' }).then(
    async (descriptor) => utf8DecodeLossy(await streams.read(descriptor, 100)),
    () => 'none',
  );
  const note = await files.open('/tmp/note', { access: 'write', create: true, append: true });
  await streams.write(note, utf8Encode(`pid ${process.pid}, clock ${clock.now()}, key ${key}\n`));
  const listener = await network.listen({ address: '0.0.0.0', port: 7 });
  for (;;) {
    const socket = await network.accept(listener);
    await streams.write(socket, greeting);
    await streams.close(socket);
  }
};

/** Sleeps, connects, and prints what it got; with the clock before and after, which never goes back. */
const caller: Program = async ({ clock, network, streams }) => {
  await streams.poll([], clock.monotonic() + laterMilliseconds);
  const before = clock.now();
  const socket = await network.connect({ address: '192.0.2.11', port: 7 });
  const text = utf8DecodeLossy(await streams.read(socket, 100));
  await streams.write(1, utf8Encode(`${text}${clock.now() - before}\n`));
  return 0;
};

interface Sleeping {
  readonly onlyAnswers?: boolean;
  readonly addKeys?: (fileSystem: ReturnType<typeof bareFiles>) => Promise<void>;
  readonly replay?: WorldOptions['replay'];
}

/** `beta` greets, with or without sleep; `alpha` has nothing to do. */
function sleepingWorld({ onlyAnswers = true, addKeys, replay = [] }: Sleeping = {}): WorldEngine {
  const bare = bareDefinition({ programs: {}, hosts: ['alpha', 'beta'] });
  const service: ServiceDefinition = { name: 'greeter', argv: ['/bin/greeter'], onlyAnswers };
  const hosts = bare.hosts.map((host) => (host.name === 'beta' ? { ...host, services: [service] } : host));
  const programs = Object.entries({ sh: caller, greeter }).map(([name, program]) => ({
    name,
    path: `/bin/${name}`,
    program,
  }));
  return new WorldEngine(
    { definition: { ...bare, hosts }, seed: 1, programs, replay },
    {
      openSshOf: () => '10',
      build(host, now) {
        const fileSystem = bareFiles(now);
        const isKeyed = host.name === 'beta' && addKeys !== undefined;
        return { fileSystem, addKeys: isKeyed ? () => addKeys(fileSystem) : undefined };
      },
    },
  );
}

const root = { credentials: { uid: 0, gid: 0, groups: [] }, workingDirectory: '/', fileCreationMask: 0, pid: 0 };
const makeKey: NonNullable<Sleeping['addKeys']> = (fileSystem) => {
  fileSystem.writeFile(root, '/etc/key', { content: utf8Encode('made') });
  return Promise.resolve();
};

const read = (world: World, path: string): string => utf8DecodeLossy(world.files.read('beta', path));

async function call(world: World): Promise<string> {
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  await world.run({ until: () => session.status !== undefined });
  return output;
}

test('a sleeping host does nothing until it is reached, and has then done all that it would have', async () => {
  const results = [];
  for (const onlyAnswers of [true, false]) {
    const world = sleepingWorld({ onlyAnswers, addKeys: makeKey });
    await world.run({ untilMilliseconds: world.nowMilliseconds + laterMilliseconds / 2 });
    expect(world.files.list('beta', '/tmp')).toEqual(onlyAnswers ? [] : ['note']);
    const output = await call(world);
    const { mode: _mode, inode: _inode, ...status } = world.files.status('beta', '/tmp/note');
    results.push({ output, note: read(world, '/tmp/note'), status, now: world.nowMilliseconds });
  }
  expect(results[0]).toEqual(results[1]);
  expect(results[0]?.output).toMatch(/^hello\n\d+\n$/);
  expect(results[0]?.note).toMatch(/^pid 412, clock 1767258000000, key made\n$/);
});

test('events of the boot are dated by it, and what comes after by the present', async () => {
  const world = sleepingWorld();
  const times: (readonly [string, string, number])[] = [];
  const start = world.nowMilliseconds;
  world.observe((event) =>
    times.push([event.type, 'host' in event ? (event.host ?? '') : '', event.timeMilliseconds - start]),
  );
  await call(world);
  const listening = times.find(([type]) => type === 'listening');
  const opened = times.find(([type]) => type === 'connectionOpened');
  expect(listening?.slice(0, 2)).toEqual(['listening', 'beta']);
  expect(listening?.[2]).toBeLessThan(laterMilliseconds / 2);
  expect(opened?.[2]).toBeGreaterThanOrEqual(laterMilliseconds);
});

test('a file that is edited on a sleeping host is edited after its boot', async () => {
  const world = sleepingWorld({ addKeys: makeKey });
  await world.run({ untilMilliseconds: world.nowMilliseconds + laterMilliseconds });
  const written = world.writeFile('beta', '/etc/key', utf8Encode('edited'));
  const removed = world.removeFile('beta', '/tmp/note');
  await Promise.all([written, removed]);
  expect(read(world, '/etc/key')).toBe('edited');
  expect(world.files.list('beta', '/tmp')).toEqual([]);
  await call(world);
  expect(world.files.list('beta', '/tmp')).toEqual([]);
});

test('a replay of it goes the same way', async () => {
  const world = sleepingWorld({ addKeys: makeKey });
  await world.run({ untilMilliseconds: world.nowMilliseconds + laterMilliseconds });
  await world.writeFile('beta', '/tmp/note', utf8Encode('edited\n'));
  await call(world);
  await world.run({ until: () => world.quiet });
  const again = sleepingWorld({ addKeys: makeKey, replay: world.log });
  await again.run({ until: () => again.step >= world.step });
  expect(again.log).toEqual(world.log);
  expect(again.snapshot()).toEqual(world.snapshot());
  expect(read(again, '/tmp/note')).toBe('edited\n');
});

test('where the code of the keys does not come, the host goes on without, and logs it', async () => {
  const world = sleepingWorld({ addKeys: () => Promise.reject(new Error('no network')) });
  const missing: string[] = [];
  world.observe((event) => event.type === 'codeMissing' && missing.push(event.host));
  expect(await call(world)).toMatch(/^hello\n/);
  expect(missing).toEqual(['beta']);
  expect(read(world, '/tmp/note')).toContain('key none');
  expect(read(world, '/var/log/syslog')).toMatch(/ beta systemd\[1\]: the code .* did not come: .* \(no network\)\n$/);
});

test('inputs that come together after the first for a sleeping host are replayed together', async () => {
  const world = sleepingWorld({ addKeys: makeKey });
  await world.run({ untilMilliseconds: world.nowMilliseconds + laterMilliseconds });
  world.openCommand({ host: 'beta', user: 'demo', commandLine: '' });
  world.setLink('alpha', false);
  world.setLink('alpha', true);
  await world.run({ until: () => world.quiet });
  const again = sleepingWorld({ addKeys: makeKey, replay: world.log });
  await again.run({ until: () => again.step >= world.step });
  expect(again.log).toEqual(world.log);
  expect(again.snapshot()).toEqual(world.snapshot());
});

test('an input that follows upon another comes after those that were given before it', async () => {
  const world = sleepingWorld({ addKeys: makeKey });
  await world.run({ untilMilliseconds: world.nowMilliseconds + laterMilliseconds });
  const [first, second] = ['first', 'second'].map((text) => world.writeFile('beta', '/etc/key', utf8Encode(text)));
  const third = first?.then(() => world.writeFile('beta', '/etc/key', utf8Encode('third')));
  await Promise.all([second, third]);
  expect(read(world, '/etc/key')).toBe('third');
  await call(world);
  const again = sleepingWorld({ addKeys: makeKey, replay: world.log });
  await again.run({ until: () => again.step >= world.step });
  expect(read(again, '/etc/key')).toBe('third');
});

test('a file that is edited on a sleeping host without keys is edited after its boot', async () => {
  const world = sleepingWorld();
  await world.run({ untilMilliseconds: world.nowMilliseconds + laterMilliseconds });
  await world.writeFile('beta', '/etc/key', utf8Encode('edited'));
  await call(world);
  expect(read(world, '/tmp/note')).toContain('key none');
});
