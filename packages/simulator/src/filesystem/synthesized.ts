/**
 * Trees that are computed, not stored: /proc and /dev/pts. The kernel gives the root directory of one to `FileSystem.mount`;
 * every look-up asks it again, so it always shows the present.
 */
import type { Caller } from './caller.ts';

interface SynthesizedMetadata {
  readonly inode: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** All three times of its status; the time of asking if left out. */
  readonly timeMilliseconds?: number;
}

export interface SynthesizedDirectory extends SynthesizedMetadata {
  readonly type: 'directory';
  /** The entries as this caller sees them, without `.` and `..`, in any order. */
  names(caller: Caller): readonly string[];
  lookup(name: string, caller: Caller): SynthesizedNode | undefined;
}

export interface SynthesizedFile extends SynthesizedMetadata {
  readonly type: 'file';
  /** The whole content, taken when the file is opened. */
  read(caller: Caller): Uint8Array;
  /** What a write does; without it, writing is EACCES at open. */
  write?(bytes: Uint8Array): void;
}

export interface SynthesizedSymlink extends SynthesizedMetadata {
  readonly type: 'symlink';
  readonly target: string;
}

export interface SynthesizedDevice extends SynthesizedMetadata {
  readonly type: 'characterDevice';
  /** The name by which the kernel knows the device: `pts/0`. */
  readonly device: string;
}

export type SynthesizedNode = SynthesizedDirectory | SynthesizedFile | SynthesizedSymlink | SynthesizedDevice;
