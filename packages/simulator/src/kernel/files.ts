/** Descriptions of what a host's file system opens: files, directories, and the devices that need no terminal. */
import { type FileStatus, SystemError } from '@seashell/system';
import type { OpenDevice, OpenDirectory, OpenFile } from '../filesystem/file-system.ts';
import { Description } from './description.ts';

export class FileDescription extends Description {
  readonly target: string;
  readonly #file: OpenFile;

  constructor(file: OpenFile, path: string) {
    super();
    this.#file = file;
    this.target = path;
  }

  override status(): FileStatus {
    return this.#file.status();
  }

  override read(maximumBytes: number): Uint8Array {
    return this.#file.read(maximumBytes);
  }

  override write(bytes: Uint8Array): number {
    return this.#file.write(bytes);
  }

  override seek(offsetBytes: number, from: 'start' | 'current' | 'end'): number {
    return this.#file.seek(offsetBytes, from);
  }

  override synchronize(): void {}

  protected override close(): void {
    this.#file.close();
  }
}

export class DirectoryDescription extends Description {
  readonly target: string;
  readonly #directory: OpenDirectory;

  constructor(directory: OpenDirectory, path: string) {
    super();
    this.#directory = directory;
    this.target = path;
  }

  override status(): FileStatus {
    return this.#directory.status();
  }

  override read(): Uint8Array {
    throw new SystemError('EISDIR', 'read');
  }

  override synchronize(): void {}

  protected override close(): void {
    this.#directory.close();
  }
}

/** What reading and writing a device do. */
export interface DeviceBehaviour {
  read(maximumBytes: number): Uint8Array;
  write(bytes: Uint8Array): number;
}

export class DeviceDescription extends Description {
  readonly target: string;
  readonly #device: OpenDevice;
  readonly #behaviour: DeviceBehaviour;

  constructor(device: OpenDevice, path: string, behaviour: DeviceBehaviour) {
    super();
    this.#device = device;
    this.target = path;
    this.#behaviour = behaviour;
  }

  override status(): FileStatus {
    return this.#device.status();
  }

  override read(maximumBytes: number): Uint8Array {
    if (this.#device.access === 'write') throw new SystemError('EBADF', 'read');
    return this.#behaviour.read(maximumBytes);
  }

  override write(bytes: Uint8Array): number {
    if (this.#device.access === 'read') throw new SystemError('EBADF', 'write');
    return this.#behaviour.write(bytes);
  }

  protected override close(): void {
    this.#device.close();
  }
}

const takeAll = (bytes: Uint8Array): number => bytes.length;

/** The memory devices of mem(4), null(4), random(4). */
export function memoryDevice(
  name: string,
  randomBytes: (lengthBytes: number) => Uint8Array,
): DeviceBehaviour | undefined {
  switch (name) {
    case 'null':
    case 'console':
      return { read: () => new Uint8Array(0), write: takeAll };
    case 'zero':
      return { read: (maximumBytes) => new Uint8Array(maximumBytes), write: takeAll };
    case 'full':
      return { read: (maximumBytes) => new Uint8Array(maximumBytes), write: refuseFull };
    case 'random':
    case 'urandom':
      return { read: randomBytes, write: takeAll };
    default:
      return undefined;
  }
}

function refuseFull(): number {
  throw new SystemError('ENOSPC', 'write');
}
