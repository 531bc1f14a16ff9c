/** `System.streams` of a process: descriptors, pipes, and waiting for several things at once. */
import { isSystemError, type PollResult, type StreamOperations, SystemError, type Wait } from '@seashell/system';
import type { Description } from '../description.ts';
import { maximumReadBytes } from '../limits.ts';
import { blocked, type Blocked, type WaitQueue } from '../task.ts';
import { TerminalDescription } from '../terminal.ts';
import { findDescription, type OperationContext, waitOn } from './context.ts';
import { stopInBackground } from './job-control.ts';

export function streamOperations(context: OperationContext): StreamOperations {
  const { host, process } = context;
  const { descriptors } = process;
  return {
    read: (descriptor, maximumBytes) => context.perform('read', () => read(context, descriptor, maximumBytes)),
    write: (descriptor, bytes) => context.perform('write', () => write(context, descriptor, bytes)),
    seek: (descriptor, offsetBytes, from) =>
      context.perform('seek', () => findDescription(context, descriptor, 'seek').seek(offsetBytes, from)),
    close: (descriptor) => context.perform<void>('close', () => descriptors.close(descriptor)),
    duplicate: (descriptor, copy) => context.perform('duplicate', () => duplicate(context, descriptor, copy)),
    pipe: () =>
      context.perform('pipe', () => {
        const pipe = host.pipe();
        const reader = descriptors.add(pipe.openReader(), 'pipe');
        return { reader, writer: descriptors.add(pipe.openWriter(), 'pipe') };
      }),
    poll: (waits, deadlineMilliseconds) => {
      const deadline = toMicroseconds(deadlineMilliseconds);
      return context.perform('poll', () => poll(context, waits, deadline));
    },
  };
}

function read(context: OperationContext, descriptor: number, maximumBytes: number): Uint8Array | Blocked {
  const description = findDescription(context, descriptor, 'read');
  if (maximumBytes <= 0) throw new SystemError('EINVAL', 'read');
  if (description instanceof TerminalDescription && stopInBackground(context, description.terminal, 'SIGTTIN')) {
    return blocked;
  }
  const bytes = description.read(Math.min(maximumBytes, maximumReadBytes));
  if (bytes === blocked) {
    tellAwaited(context, description);
    return waitOn(context, description.readableQueue);
  }
  context.host.scheduler.charge(context.task, bytes.length);
  return bytes;
}

function tellAwaited({ host, process }: OperationContext, description: Description): void {
  if (!(description instanceof TerminalDescription) || description.terminal.awaitedBy === process.pid) return;
  description.terminal.awaitedBy = process.pid;
  host.events.inputAwaited(host, process, description.terminal);
}

function write(context: OperationContext, descriptor: number, bytes: Uint8Array): number | Blocked {
  const { host, process } = context;
  const description = findDescription(context, descriptor, 'write');
  if (description instanceof TerminalDescription) description.terminal.beginWrite(process.firstPid, descriptor);
  try {
    const count = description.write(bytes);
    if (count === blocked) return waitOn(context, description.writableQueue);
    host.scheduler.charge(context.task, count);
    return count;
  } catch (error) {
    if (isSystemError(error, 'EPIPE')) host.processes.signal(process, 'SIGPIPE');
    throw error;
  }
}

function duplicate(context: OperationContext, descriptor: number, copy: number | undefined): number {
  const { descriptors } = context.process;
  const description = findDescription(context, descriptor, 'duplicate');
  if (copy === undefined) return descriptors.add(description, 'duplicate');
  descriptors.set(copy, description, 'duplicate');
  return copy;
}

/** poll(2) over streams, children, signals and time. */
function poll(
  context: OperationContext,
  waits: readonly Wait[],
  deadlineMicroseconds: number | undefined,
): PollResult | Blocked {
  const { host, process } = context;
  const ready: number[] = [];
  const queues: WaitQueue[] = [];
  for (const [index, wait] of waits.entries()) {
    const { holds, queue } = look(context, wait);
    if (holds) ready.push(index);
    if (queue !== undefined) queues.push(queue);
  }
  const isLate = deadlineMicroseconds !== undefined && host.scheduler.now >= deadlineMicroseconds;
  if (ready.length === 0 && process.pendingSignals.length === 0 && !isLate) {
    tellAllAwaited(context, waits);
    return host.scheduler.park(
      context.task,
      queues,
      deadlineMicroseconds === undefined ? {} : { deadlineMicroseconds },
    );
  }
  const signals = process.pendingSignals;
  process.pendingSignals = [];
  return { ready, signals };
}

function tellAllAwaited(context: OperationContext, waits: readonly Wait[]): void {
  for (const wait of waits) {
    if (wait.type === 'readable') tellAwaited(context, findDescription(context, wait.descriptor, 'poll'));
  }
}

interface Look {
  readonly holds: boolean;
  readonly queue?: WaitQueue;
}

function look(context: OperationContext, wait: Wait): Look {
  const { host, process } = context;
  if (wait.type === 'signal') return { holds: process.pendingSignals.length > 0 };
  if (wait.type === 'child') return { holds: host.processes.hasChangedChild(process), queue: process.childQueue };
  const description: Description = findDescription(context, wait.descriptor, 'poll');
  return wait.type === 'readable'
    ? { holds: description.isReadable, queue: description.readableQueue }
    : { holds: description.isWritable, queue: description.writableQueue };
}

/** Undefined for no deadline; a deadline that is no finite number never comes. */
function toMicroseconds(milliseconds: number | undefined): number | undefined {
  if (milliseconds === undefined || milliseconds === Number.POSITIVE_INFINITY) return undefined;
  return Math.ceil(milliseconds * 1000);
}
