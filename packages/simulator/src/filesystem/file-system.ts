/** The file system of one host: inodes, names, permissions and limits as Linux has them. Pure and synchronous; throws `SystemError`. */
import type { FileStatus, OpenOptions } from '@seashell/system';
import type { Caller } from './caller.ts';
import type { SynthesizedDirectory } from './synthesized.ts';

/** What `open` gives; duplicates of a descriptor share it, and the kernel calls `close` when the last one is gone. */
export type OpenNode = OpenFile | OpenDirectory | OpenDevice | OpenFifo;

/** A regular file with its offset. Never blocks. */
export interface OpenFile {
  readonly type: 'file';
  status(): FileStatus;
  /** EBADF if it was not opened for reading; an empty array at the end. */
  read(maximumBytes: number): Uint8Array;
  /** EBADF, ENOSPC, EFBIG. Gives how many bytes were written: all, or what the disk had room for. */
  write(bytes: Uint8Array): number;
  seek(offsetBytes: number, from: 'start' | 'current' | 'end'): number;
  close(): void;
}

/** A directory opened for reading: only its status may be asked; read is EISDIR. */
export interface OpenDirectory {
  readonly type: 'directory';
  status(): FileStatus;
  close(): void;
}

/** A device node: the kernel supplies what reading and writing do. */
export interface OpenDevice {
  readonly type: 'characterDevice';
  /** `null`, `zero`, `urandom`, `tty`, `ptmx`, `pts/0` ... */
  readonly device: string;
  readonly access: OpenOptions['access'];
  status(): FileStatus;
  close(): void;
}

/** A named pipe: the kernel keeps one pipe for each `inode`. */
export interface OpenFifo {
  readonly type: 'fifo';
  readonly inode: number;
  readonly access: OpenOptions['access'];
  status(): FileStatus;
  close(): void;
}

/** What execve(2) finds behind a path that the caller may execute. */
export type Executable =
  | {
      readonly type: 'program';
      /** The name in the registry of programs. */
      readonly program: string;
      /** The credentials that a set-user-ID or set-group-ID bit gives. */
      readonly effectiveUid: number;
      readonly effectiveGid: number;
    }
  /** `#!interpreter argument`. */
  | { readonly type: 'script'; readonly interpreter: string; readonly argument: string | undefined };

export interface FileSystemOptions {
  /** Milliseconds since the epoch; called for each time stamp. */
  readonly now: () => number;
  /** 64 MiB if left out. */
  readonly capacityBytes?: number;
}

export declare class FileSystem {
  constructor(options: FileSystemOptions);
  open(caller: Caller, path: string, options: OpenOptions): OpenNode;
  status(caller: Caller, path: string, options?: { readonly follow: boolean }): FileStatus;
  readDirectory(caller: Caller, path: string): readonly string[];
  makeDirectory(caller: Caller, path: string, mode: number): void;
  remove(caller: Caller, path: string, type: 'file' | 'directory'): void;
  rename(caller: Caller, from: string, to: string): void;
  link(caller: Caller, existing: string, path: string): void;
  symlink(caller: Caller, target: string, path: string): void;
  readLink(caller: Caller, path: string): string;
  realPath(caller: Caller, path: string): string;
  changeMode(caller: Caller, path: string, mode: number): void;
  changeOwner(caller: Caller, path: string, uid: number, gid: number): void;
  changeTimes(
    caller: Caller,
    path: string,
    times: { readonly accessedMilliseconds: number; readonly modifiedMilliseconds: number },
  ): void;
  /** The new working directory, absolute and without symbolic links; chdir(2). ENOENT, ENOTDIR, EACCES. */
  changeDirectory(caller: Caller, path: string): string;
  /** ENOENT, EACCES (no execute permission, or not a regular file), ENOEXEC (neither a program nor a script). */
  executable(caller: Caller, path: string): Executable;
  /** Whole file as bytes or replaced by them: for the kernel (`kernelCaller`), logs and tools around a world. */
  readFile(caller: Caller, path: string): Uint8Array;
  writeFile(caller: Caller, path: string, content: Uint8Array, mode?: number): void;
  appendFile(caller: Caller, path: string, content: Uint8Array, mode?: number): void;
  /** mknod(2); only root. */
  makeNode(caller: Caller, path: string, node: NodeRequest): void;
  /** Shows `tree` at the directory `path`, which must exist. */
  mount(path: string, tree: SynthesizedDirectory): void;
  readonly usedBytes: number;
  readonly capacityBytes: number;
}

export type NodeRequest =
  | { readonly type: 'characterDevice'; readonly device: string; readonly mode: number }
  | { readonly type: 'fifo'; readonly mode: number }
  | { readonly type: 'socket'; readonly mode: number };
