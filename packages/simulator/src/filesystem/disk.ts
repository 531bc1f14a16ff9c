/** The room of one file system, in blocks as df(1) counts them, its clock, and its inode numbers. */

export const blockBytes = 4096;

export interface FileSystemOptions {
  /** Milliseconds since the epoch; called for each time stamp. */
  readonly now: () => number;
  /** 64 MiB if left out. */
  readonly capacityBytes?: number;
}

export function blocksOf(sizeBytes: number): number {
  return Math.ceil(sizeBytes / blockBytes);
}

export class Disk {
  readonly now: () => number;
  readonly capacityBlocks: number;
  #usedBlocks = 0;
  #lastInode = 1;

  constructor(options: FileSystemOptions) {
    this.now = options.now;
    this.capacityBlocks = blocksOf(options.capacityBytes ?? 64 * 1024 * 1024);
  }

  get usedBlocks(): number {
    return this.#usedBlocks;
  }

  get freeBlocks(): number {
    return this.capacityBlocks - this.#usedBlocks;
  }

  /** Takes blocks, or gives them back when `blocks` is negative; the caller has looked at `freeBlocks`. */
  take(blocks: number): void {
    this.#usedBlocks += blocks;
  }

  /** The root directory has number 2, as on ext4. */
  nextInode(): number {
    this.#lastInode += 1;
    return this.#lastInode;
  }
}
