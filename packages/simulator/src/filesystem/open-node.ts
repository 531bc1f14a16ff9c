/** What `open` gives. Duplicates of a descriptor share it; the kernel calls `close` when the last one is gone. */
import { SystemError, type FileStatus, type OpenOptions } from '@seashell/system';
import { blockBytes, blocksOf } from './disk.ts';
import { inodeStatus, type FileInode, type Inode } from './inode.ts';
import { setGroupId, setUserId } from './permission.ts';
import type { SynthesizedFile } from './synthesized.ts';
import type { Volume } from './volume.ts';

export type Access = OpenOptions['access'];

export type OpenNode = OpenFile | OpenDirectory | OpenDevice | OpenFifo;

/** A regular file with its offset. Never blocks. */
export interface OpenFile {
  readonly type: 'file';
  status(): FileStatus;
  /** EBADF if it was not opened for reading; an empty array at the end. */
  read(maximumBytes: number): Uint8Array;
  /** EBADF, ENOSPC. Gives how many bytes were written: all, or what the disk had room for. */
  write(bytes: Uint8Array): number;
  /** The new offset from the start; EINVAL before the start. */
  seek(offsetBytes: number, from: 'start' | 'current' | 'end'): number;
  close(): void;
}

/** A directory opened for reading: only its status may be asked; the kernel answers EISDIR to a read. */
export interface OpenDirectory {
  readonly type: 'directory';
  status(): FileStatus;
  close(): void;
}

/** A device node: the kernel supplies what reading and writing do. */
export interface OpenDevice {
  readonly type: 'characterDevice';
  /** `null`, `zero`, `urandom`, `tty`, `pts/0` ... */
  readonly device: string;
  readonly access: Access;
  status(): FileStatus;
  close(): void;
}

/** A named pipe: the kernel keeps one pipe for each `inode`. */
export interface OpenFifo {
  readonly type: 'fifo';
  readonly inode: number;
  readonly access: Access;
  status(): FileStatus;
  close(): void;
}

export interface OpenedWith {
  readonly access: Access;
  readonly append: boolean;
  readonly isRoot: boolean;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Holds an inode open until it is closed, once. */
class Hold {
  readonly #inode: Inode;
  readonly #volume: Volume;
  #isOpen = true;

  constructor(inode: Inode, volume: Volume) {
    this.#inode = inode;
    this.#volume = volume;
    inode.openCount += 1;
  }

  status(): FileStatus {
    return inodeStatus(this.#inode);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#inode.openCount -= 1;
    this.#volume.releaseIfUnused(this.#inode);
  }
}

class StoredFile extends Hold implements OpenFile {
  readonly type = 'file';
  readonly #file: FileInode;
  readonly #volume: Volume;
  readonly #with: OpenedWith;
  #offset = 0;

  constructor(file: FileInode, volume: Volume, openedWith: OpenedWith) {
    super(file, volume);
    this.#file = file;
    this.#volume = volume;
    this.#with = openedWith;
  }

