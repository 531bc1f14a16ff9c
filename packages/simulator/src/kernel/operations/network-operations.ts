/** `System.network` of a process. */
import { utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError, type NetworkOperations, type SocketAddress, SystemError } from '@seashell/system';
import { kernelCaller } from '../../filesystem/caller.ts';
import type { Connecting } from '../../network/connecting.ts';
import { ListenerDescription, SocketDescription } from '../../network/sockets.ts';
import { nameLookupMicroseconds } from '../costs.ts';
import type { Host } from '../host.ts';
import { type Attempt, blocked, type Blocked } from '../task.ts';
import { findDescription, type OperationContext, waitOn } from './context.ts';

export function networkOperations(context: OperationContext): NetworkOperations {
  const { host, task } = context;
  return {
    resolve: (name) =>
      context.perform('resolve', () => {
        task.debtMicroseconds += nameLookupMicroseconds;
        return host.network.resolve(host.name, name, hostsFile(host));
      }),
    connect: (to, deadline) => context.perform('connect', connectAttempt(context, to, deadline)),
    listen: (on) => context.perform('listen', () => listen(context, on)),
    accept: (listener) => context.perform('accept', () => accept(context, listener)),
    addresses: (descriptor) => context.perform('addresses', () => addresses(context, descriptor)),
    shutdownWrite: (descriptor) =>
      context.perform<void>('shutdownWrite', () =>
        findSocket(context, descriptor, 'shutdownWrite').end.shutdownWrite(),
      ),
  };
}

function hostsFile(host: Host): string {
  try {
    return utf8DecodeLossy(host.fileSystem.readFile(kernelCaller, '/etc/hosts'));
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

/** connect(2): the first attempt sends, the later ones look for the answer. A signal in between gives the connection up, and so does the deadline. */
function connectAttempt(
  context: OperationContext,
  to: SocketAddress,
  deadlineMilliseconds: number | undefined,
): Attempt<number> {
  const { host, process } = context;
  const deadlineMicroseconds = deadlineMilliseconds === undefined ? undefined : Math.ceil(deadlineMilliseconds * 1000);
  let connecting: Connecting | undefined;
  return () => {
    connecting ??= host.network.connect(host.name, process.pid, to);
    if (connecting.error !== undefined) throw new SystemError(connecting.error, 'connect', to.address);
    if (connecting.end === undefined) return waitForAnswer(context, connecting, deadlineMicroseconds);
    const socket = new SocketDescription(connecting.end, host.network.nextInode(), host.scheduler);
    return process.descriptors.add(socket, 'connect');
  };
}

function waitForAnswer(
  context: OperationContext,
  connecting: Connecting,
  deadlineMicroseconds: number | undefined,
): Blocked {
  const { scheduler } = context.host;
  if (context.task.operation?.interrupted === true) connecting.cancel();
  if (deadlineMicroseconds !== undefined && scheduler.now >= deadlineMicroseconds) {
    connecting.cancel();
    throw new SystemError('ETIMEDOUT', 'connect');
  }
  scheduler.park(context.task, [connecting.queue], deadlineMicroseconds === undefined ? {} : { deadlineMicroseconds });
  context.task.waiting = 'time';
  return blocked;
}

function listen(context: OperationContext, on: SocketAddress): number {
  const { host, process } = context;
  const listener = host.network.listen(host.name, on, process.credentials.uid === 0);
  const descriptor = process.descriptors.add(listener, 'listen');
  host.events.listening(host, process, listener.local);
  return descriptor;
}

function accept(context: OperationContext, descriptor: number): number | Blocked {
  const { host, process } = context;
  const listener = findDescription(context, descriptor, 'accept');
  if (!(listener instanceof ListenerDescription)) throw new SystemError('EINVAL', 'accept');
  const end = listener.accept();
  if (end === undefined) return waitOn(context, listener.readableQueue);
  return process.descriptors.add(new SocketDescription(end, host.network.nextInode(), host.scheduler), 'accept');
}

function addresses(
  context: OperationContext,
  descriptor: number,
): { readonly local: SocketAddress; readonly remote?: SocketAddress } {
  const description = findDescription(context, descriptor, 'addresses');
  if (description instanceof ListenerDescription) return { local: description.local };
  const { end } = findSocket(context, descriptor, 'addresses');
  return { local: end.local, remote: end.remote };
}

function findSocket(
  context: OperationContext,
  descriptor: number,
  operation: 'addresses' | 'shutdownWrite',
): SocketDescription {
  const description = findDescription(context, descriptor, operation);
  if (description instanceof SocketDescription) return description;
  throw new SystemError('ENOTCONN', operation);
}
