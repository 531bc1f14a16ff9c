/** A pipe inside this process: Node cannot make the platform's own. */
import { SystemError } from '@seashell/system';
import { ByteQueue } from './byte-queue.ts';
import type { OpenStream } from './open-stream.ts';
import type { Waker } from './waker.ts';

/** As Linux's pipe(7). */
const capacityBytes = 65_536;

interface PipeState {
  readonly queue: ByteQueue;
  readonly waker: Waker;
  readers: boolean;
  writers: boolean;
}

const base = {
  type: 'stream',
  platformDescriptor: undefined,
  wantInput: () => undefined,
  endOutput: () => undefined,
} as const;

function readingEnd(state: PipeState): OpenStream {
  return {
    ...base,
    get readable() {
      return state.queue.sizeBytes > 0 || !state.writers;
    },
    writable: false,
    read(maximumBytes) {
      if (state.queue.sizeBytes === 0) return state.writers ? undefined : new Uint8Array(0);
      const taken = state.queue.take(maximumBytes);
      state.waker.notify();
      return taken;
    },
    write() {
      throw new SystemError('EBADF', 'write');
    },
    close() {
      state.readers = false;
      state.waker.notify();
    },
  };
}

function writingEnd(state: PipeState): OpenStream {
  return {
    ...base,
    readable: false,
    get writable() {
      return !state.readers || state.queue.sizeBytes < capacityBytes;
    },
    read() {
      throw new SystemError('EBADF', 'read');
    },
    write(bytes) {
      if (!state.readers) throw new SystemError('EPIPE', 'write');
      const count = Math.min(bytes.length, capacityBytes - state.queue.sizeBytes);
      state.queue.push(bytes.slice(0, count));
      state.waker.notify();
      return count;
    },
    close() {
      state.writers = false;
      state.waker.notify();
    },
  };
}

/** The two ends. */
export function createLocalPipe(waker: Waker): { readonly reader: OpenStream; readonly writer: OpenStream } {
  const state: PipeState = { queue: new ByteQueue(), waker, readers: true, writers: true };
  return { reader: readingEnd(state), writer: writingEnd(state) };
}
