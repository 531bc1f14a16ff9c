/** `StreamOperations`: reading, writing and waiting on what stands behind a descriptor. */
import { fstat, read, write } from 'node:fs';
import { promisify } from 'node:util';
import { SystemError, type PollResult, type StreamOperations, type Wait } from '@seashell/system';
import type { OpenEntry, OpenFile } from './descriptor-table.ts';
import { createLocalPipe } from './local-pipe.ts';
import type { Machine } from './machine.ts';
import type { OpenStream } from './open-stream.ts';

const readPromise = promisify(read);
const writePromise = promisify(write);
const fstatPromise = promisify(fstat);

async function readFile(file: OpenFile, maximumBytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(maximumBytes);
  const position = file.offsetBytes ?? null;
  const { bytesRead } = await readPromise(file.platformDescriptor, buffer, 0, maximumBytes, position);
  if (file.offsetBytes !== undefined) file.offsetBytes += bytesRead;
  return buffer.subarray(0, bytesRead);
}

async function writeFile(file: OpenFile, bytes: Uint8Array): Promise<number> {
  const position = file.append ? null : (file.offsetBytes ?? null);
  const { bytesWritten } = await writePromise(file.platformDescriptor, bytes, 0, bytes.length, position);
  if (file.offsetBytes !== undefined) file.offsetBytes += bytesWritten;
  return bytesWritten;
}

/** Sleeps until something may have changed; EINTR when a handled signal came. */
async function sleepOrInterrupt(machine: Machine, operation: string): Promise<void> {
  if (machine.pendingSignals.length > 0) throw new SystemError('EINTR', operation);
  await machine.waker.sleep();
}

async function readStream(machine: Machine, stream: OpenStream, maximumBytes: number): Promise<Uint8Array> {
  try {
    for (;;) {
      const bytes = stream.read(maximumBytes);
      if (bytes !== undefined) return bytes;
      stream.wantInput(true);
      await sleepOrInterrupt(machine, 'read');
    }
  } finally {
    stream.wantInput(false);
  }
}

async function writeStream(machine: Machine, stream: OpenStream, bytes: Uint8Array): Promise<number> {
  if (bytes.length === 0) return 0;
  for (;;) {
    const count = stream.write(bytes);
    if (count > 0) return count;
    await sleepOrInterrupt(machine, 'write');
  }
}

function isReady(machine: Machine, wait: Wait): boolean {
  if (wait.type === 'child') return machine.childWaits();
  if (wait.type === 'signal') return machine.pendingSignals.length > 0;
  const entry = machine.table.find(wait.descriptor, 'poll');
  if (entry.type === 'listener') return wait.type === 'readable' && entry.waiting.length > 0;
  const stream = machine.table.stream(wait.descriptor, 'poll');
  return stream === undefined || (wait.type === 'readable' ? stream.readable : stream.writable);
}

function wantInputs(machine: Machine, waits: readonly Wait[], wanted: boolean): void {
  for (const wait of waits) {
    if (wait.type !== 'readable' || machine.table.find(wait.descriptor, 'poll').type === 'listener') continue;
    machine.table.stream(wait.descriptor, 'poll')?.wantInput(wanted);
  }
}

async function poll(machine: Machine, waits: readonly Wait[], deadline: number | undefined): Promise<PollResult> {
  wantInputs(machine, waits, true);
  try {
    for (;;) {
      const ready = waits.flatMap((wait, index) => (isReady(machine, wait) ? [index] : []));
      const remaining = deadline === undefined ? undefined : deadline - performance.now();
      const expired = remaining !== undefined && remaining <= 0;
      if (ready.length > 0 || expired || machine.pendingSignals.length > 0) {
        return { ready, signals: machine.pendingSignals.splice(0) };
      }
      await machine.waker.sleep(remaining);
    }
  } finally {
    wantInputs(machine, waits, false);
  }
}

async function seek(file: OpenFile, offsetBytes: number, from: 'start' | 'current' | 'end'): Promise<number> {
  const bases = {
    start: () => Promise.resolve(0),
    current: () => Promise.resolve(file.offsetBytes ?? 0),
    end: async () => (await fstatPromise(file.platformDescriptor)).size,
  } as const;
  const offset = (await bases[from]()) + offsetBytes;
  if (offset < 0) throw new SystemError('EINVAL', 'seek');
  file.offsetBytes = offset;
  return offset;
}

async function closeEntry(entry: OpenEntry): Promise<void> {
  if (entry.type === 'file') await entry.handle?.close();
  else if (entry.type === 'listener') entry.server.close();
  else if (entry.type === 'socket') entry.stream.close();
  else entry.close();
}

async function duplicate(machine: Machine, descriptor: number, copy: number | undefined): Promise<number> {
  const result = machine.table.duplicate(descriptor, copy);
  if (result.replaced !== undefined) await closeEntry(result.replaced);
  return result.copy;
}

function makePipe(machine: Machine): { readonly reader: number; readonly writer: number } {
  const { reader, writer } = createLocalPipe(machine.waker);
  return { reader: machine.table.add(reader), writer: machine.table.add(writer) };
}

export function createStreams(machine: Machine): StreamOperations {
  const { guard, table } = machine;
  return {
    read: (descriptor, maximumBytes) =>
      guard.run('read', async () => {
        const stream = table.stream(descriptor, 'read');
        if (stream !== undefined) return await readStream(machine, stream, maximumBytes);
        return await readFile(table.file(descriptor, 'read'), maximumBytes);
      }),
    write: (descriptor, bytes) =>
      guard.run('write', async () => {
        const stream = table.stream(descriptor, 'write');
        if (stream !== undefined) return await writeStream(machine, stream, bytes);
        return await writeFile(table.file(descriptor, 'write'), bytes);
      }),
    seek: (descriptor, offsetBytes, from) =>
      guard.run('seek', async () => {
        const entry = table.find(descriptor, 'seek');
        if (entry.type !== 'file') throw new SystemError('ESPIPE', 'seek');
        return await seek(entry, offsetBytes, from);
      }),
    close: (descriptor) =>
      guard.run('close', async () => {
        const entry = table.remove(descriptor);
        if (entry !== undefined) await closeEntry(entry);
      }),
    duplicate: (descriptor, copy) => guard.run('duplicate', () => duplicate(machine, descriptor, copy)),
    pipe: () => guard.run('pipe', () => Promise.resolve(makePipe(machine))),
    poll: (waits, deadlineMilliseconds) => guard.run('poll', () => poll(machine, waits, deadlineMilliseconds)),
  };
}
