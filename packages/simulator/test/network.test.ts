/** The network between virtual hosts: who reaches whom, what TCP keeps, and what pulled cables do. */
/* oxlint-disable unicorn/consistent-function-scoping -- a program stands beside what is expected of it */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { isSystemError, type Program, type System } from '@seashell/system';
import { expect, test } from 'vitest';
import type { WorldDefinition } from '../src/world-definition/definition.ts';
import { bareDefinition, bareWorld } from './bare-world.ts';
import { echoPort, echoServer, echoSession } from './busy-programs.ts';

const serverPrograms = { 'echo-server': echoServer, 'echo-session': echoSession };
const services = { beta: ['echo-server'] };
const hosts = ['alpha', 'beta'];
const betaAddress = '192.0.2.11';

async function print(system: Pick<System, 'streams'>, line: string): Promise<void> {
  await system.streams.write(1, utf8Encode(line));
}

/** What `act` came to: its result, or the errno name of its error. */
async function outcomeOf(act: () => Promise<unknown>): Promise<string> {
  try {
    return String(await act());
  } catch (error) {
    if (isSystemError(error)) return error.code;
    throw error;
  }
}

async function readAll({ streams }: Pick<System, 'streams'>, descriptor: number): Promise<number> {
  let total = 0;
  for (let bytes = await streams.read(descriptor, 65_536); bytes.length > 0;) {
    total += bytes.length;
    bytes = await streams.read(descriptor, 65_536);
  }
  return total;
}

/** The output of `main` as the shell of `user` on alpha. */
async function outputOf(main: Program, definition: Partial<WorldDefinition> = {}, user = 'demo'): Promise<string> {
  const world = bareWorld({ hosts, services, programs: { sh: main, ...serverPrograms }, definition });
  const session = world.openCommand({ host: 'alpha', user, commandLine: '' });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  await world.run({ until: () => session.status !== undefined });
  return output;
}

test('more bytes than a connection buffers go there and back, with back-pressure', async () => {
  const lengthBytes = 3_000_000;
  const client: Program = async (system) => {
    const { network, streams } = system;
    const connection = await network.connect({ address: betaAddress, port: echoPort });
    let sent = 0;
    let received = 0;
    const piece = new Uint8Array(50_000);
    while (received < lengthBytes) {
      const readable = { type: 'readable', descriptor: connection } as const;
      const writable = { type: 'writable', descriptor: connection } as const;
      const { ready } = await streams.poll(sent < lengthBytes ? [readable, writable] : [readable]);
      if (ready.includes(1)) sent += await streams.write(connection, piece.subarray(0, lengthBytes - sent));
      if (ready.includes(0)) received += (await streams.read(connection, 100_000)).length;
    }
    await network.shutdownWrite(connection);
    await print(system, `${sent} ${received} ${await readAll(system, connection)}`);
    return 0;
  };
  const fast: Program = async ({ streams }) => {
    for (let bytes = await streams.read(0, 65_536); bytes.length > 0; bytes = await streams.read(0, 65_536)) {
      for (let written = 0; written < bytes.length;) written += await streams.write(1, bytes.subarray(written));
    }
    return 0;
  };
  const world = bareWorld({
    hosts,
    services,
    programs: { sh: client, 'echo-server': echoServer, 'echo-session': fast },
  });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  await world.run({ maximumSteps: 1_000_000 });
  expect(output).toBe('3000000 3000000 0');
});

test('listen: ports below 1024 are for root, taken ones and foreign addresses are refused; addresses tells both ends', async () => {
  const main: Program = async (system) => {
    const { network, streams } = system;
    const first = await network.listen({ address: '0.0.0.0', port: 8080 });
    const words = [
      await outcomeOf(() => network.listen({ address: '127.0.0.1', port: 80 })),
      await outcomeOf(() => network.listen({ address: '127.0.0.1', port: 8080 })),
      await outcomeOf(() => network.listen({ address: '::', port: 8080 })),
      await outcomeOf(() => network.listen({ address: betaAddress, port: 8081 })),
    ];
    const client = await network.connect({ address: '127.0.0.1', port: 8080 });
    const server = await network.accept(first);
    const near = await network.addresses(client);
    const far = await network.addresses(server);
    const isPair = near.local.port === far.remote?.port && near.remote?.port === far.local.port;
    await streams.close(first);
    const refused = await outcomeOf(() => network.connect({ address: '127.0.0.1', port: 8080 }));
    await print(system, `${words.join()} ${isPair} ${near.local.address} ${refused}`);
    return 0;
  };
  expect(await outputOf(main)).toBe('EACCES,EADDRINUSE,4,EADDRNOTAVAIL true 127.0.0.1 ECONNREFUSED');
});

test('names: the own hosts file first, then the names of the world; ENOTFOUND else', async () => {
  const main: Program = async (system) => {
    const { network } = system;
    for (const name of ['localhost', 'BETA', '192.0.2.77', '::1', 'extra.example', 'nosuch']) {
      await print(system, `${await outcomeOf(() => network.resolve(name))} `);
    }
    return 0;
  };
  const names = [{ name: 'extra.example', addresses: ['203.0.113.9', '203.0.113.8'] }];
  expect(await outputOf(main, { names })).toBe(
    '::1,127.0.0.1 192.0.2.11 192.0.2.77 ::1 203.0.113.9,203.0.113.8 ENOTFOUND ',
  );
});

