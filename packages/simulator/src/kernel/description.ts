/** Open descriptions: what descriptors stand for. Duplicates of a descriptor share one; the last one to go closes it. */
import { type FileStatus, type FileType, SystemError } from '@seashell/system';
import { type Blocked, WaitQueue } from './task.ts';

export abstract class Description {
  /** Woken when reading, or accepting, may go on. */
  readonly readableQueue = new WaitQueue();
  /** Woken when writing may go on. */
  readonly writableQueue = new WaitQueue();
  /** As the link in /proc/PID/fd. */
  abstract readonly target: string;
  #references = 0;

  addReference(): void {
    this.#references += 1;
  }

  /** Closes it with the last reference. */
  release(): void {
    this.#references -= 1;
    if (this.#references === 0) this.close();
  }

  abstract status(): FileStatus;

  read(_maximumBytes: number): Uint8Array | Blocked {
    throw new SystemError('EBADF', 'read');
  }

  /** Does not keep `bytes`. */
  write(_bytes: Uint8Array): number | Blocked {
    throw new SystemError('EBADF', 'write');
  }

  /** Whether `read` would answer at once, be it with an error. */
  get isReadable(): boolean {
    return true;
  }

  get isWritable(): boolean {
    return true;
  }

  seek(_offsetBytes: number, _from: 'start' | 'current' | 'end'): number {
    throw new SystemError('ESPIPE', 'seek');
  }

  /** fsync(2); EINVAL on what is no file. */
  synchronize(): void {
    throw new SystemError('EINVAL', 'synchronize');
  }

  protected close(): void {}
}

/** The status of what has no inode in a file system. */
export function anonymousStatus(type: FileType, inode: number, mode: number): FileStatus {
  return {
    type,
    inode,
    mode,
    uid: 0,
    gid: 0,
    links: 1,
    sizeBytes: 0,
    modifiedMilliseconds: 0,
    accessedMilliseconds: 0,
    changedMilliseconds: 0,
  };
}
