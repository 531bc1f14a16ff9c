/** Programs that do much at random, from their host's seed: pipes, files, sockets, signals, sleeps, children, awaits of the platform. */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { isSystemError, type Program, type System } from '@seashell/system';

/** Called before each operation of a disturbed program: what it awaits must change no history. */
export type Disturbance = () => Promise<void>;

/** A program whose every operation is asked for only after `disturb`, and whose results come late too. */
export function disturbed(program: Program, disturb: Disturbance): Program {
  const wrapGroup = <Group extends object>(group: Group): Group =>
    new Proxy(group, {
      get(target, property): unknown {
        const member: unknown = Reflect.get(target, property);
        if (typeof member !== 'function') return member;
        return async (...values: unknown[]): Promise<unknown> => {
          await disturb();
          const result: unknown = await Reflect.apply(member, target, values);
          await disturb();
          return result;
        };
      },
    });
  return (system, argv) => {
    const { process, files, streams, network, terminal } = system;
    const groups = { process: wrapGroup(process), files: wrapGroup(files), streams: wrapGroup(streams) };
    return program({ ...system, ...groups, network: wrapGroup(network), terminal: wrapGroup(terminal) }, argv);
  };
}

export const echoPort = 7;

/** Accepts for ever; each connection gets a process of its own, with the socket as a descriptor. */
export const echoServer: Program = async ({ network, streams, process }) => {
  const listener = await network.listen({ address: '0.0.0.0', port: echoPort });
  for (;;) {
    await streams.poll([{ type: 'readable', descriptor: listener }, { type: 'child' }]);
    for (;;) {
      const ended = await process.wait({ noHang: true }).catch(() => undefined);
      if (ended === undefined) break;
    }
    const { ready } = await streams.poll([{ type: 'readable', descriptor: listener }], 0);
    if (ready.length === 0) continue;
    const connection = await network.accept(listener);
    const descriptors = { 0: connection, 1: connection };
    await process.spawn({ path: '/bin/echo-session', argv: ['echo-session'], environment: {}, descriptors });
    await streams.close(connection);
  }
};

export const echoSession: Program = async ({ streams }) => {
  try {
    for (;;) {
      const bytes = await streams.read(0, 64);
      if (bytes.length === 0) return 0;
      for (let written = 0; written < bytes.length;) written += await streams.write(1, bytes.subarray(written));
    }
  } catch (error) {
    return describeError(error).length;
  }
};

type Deed = (system: System, choose: (count: number) => number) => Promise<string>;

const deeds: readonly Deed[] = [
  async ({ streams, clock }, choose) => {
    const { signals } = await streams.poll([{ type: 'signal' }], clock.monotonic() + choose(50));
    return `slept ${signals.join()}`;
  },
  async ({ files, streams, process }, choose) => {
    const descriptor = await files.open(`/tmp/shared-${choose(3)}`, { access: 'write', create: true, append: true });
    await streams.write(descriptor, utf8Encode(`${process.pid}\n`));
    const { sizeBytes } = await files.descriptorStatus(descriptor);
    await streams.close(descriptor);
    return `appended ${sizeBytes}`;
  },
  async ({ network, streams, random }, choose) => {
    const [address = ''] = await network.resolve(['alpha', 'beta', 'gamma'][choose(3)] ?? 'alpha');
    const connection = await network.connect({ address, port: choose(8) === 0 ? 9 : echoPort });
    const sent = random.bytes(1 + choose(200));
    await streams.write(connection, sent);
    await network.shutdownWrite(connection);
    let received = 0;
    for (let bytes = await streams.read(connection, 50); bytes.length > 0; bytes = await streams.read(connection, 50)) {
      received += bytes.length;
    }
    await streams.close(connection);
    return `echoed ${received} of ${sent.length}`;
  },
  async ({ streams, process }, choose) => {
    const { reader, writer } = await streams.pipe();
    const spawnOptions = { path: '/bin/echo-session', argv: ['echo-session'], environment: {} };
    const child = await process.spawn({ ...spawnOptions, descriptors: { 0: reader, 1: 2 } });
    await streams.close(reader);
    if (choose(3) === 0) await process.kill(child, 'SIGKILL');
    else await streams.write(writer, utf8Encode(`${process.pid} to ${child}\n`));
    await streams.close(writer);
    const status = await process.wait({ pid: child });
    return `child ${status?.type}`;
  },
  async ({ process }, choose) => {
    await process.kill(process.pid + choose(7) - 3, choose(2) === 0 ? 'SIGUSR1' : 'SIGWINCH');
    return 'killed';
  },
  async ({ files }) => `tmp ${(await files.readDirectory('/tmp')).length}`,
];

const deedsOfWorker = 12;

/** Does some deeds at random and tells of each on its output. */
export const worker: Program = async (system) => {
  const choose = (count: number): number => (system.random.bytes(1)[0] ?? 0) % count;
  await system.process.setDisposition('SIGUSR1', 'handle');
  await system.process.setDisposition('SIGPIPE', 'ignore');
  for (let count = 0; count < deedsOfWorker; count += 1) {
    const deed = deeds[choose(deeds.length)];
    const outcome = await deed?.(system, choose).catch(describeError);
    const line = `${system.clock.monotonic()} ${system.process.pid} ${outcome}\n`;
    await system.streams.write(1, utf8Encode(line)).catch(describeError);
  }
  return choose(256);
};

function describeError(error: unknown): string {
  if (isSystemError(error)) return error.code;
  throw error;
}

const workers = 16;

/** Starts workers, which have a process group each, and passes on what they tell; a typed line, or the end of its input, is told of too. */
export const crowd: Program = async ({ process, streams }) => {
  const { reader, writer } = await streams.pipe();
  for (let count = 0; count < workers; count += 1) {
    const descriptors = { 0: 0, 1: writer, 2: 2 };
    await process.spawn({ path: '/bin/worker', argv: ['worker'], environment: {}, descriptors, processGroup: 0 });
  }
  await streams.close(writer);
  let isInputOpen = true;
  for (let isOpen = true; isOpen;) {
    const output = { type: 'readable', descriptor: reader } as const;
    const input = { type: 'readable', descriptor: 0 } as const;
    const { ready } = await streams.poll(isInputOpen ? [output, input] : [output]);
    for (const index of ready) {
      const bytes = await streams.read(index === 0 ? reader : 0, 100);
      const told = index === 0 ? bytes : utf8Encode(`<${utf8DecodeLossy(bytes).trim()}>\n`);
      await streams.write(1, told).catch(describeError);
      if (bytes.length === 0 && index === 0) isOpen = false;
      if (bytes.length === 0 && index === 1) isInputOpen = false;
    }
  }
  return countEnds(process);
};

async function countEnds(process: System['process']): Promise<number> {
  let ends = 0;
  for (; ends < workers; ends += 1) await process.wait();
  return ends;
}
