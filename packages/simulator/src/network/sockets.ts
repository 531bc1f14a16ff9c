/** Sockets as descriptors have them: a connected one over an end of a connection, and a listening one with its backlog. */
import { type FileStatus, type SocketAddress, SystemError } from '@seashell/system';
import { anonymousStatus, Description } from '../kernel/description.ts';
import { listenBacklog } from '../kernel/limits.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { blocked, type Blocked } from '../kernel/task.ts';
import type { TcpEnd } from './connection.ts';

export class SocketDescription extends Description {
  readonly end: TcpEnd;
  readonly inode: number;

  constructor(end: TcpEnd, inode: number, scheduler: Scheduler) {
    super();
    this.end = end;
    this.inode = inode;
    end.onReadable = () => scheduler.wake(this.readableQueue);
    end.onWritable = () => scheduler.wake(this.writableQueue);
  }

  get target(): string {
    return `socket:[${this.inode}]`;
  }

  override status(): FileStatus {
    return anonymousStatus('socket', this.inode, 0o777);
  }

  override read(maximumBytes: number): Uint8Array | Blocked {
    return this.end.read(maximumBytes) ?? blocked;
  }

  override write(bytes: Uint8Array): number | Blocked {
    const count = this.end.write(bytes);
    return count === 0 && bytes.length > 0 ? blocked : count;
  }

  override get isReadable(): boolean {
    return this.end.canRead;
  }

  override get isWritable(): boolean {
    return this.end.canWrite;
  }

  protected override close(): void {
    this.end.close();
  }
}

export class ListenerDescription extends Description {
  readonly local: SocketAddress;
  readonly inode: number;
  readonly #scheduler: Scheduler;
  readonly #closed: () => void;
  #waiting: TcpEnd[] = [];
  /** Connections whose handshake is not finished. */
  #halfOpen = 0;

  constructor(options: {
    readonly local: SocketAddress;
    readonly inode: number;
    readonly scheduler: Scheduler;
    readonly closed: (listener: ListenerDescription) => void;
  }) {
    super();
    this.local = options.local;
    this.inode = options.inode;
    this.#scheduler = options.scheduler;
    this.#closed = () => options.closed(this);
  }

  get target(): string {
    return `socket:[${this.inode}]`;
  }

  get hasRoom(): boolean {
    return this.#waiting.length + this.#halfOpen < listenBacklog;
  }

  override status(): FileStatus {
    return anonymousStatus('socket', this.inode, 0o777);
  }

  override get isReadable(): boolean {
    return this.#waiting.length > 0;
  }

  override get isWritable(): boolean {
    return false;
  }

  override read(): Uint8Array {
    throw new SystemError('ENOTCONN', 'read');
  }

  override write(): number {
    throw new SystemError('ENOTCONN', 'write');
  }

  begin(): void {
    this.#halfOpen += 1;
  }

  /** The handshake of `end` is finished: it waits to be accepted, or is reset if nobody listens any more. */
  finish(end: TcpEnd, isOpen: boolean): void {
    this.#halfOpen -= 1;
    if (!isOpen) return end.reset();
    this.#waiting.push(end);
    this.#scheduler.wake(this.readableQueue);
  }

  accept(): TcpEnd | undefined {
    return this.#waiting.shift();
  }

  protected override close(): void {
    for (const end of this.#waiting) end.reset();
    this.#waiting = [];
    this.#closed();
  }
}
