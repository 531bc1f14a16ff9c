/** Byte streams behind descriptors: files, pipes, terminals, sockets. Never strings. */
import type { SignalName } from './signals.ts';

/** What `poll` waits for. */
export type Wait =
  | { readonly type: 'readable'; readonly descriptor: number }
  | { readonly type: 'writable'; readonly descriptor: number }
  /** A child ended or stopped: `process.wait` will answer at once. */
  | { readonly type: 'child' }
  /** A handled signal came. */
  | { readonly type: 'signal' };

/** What `poll` found. All waits that hold are named, in the order in which they were given; none of them at the deadline. */
export interface PollResult {
  /** Indexes into the `waits` that hold now. */
  readonly ready: readonly number[];
  /** Signals taken from the pending ones, oldest first: a handled signal ends every poll, also one that does not wait for it. */
  readonly signals: readonly SignalName[];
}

/**
 * Reads and writes block as in POSIX. When a handled signal comes while one blocks, it rejects with EINTR, and the
 * signal is kept for the next `poll`.
 */
export interface StreamOperations {
  /** 1 to `maximumBytes` bytes; none at the end of the stream. The array is the caller's. */
  read(descriptor: number, maximumBytes: number): Promise<Uint8Array>;
  /** Writes some of `bytes`, at least one unless it is empty, and gives how many. The kernel copies them. EPIPE when no reader is left. */
  write(descriptor: number, bytes: Uint8Array): Promise<number>;
  /** Moves a file's offset; ESPIPE on anything but a file. */
  seek(descriptor: number, offsetBytes: number, from: 'start' | 'current' | 'end'): Promise<number>;
  close(descriptor: number): Promise<void>;
  /** Makes `copy` (closed first if it is open; the lowest free one if left out) stand for the same open file. */
  duplicate(descriptor: number, copy?: number): Promise<number>;
  pipe(): Promise<{ readonly reader: number; readonly writer: number }>;
  /**
   * Waits until one of `waits` holds, a handled signal comes, or `deadlineMilliseconds` of the monotonic clock has passed
   * (never, if left out; at once, if it lies in the past). End of stream and errors count as readable and writable.
   */
  poll(waits: readonly Wait[], deadlineMilliseconds?: number): Promise<PollResult>;
}
