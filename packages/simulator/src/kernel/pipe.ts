/** Pipes, pipe(7): two descriptions over one bounded queue. Named pipes are the same behind an inode. */
import { type FileStatus, SystemError } from '@seashell/system';
import { ByteQueue } from './byte-queue.ts';
import { anonymousStatus, Description } from './description.ts';
import { maximumPipeBytes, pipeAtomicBytes, pipeCapacityBytes } from './limits.ts';
import type { Scheduler } from './scheduler.ts';
import { blocked, type Blocked, WaitQueue } from './task.ts';

/** What all pipes of a host hold. */
export interface BufferBudget {
  usedBytes: number;
}

export class Pipe {
  readonly bytes = new ByteQueue();
  readonly scheduler: Scheduler;
  readonly inode: number;
  readonly #budget: BufferBudget;
  readers = new Set<PipeReader>();
  writers = new Set<PipeWriter>();
  /** Woken when a named pipe is opened at either end. */
  readonly opened = new WaitQueue();
  /** Called when there is room again, for who writes from outside of any process. */
  onRoom: (() => void) | undefined;

  constructor(scheduler: Scheduler, inode: number, budget: BufferBudget) {
    this.scheduler = scheduler;
    this.inode = inode;
    this.#budget = budget;
  }

  /** The capacity is a page while the host's pipes hold too much, as pipe(7) has it beyond pipe-user-pages-soft. */
  get room(): number {
    const capacity = this.#budget.usedBytes < maximumPipeBytes ? pipeCapacityBytes : pipeAtomicBytes;
    return Math.max(0, capacity - this.bytes.length);
  }

  push(bytes: Uint8Array): void {
    this.#budget.usedBytes += bytes.length;
    this.bytes.push(bytes);
    this.wakeReaders();
  }

  take(maximumBytes: number): Uint8Array {
    const taken = this.bytes.take(maximumBytes);
    this.#budget.usedBytes -= taken.length;
    this.wakeWriters();
    return taken;
  }

  /** Nobody will read what is left. */
  clear(): void {
    this.#budget.usedBytes -= this.bytes.length;
    this.bytes.clear();
    this.wakeWriters();
  }

  openReader(): PipeReader {
    const reader = new PipeReader(this);
    this.readers.add(reader);
    this.scheduler.wake(this.opened);
    return reader;
  }

  openWriter(): PipeWriter {
    const writer = new PipeWriter(this);
    this.writers.add(writer);
    this.scheduler.wake(this.opened);
    return writer;
  }

  wakeReaders(): void {
    for (const reader of this.readers) this.scheduler.wake(reader.readableQueue);
  }

  wakeWriters(): void {
    for (const writer of this.writers) this.scheduler.wake(writer.writableQueue);
    this.onRoom?.();
  }
}

abstract class PipeEnd extends Description {
  readonly pipe: Pipe;

  constructor(pipe: Pipe) {
    super();
    this.pipe = pipe;
  }

  get target(): string {
    return `pipe:[${this.pipe.inode}]`;
  }

  override status(): FileStatus {
    return anonymousStatus('fifo', this.pipe.inode, 0o600);
  }
}

export class PipeReader extends PipeEnd {
  override read(maximumBytes: number): Uint8Array | Blocked {
    const { pipe } = this;
    if (pipe.bytes.length === 0) return pipe.writers.size === 0 ? new Uint8Array(0) : blocked;
    return pipe.take(maximumBytes);
  }

  override get isReadable(): boolean {
    return this.pipe.bytes.length > 0 || this.pipe.writers.size === 0;
  }

  override get isWritable(): boolean {
    return false;
  }

  protected override close(): void {
    this.pipe.readers.delete(this);
    if (this.pipe.readers.size === 0) this.pipe.clear();
  }
}

export class PipeWriter extends PipeEnd {
  override write(bytes: Uint8Array): number | Blocked {
    const { pipe } = this;
    if (pipe.readers.size === 0) throw new SystemError('EPIPE', 'write');
    const wanted = Math.min(bytes.length, pipe.room);
    if (wanted < Math.min(bytes.length, pipeAtomicBytes)) return blocked;
    pipe.push(bytes.slice(0, wanted));
    return wanted;
  }

  override get isReadable(): boolean {
    return this.pipe.readers.size === 0;
  }

  override get isWritable(): boolean {
    return this.pipe.readers.size === 0 || this.pipe.room >= pipeAtomicBytes;
  }

  protected override close(): void {
    this.pipe.writers.delete(this);
    if (this.pipe.writers.size === 0) this.pipe.wakeReaders();
  }
}
