/**
 * What stands behind a descriptor. A stream answers at once (`undefined`: it would block) and tells its waker when that
 * may have changed; a file answers with a promise and is always ready.
 */
import type { Duplex, Readable, Writable } from 'node:stream';
import { SystemError } from '@seashell/system';
import { ByteQueue } from './byte-queue.ts';
import { errnoOf } from './operation-guard.ts';
import type { Waker } from './waker.ts';

export interface OpenStream {
  readonly type: 'stream';
  /** The platform's descriptor, where there is one. */
  readonly platformDescriptor: number | undefined;
  readonly readable: boolean;
  readonly writable: boolean;
  /** `undefined` when it would block; empty at the end. */
  read(maximumBytes: number): Uint8Array | undefined;
  /** 0 when it would block. */
  write(bytes: Uint8Array): number;
  /** Whether someone waits for input now: a terminal or pipe that others share is not read ahead. */
  wantInput(wanted: boolean): void;
  endOutput(): void;
  close(): void;
}

const bufferedBytesMaximum = 256 * 1024;

export interface NodeStreamOptions {
  readonly input?: Readable | undefined;
  readonly output?: Writable | undefined;
  readonly waker: Waker;
  readonly platformDescriptor?: number | undefined;
  /** Reads ahead, as fits what nobody else can read: a socket. */
  readonly eager: boolean;
  /** Ends the platform's streams; left out for the three standard ones, which Node owns. */
  readonly destroy?: (() => void) | undefined;
}

/** A stream of Node, behind a descriptor. */
export class NodeStream implements OpenStream {
  readonly type = 'stream';
  readonly platformDescriptor: number | undefined;
  readonly #options: NodeStreamOptions;
  readonly #queue = new ByteQueue();
  #ended = false;
  #error: unknown;
  #paused: boolean;

  constructor(options: NodeStreamOptions) {
    this.#options = options;
    this.platformDescriptor = options.platformDescriptor;
    this.#paused = !options.eager;
    this.#listenToInput(options.input);
    options.output?.on('drain', () => options.waker.notify());
    options.output?.on('error', (error) => this.#fail(error));
  }

  #listenToInput(input: Readable | undefined): void {
    if (input === undefined) return;
    if (this.#paused) input.pause();
    input.on('data', (chunk: Uint8Array) => {
      this.#queue.push(chunk);
      if (this.#queue.sizeBytes >= bufferedBytesMaximum) this.#pause();
      this.#options.waker.notify();
    });
    input.on('end', () => this.#end());
    input.on('close', () => this.#end());
    input.on('error', (error) => this.#fail(error));
    if (this.#paused) input.pause();
  }

  #end(): void {
    this.#ended = true;
    this.#options.waker.notify();
  }

  #fail(error: unknown): void {
    this.#error ??= error;
    this.#end();
  }

  #pause(): void {
    this.#paused = true;
    this.#options.input?.pause();
  }

  #resume(): void {
    if (!this.#paused || this.#ended || this.#queue.sizeBytes >= bufferedBytesMaximum) return;
    this.#paused = false;
    this.#options.input?.resume();
  }

  get readable(): boolean {
    return this.#queue.sizeBytes > 0 || this.#ended;
  }

  get writable(): boolean {
    const output = this.#options.output;
    return output === undefined || this.#error !== undefined || !output.writableNeedDrain;
  }

  read(maximumBytes: number): Uint8Array | undefined {
    if (this.#options.input === undefined) throw new SystemError('EBADF', 'read');
    if (this.#queue.sizeBytes > 0) {
      const taken = this.#queue.take(maximumBytes);
      if (this.#options.eager) this.#resume();
      return taken;
    }
    if (!this.#ended) return undefined;
    this.#throwError('read');
    return new Uint8Array(0);
  }

  write(bytes: Uint8Array): number {
    const output = this.#options.output;
    if (output === undefined) throw new SystemError('EBADF', 'write');
    this.#throwError('write');
    if (output.destroyed || output.writableEnded) throw new SystemError('EPIPE', 'write');
    if (output.writableNeedDrain) return 0;
    output.write(bytes.slice());
    return bytes.length;
  }

  /** A connection's error is told once; what follows is the end of the stream, or EPIPE. */
  #throwError(operation: string): void {
    const error = this.#error;
    if (error === undefined) return;
    if (operation === 'read') this.#error = undefined;
    throw new SystemError(errnoOf(error), operation);
  }

  wantInput(wanted: boolean): void {
    if (this.#options.eager || this.#options.input === undefined) return;
    if (wanted) this.#resume();
    else if (!this.#paused) this.#pause();
  }

  endOutput(): void {
    this.#options.output?.end();
  }

  close(): void {
    this.wantInput(false);
    this.#options.destroy?.();
  }
}

/** Both directions of a socket; what is written goes out before it is closed. */
export function streamOfSocket(socket: Duplex, waker: Waker): NodeStream {
  return new NodeStream({ input: socket, output: socket, waker, eager: true, destroy: () => endSocket(socket) });
}

function endSocket(socket: Duplex): void {
  socket.resume();
  socket.end(() => socket.destroy());
}