  read(maximumBytes: number): Uint8Array {
    if (this.#with.access === 'write') throw new SystemError('EBADF', 'read');
    const bytes = this.#file.content.read(this.#offset, maximumBytes);
    this.#offset += bytes.length;
    touchAccessed(this.#file, this.#volume.disk.now());
    return bytes;
  }

  write(bytes: Uint8Array): number {
    if (this.#with.access === 'read') throw new SystemError('EBADF', 'write');
    if (bytes.length === 0) return 0;
    if (this.#with.append) this.#offset = this.#file.content.sizeBytes;
    const written = writeContent({ file: this.#file, offset: this.#offset, bytes }, this.#volume);
    this.#offset += written;
    if (!this.#with.isRoot) dropGifts(this.#file);
    return written;
  }

  seek(offsetBytes: number, from: 'start' | 'current' | 'end'): number {
    this.#offset = seekTo({ offsetBytes, from, current: this.#offset, size: this.#file.content.sizeBytes });
    return this.#offset;
  }
}

class ComputedFile extends Hold implements OpenFile {
  readonly type = 'file';
  readonly #content: Uint8Array;
  readonly #source: SynthesizedFile;
  readonly #access: Access;
  #offset = 0;

  constructor(
    file: FileInode & { readonly synthesized: SynthesizedFile },
    opened: { content: Uint8Array; volume: Volume; access: Access },
  ) {
    super(file, opened.volume);
    this.#content = opened.content;
    this.#source = file.synthesized;
    this.#access = opened.access;
  }

  read(maximumBytes: number): Uint8Array {
    if (this.#access === 'write') throw new SystemError('EBADF', 'read');
    const bytes = this.#content.slice(this.#offset, this.#offset + maximumBytes);
    this.#offset += bytes.length;
    return bytes;
  }

  write(bytes: Uint8Array): number {
    if (this.#access === 'read' || this.#source.write === undefined) throw new SystemError('EBADF', 'write');
    this.#source.write(bytes);
    this.#offset += bytes.length;
    return bytes.length;
  }

  seek(offsetBytes: number, from: 'start' | 'current' | 'end'): number {
    this.#offset = seekTo({ offsetBytes, from, current: this.#offset, size: this.#content.length });
    return this.#offset;
  }
}

class HeldDirectory extends Hold implements OpenDirectory {
  readonly type = 'directory';
}

class HeldDevice extends Hold implements OpenDevice {
  readonly type = 'characterDevice';
  readonly device: string;
  readonly access: Access;

  constructor(inode: Inode & { readonly type: 'characterDevice' }, volume: Volume, access: Access) {
    super(inode, volume);
    this.device = inode.device;
    this.access = access;
  }
}

class HeldFifo extends Hold implements OpenFifo {
  readonly type = 'fifo';
  readonly inode: number;
  readonly access: Access;

  constructor(inode: Inode, volume: Volume, access: Access) {
    super(inode, volume);
    this.inode = inode.number;
    this.access = access;
  }
}

/** `content` is what a computed file holds at this moment. `undefined` for what cannot be opened: a socket, a symbolic link. */
export function holdOpen(
  inode: Inode,
  volume: Volume,
  openedWith: OpenedWith & { readonly content: Uint8Array },
): OpenNode | undefined {
  const { access } = openedWith;
  switch (inode.type) {
    case 'file': {
      const { synthesized } = inode;
      if (synthesized === undefined) return new StoredFile(inode, volume, openedWith);
      return new ComputedFile({ ...inode, synthesized }, { content: openedWith.content, volume, access });
    }
    case 'directory':
      return new HeldDirectory(inode, volume);
    case 'characterDevice':
      return new HeldDevice(inode, volume, access);
    case 'fifo':
      return new HeldFifo(inode, volume, access);
    default:
      return undefined;
  }
}

/** Writes what the disk has room for; ENOSPC when that is nothing. Differs from Linux: a gap takes room as if it were written. */
export function writeContent(
  { file, offset, bytes }: { readonly file: FileInode; readonly offset: number; readonly bytes: Uint8Array },
  volume: Volume,
): number {
  const ownBlocks = blocksOf(file.content.sizeBytes);
  const largestSize = (ownBlocks + volume.disk.freeBlocks) * blockBytes;
  const room = Math.min(bytes.length, largestSize - offset);
  if (room <= 0) throw new SystemError('ENOSPC', 'write');
  file.content.write(offset, bytes.subarray(0, room));
  volume.disk.take(blocksOf(file.content.sizeBytes) - ownBlocks);
  file.modified = volume.disk.now();
  file.changed = file.modified;
  return room;
}

export function truncateContent(file: FileInode, volume: Volume): void {
  volume.disk.take(-blocksOf(file.content.sizeBytes));
  file.content.clear();
  file.modified = volume.disk.now();
  file.changed = file.modified;
}

/** Writing to a program takes its set-user-ID and set-group-ID bits away; write(2). */
export function dropGifts(file: FileInode): void {
  file.mode &= ~setUserId;
  if ((file.mode & 0o010) !== 0) file.mode &= ~setGroupId;
}

/** `relatime` of mount(8): only when the file was changed since, or a day ago. */
function touchAccessed(file: FileInode, now: number): void {
  const isStale = file.accessed <= file.modified || file.accessed <= file.changed;
  if (isStale || now - file.accessed >= dayMilliseconds) file.accessed = now;
}

interface Seek {
  readonly offsetBytes: number;
  readonly from: 'start' | 'current' | 'end';
  readonly current: number;
  readonly size: number;
}

function seekTo({ offsetBytes, from, current, size }: Seek): number {
  const base = { start: 0, current, end: size }[from];
  if (base + offsetBytes < 0) throw new SystemError('EINVAL', 'lseek');
  return base + offsetBytes;
}