test('a firewall drops, rejects and accepts by port and host; a host without a way to another is told', async () => {
  const base = bareDefinition({ hosts: ['alpha', 'beta', 'gamma'], programs: {}, services });
  const rules = [
    { port: echoPort, from: ['gamma'], action: 'accept' },
    { port: echoPort, action: 'drop' },
    { port: 9, action: 'reject' },
  ] as const;
  const definition = {
    networks: [...base.networks, { name: 'island', latencyMilliseconds: 1 }],
    hosts: base.hosts.map((host) => {
      if (host.name === 'beta') return { ...host, firewall: rules };
      return host.name === 'gamma' ? { ...host, interfaces: [{ network: 'island', address: '10.0.0.5' }] } : host;
    }),
  };
  const main: Program = async (system) => {
    const connect = (address: string, port: number): Promise<string> =>
      outcomeOf(() => system.network.connect({ address, port }));
    await print(system, `${await connect(betaAddress, echoPort)} ${await connect(betaAddress, 9)} `);
    await print(system, await connect('10.0.0.5', 22));
    return 0;
  };
  expect(await outputOf(main, definition)).toBe('ETIMEDOUT ECONNREFUSED ENETUNREACH');
});

test('closing with unread bytes resets: the other side reads ECONNRESET once, and cannot write', async () => {
  const main: Program = async (system) => {
    const { network, streams, clock, process } = system;
    await process.setDisposition('SIGPIPE', 'ignore');
    const listener = await network.listen({ address: '127.0.0.1', port: 4000 });
    const client = await network.connect({ address: '127.0.0.1', port: 4000 });
    const server = await network.accept(listener);
    await streams.write(client, utf8Encode('unread'));
    await streams.poll([], clock.monotonic() + 10);
    await streams.close(server);
    await streams.poll([{ type: 'readable', descriptor: client }]);
    const words = [
      await outcomeOf(() => streams.read(client, 10)),
      await outcomeOf(async () => (await streams.read(client, 10)).length),
      await outcomeOf(() => streams.write(client, utf8Encode('x'))),
    ];
    await print(system, words.join());
    return 0;
  };
  expect(await outputOf(main)).toBe('ECONNRESET,0,EPIPE');
});

/** Says something to beta, waits for the echo, and says how long it took or what went wrong. */
const talker: Program = async (system) => {
  const { network, streams, clock } = system;
  const connection = await network.connect({ address: betaAddress, port: echoPort });
  await streams.poll([], clock.monotonic() + 1000);
  const before = clock.monotonic();
  await streams.write(connection, utf8Encode('ping'));
  const outcome = await outcomeOf(async () => utf8DecodeLossy(await streams.read(connection, 10)));
  await print(system, `${outcome} ${Math.round((clock.monotonic() - before) / 1000)} s`);
  return 0;
};

test('a pulled cable holds bytes back until it is in again; for too long it ends the connection with ETIMEDOUT', async () => {
  const outputs: string[] = [];
  for (const pulledMilliseconds of [10_000, 2_000_000]) {
    const world = bareWorld({ hosts, services, programs: { sh: talker, ...serverPrograms } });
    const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
    session.onOutput((_stream, bytes) => outputs.push(utf8DecodeLossy(bytes)));
    const start = world.nowMilliseconds;
    await world.run({ untilMilliseconds: start + 500 });
    world.setLink('beta', false);
    await world.run({ untilMilliseconds: start + 1000 + pulledMilliseconds });
    world.setLink('beta', true);
    await world.run();
  }
  expect(outputs).toEqual(['ping 13 s', 'ETIMEDOUT 925 s']);
});

test('without a cable names are EAI_AGAIN, addresses ENETUNREACH, and the host itself stays reachable', async () => {
  const main: Program = async (system) => {
    const { network, streams, clock } = system;
    await streams.poll([], clock.monotonic() + 100);
    await network.listen({ address: '127.0.0.1', port: 4000 });
    const words = [
      await outcomeOf(() => network.resolve('beta')),
      await outcomeOf(() => network.connect({ address: betaAddress, port: echoPort })),
      await outcomeOf(() => network.connect({ address: '127.0.0.1', port: 4000 })),
    ];
    await print(system, words.join());
    return 0;
  };
  const world = bareWorld({ hosts, programs: { sh: main } });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  world.setLink('alpha', false);
  await world.run();
  expect(output).toBe('EAI_AGAIN,ENETUNREACH,4');
});

test('connectFromOutside: bytes to a port and back, half-closed; a port where nobody listens is refused', async () => {
  const world = bareWorld({ hosts, services, programs: { sh: talker, ...serverPrograms } });
  await world.run();
  const ends: string[] = [];
  let received = 0;
  const sent = 400_000;
  const open = (port: number): ReturnType<typeof world.connectFromOutside> =>
    world.connectFromOutside({
      host: 'beta',
      port,
      onData: (bytes) => {
        received += bytes.length;
        return true;
      },
      onEnd: (reason) => ends.push(reason),
      onDrain: () => ends.push('drain'),
    });
  const connection = open(echoPort);
  open(9);
  expect(connection.write(new Uint8Array(sent))).toBe(false);
  connection.end();
  await world.run({ maximumSteps: 1_000_000 });
  expect(received).toBe(sent);
  expect(ends).toEqual(['refused', 'drain', 'end']);
  expect(world.log).toEqual([]);
});
