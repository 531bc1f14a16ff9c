/** The contract of `NetworkOperations`: TCP over the loopback address. */
import { describe, expect, test } from 'vitest';
import type { System } from '../system.ts';
import { codeOf, readAll, readExactly, writeAll } from './asking.ts';
import { inside, type ContractSubject } from './subject.ts';

const address = '127.0.0.1';

interface Connected {
  readonly listener: number;
  readonly port: number;
  readonly client: number;
  readonly server: number;
}

async function connected(system: System): Promise<Connected> {
  const listener = await system.network.listen({ address, port: 0 });
  const { port } = (await system.network.addresses(listener)).local;
  const client = await system.network.connect({ address, port });
  const server = await system.network.accept(listener);
  return { listener, port, client, server };
}

export function describeNetwork(subject: ContractSubject): void {
  describe('network', () => {
    describeConnections(subject);
    describeRefusals(subject);
  });
}

function describeConnections(subject: ContractSubject): void {
  test(
    'bytes go both ways, and each end knows the other',
    inside(subject, async (system) => {
      const { client, server, port } = await connected(system);
      await writeAll(system, client, 'question');
      expect(await readExactly(system, server, 8)).toBe('question');
      await writeAll(system, server, 'answer');
      expect(await readExactly(system, client, 6)).toBe('answer');
      const [near, far] = [await system.network.addresses(client), await system.network.addresses(server)];
      expect(near.remote).toEqual({ address, port });
      expect(far.remote).toEqual(near.local);
    }),
  );

  test(
    'shutdownWrite ends one direction only',
    inside(subject, async (system) => {
      const { client, server } = await connected(system);
      await writeAll(system, client, 'all');
      await system.network.shutdownWrite(client);
      expect(await readAll(system, server)).toBe('all');
      await writeAll(system, server, 'still');
      await system.streams.close(server);
      expect(await readAll(system, client)).toBe('still');
    }),
  );

  test(
    'a listener is readable while a connection waits',
    inside(subject, async (system) => {
      const { listener, port } = await connected(system);
      const waits = [{ type: 'readable', descriptor: listener }] as const;
      expect((await system.streams.poll(waits, 0)).ready).toEqual([]);
      const client = await system.network.connect({ address, port });
      expect((await system.streams.poll(waits)).ready).toEqual([0]);
      const server = await system.network.accept(listener);
      await writeAll(system, server, 'hello');
      await system.streams.close(server);
      expect(await readAll(system, client)).toBe('hello');
    }),
  );

  test(
    'a slow reader holds the writer back',
    inside(subject, async (system) => {
      const { client, server } = await connected(system);
      const waits = [{ type: 'writable', descriptor: client }] as const;
      const limit = 64 * 1024 * 1024;
      let written = 0;
      const isWritable = async (): Promise<boolean> =>
        (await system.streams.poll(waits, system.clock.monotonic() + 50)).ready.length > 0;
      while (written < limit && (await isWritable()))
        written += await system.streams.write(client, new Uint8Array(65_536));
      expect(written).toBeLessThan(limit);
      await readExactly(system, server, written);
      expect((await system.streams.poll(waits)).ready).toEqual([0]);
    }),
  );
}

function describeRefusals(subject: ContractSubject): void {
  test(
    'a port where nobody listens is ECONNREFUSED, one that is taken EADDRINUSE',
    inside(subject, async (system) => {
      const { listener, port } = await connected(system);
      expect(await codeOf(system.network.listen({ address, port }))).toBe('EADDRINUSE');
      await system.streams.close(listener);
      expect(await codeOf(system.network.connect({ address, port }))).toBe('ECONNREFUSED');
    }),
  );

  test(
    'a deadline that has passed is ETIMEDOUT',
    inside(subject, async (system) => {
      const { port } = await connected(system);
      const connecting = system.network.connect({ address, port }, system.clock.monotonic());
      expect(await codeOf(connecting)).toBe('ETIMEDOUT');
    }),
  );

  test(
    'names and addresses are resolved, nonsense is not',
    inside(subject, async (system) => {
      expect(await system.network.resolve('192.0.2.77')).toEqual(['192.0.2.77']);
      expect(await system.network.resolve('localhost')).toContain('127.0.0.1');
      expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(await codeOf(system.network.resolve('no-such-name.invalid')));
    }),
  );
}
