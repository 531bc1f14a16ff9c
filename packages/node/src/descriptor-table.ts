/** The open descriptors of this process: numbers to files, streams and listeners. Duplicates share one entry. */
import type { FileHandle } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { SystemError } from '@seashell/system';
import type { OpenStream } from './open-stream.ts';

export interface OpenFile {
  readonly type: 'file';
  readonly platformDescriptor: number;
  /** `undefined` for a standard descriptor, which Node owns. */
  readonly handle: FileHandle | undefined;
  /** `undefined`: the platform's own offset. */
  offsetBytes: number | undefined;
  readonly append: boolean;
}

export interface OpenListener {
  readonly type: 'listener';
  readonly server: Server;
  readonly waiting: Socket[];
}

export interface OpenSocket {
  readonly type: 'socket';
  readonly socket: Socket;
  readonly stream: OpenStream;
}

export type OpenEntry = OpenFile | OpenStream | OpenListener | OpenSocket;

interface Slot {
  readonly entry: OpenEntry;
  references: number;
}

export class DescriptorTable {
  readonly #slots = new Map<number, Slot>();

  add(entry: OpenEntry, descriptor = this.#lowestFree()): number {
    this.#slots.set(descriptor, { entry, references: 1 });
    return descriptor;
  }

  #lowestFree(): number {
    let descriptor = 0;
    while (this.#slots.has(descriptor)) descriptor += 1;
    return descriptor;
  }

  #slot(descriptor: number, operation: string): Slot {
    const slot = this.#slots.get(descriptor);
    if (slot === undefined) throw new SystemError('EBADF', operation);
    return slot;
  }

  find(descriptor: number, operation: string): OpenEntry {
    return this.#slot(descriptor, operation).entry;
  }

  /** The stream behind a pipe, terminal or connection; `undefined` for a file. EINVAL for a listener. */
  stream(descriptor: number, operation: string): OpenStream | undefined {
    const entry = this.find(descriptor, operation);
    if (entry.type === 'listener') throw new SystemError('EINVAL', operation);
    if (entry.type === 'socket') return entry.stream;
    return entry.type === 'stream' ? entry : undefined;
  }

  file(descriptor: number, operation: string): OpenFile {
    const entry = this.find(descriptor, operation);
    if (entry.type !== 'file') throw new SystemError('EINVAL', operation);
    return entry;
  }

  /** The platform's number, to hand on or to ask about; `undefined` where Node has none. */
  platformDescriptor(descriptor: number, operation: string): number | undefined {
    const entry = this.find(descriptor, operation);
    return entry.type === 'file' || entry.type === 'stream' ? entry.platformDescriptor : undefined;
  }

  /** The entry, when this was its last descriptor and it is to be closed. */
  remove(descriptor: number): OpenEntry | undefined {
    const slot = this.#slot(descriptor, 'close');
    this.#slots.delete(descriptor);
    slot.references -= 1;
    return slot.references === 0 ? slot.entry : undefined;
  }

  /** Keeps the entry open for a child. Gives the way to let go, whose answer is like that of `remove`. */
  hold(descriptor: number): () => OpenEntry | undefined {
    const slot = this.#slot(descriptor, 'spawn');
    slot.references += 1;
    return () => {
      slot.references -= 1;
      return slot.references === 0 ? slot.entry : undefined;
    };
  }

  duplicate(descriptor: number, copy = this.#lowestFree()): { readonly copy: number; readonly replaced?: OpenEntry } {
    const slot = this.#slot(descriptor, 'duplicate');
    if (copy === descriptor) return { copy };
    const replaced = this.#slots.has(copy) ? this.remove(copy) : undefined;
    slot.references += 1;
    this.#slots.set(copy, slot);
    return replaced === undefined ? { copy } : { copy, replaced };
  }
}
