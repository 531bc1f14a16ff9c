/** `NetworkOperations` over Node's TCP sockets and the platform's resolver. */
import { lookup } from 'node:dns/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { SystemError, type NetworkOperations, type SocketAddress } from '@seashell/system';
import type { OpenListener, OpenSocket } from './descriptor-table.ts';
import type { Machine } from './machine.ts';
import { streamOfSocket } from './open-stream.ts';

function openSocket(machine: Machine, socket: Socket): OpenSocket {
  socket.setNoDelay(true);
  return { type: 'socket', socket, stream: streamOfSocket(socket, machine.waker) };
}

async function resolve(name: string): Promise<readonly string[]> {
  // getaddrinfo(3) of an empty name; Node takes it for this machine, and warns.
  if (name === '') throw new SystemError('ENOTFOUND', 'resolve', name);
  const found = await lookup(name, { all: true, verbatim: true });
  return [...new Set(found.map((entry) => entry.address))];
}

/** Waits for the handshake; a handled signal or the deadline ends it. */
async function connect(machine: Machine, to: SocketAddress, deadline?: number): Promise<OpenSocket> {
  const socket = createConnection({ host: to.address, port: to.port, allowHalfOpen: true, autoSelectFamily: false });
  const outcomes: ('connected' | Error)[] = [];
  const settle = (result: 'connected' | Error): void => {
    outcomes.push(result);
    machine.waker.notify();
  };
  socket.once('connect', () => settle('connected'));
  socket.once('error', settle);
  while (outcomes.length === 0) {
    if (machine.pendingSignals.length > 0) {
      socket.destroy();
      throw new SystemError('EINTR', 'connect');
    }
    const remaining = deadline === undefined ? undefined : deadline - performance.now();
    if (remaining !== undefined && remaining <= 0) {
      socket.destroy();
      throw new SystemError('ETIMEDOUT', 'connect');
    }
    await machine.waker.sleep(remaining);
  }
  const [outcome] = outcomes;
  if (outcome instanceof Error) throw outcome;
  socket.off('error', settle);
  return openSocket(machine, socket);
}

async function listen(machine: Machine, on: SocketAddress): Promise<OpenListener> {
  const waiting: Socket[] = [];
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    waiting.push(socket);
    machine.waker.notify();
  });
  await new Promise<void>((resolved, rejected) => {
    server.once('error', rejected);
    server.listen({ host: on.address, port: on.port, backlog: 128 }, () => resolved());
  });
  return { type: 'listener', server, waiting };
}

async function accept(machine: Machine, listener: OpenListener): Promise<OpenSocket> {
  for (;;) {
    const socket = listener.waiting.shift();
    if (socket !== undefined) {
      const entry = openSocket(machine, socket);
      socket.resume();
      return entry;
    }
    if (machine.pendingSignals.length > 0) throw new SystemError('EINTR', 'accept');
    await machine.waker.sleep();
  }
}

function addresses(
  machine: Machine,
  descriptor: number,
): { readonly local: SocketAddress; readonly remote?: SocketAddress } {
  const entry = machine.table.find(descriptor, 'addresses');
  if (entry.type === 'listener') {
    const bound = entry.server.address();
    if (bound === null || typeof bound === 'string') throw new SystemError('EINVAL', 'addresses');
    return { local: { address: bound.address, port: bound.port } };
  }
  if (entry.type !== 'socket') throw new SystemError('ENOTCONN', 'addresses');
  const { localAddress, localPort, remoteAddress, remotePort } = entry.socket;
  if (
    localAddress === undefined ||
    localPort === undefined ||
    remoteAddress === undefined ||
    remotePort === undefined
  ) {
    throw new SystemError('ENOTCONN', 'addresses');
  }
  return { local: { address: localAddress, port: localPort }, remote: { address: remoteAddress, port: remotePort } };
}

export function createNetwork(machine: Machine): NetworkOperations {
  const { guard, table } = machine;
  return {
    resolve: (name) => guard.run('resolve', () => resolve(name)),
    connect: (to, deadline) => guard.run('connect', async () => table.add(await connect(machine, to, deadline))),
    listen: (on) => guard.run('listen', async () => table.add(await listen(machine, on))),
    accept: (descriptor) =>
      guard.run('accept', async () => {
        const entry = table.find(descriptor, 'accept');
        if (entry.type !== 'listener') throw new SystemError('EINVAL', 'accept');
        return table.add(await accept(machine, entry));
      }),
    addresses: (descriptor) => guard.run('addresses', () => Promise.resolve(addresses(machine, descriptor))),
    shutdownWrite: (descriptor) =>
      guard.run('shutdownWrite', async () => {
        const entry = table.find(descriptor, 'shutdownWrite');
        if (entry.type !== 'socket') throw new SystemError('ENOTCONN', 'shutdownWrite');
        entry.stream.endOutput();
        await Promise.resolve();
      }),
  };
}
