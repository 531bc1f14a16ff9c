/** Files and directories, as POSIX has them. Paths are absolute, or relative to the working directory. */

export type FileType = 'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'characterDevice';

/** What stat(2) tells of a file. */
export interface FileStatus {
  readonly type: FileType;
  readonly inode: number;
  /** Permission bits with set-user-ID, set-group-ID and sticky: 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch. */
  readonly modifiedMilliseconds: number;
  readonly accessedMilliseconds: number;
  readonly changedMilliseconds: number;
}

/** How a file is opened: open(2)'s flags and mode. */
export interface OpenOptions {
  readonly access: 'read' | 'write' | 'readWrite';
  readonly create?: boolean;
  /** With `create`: EEXIST if the file is there. */
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  readonly append?: boolean;
  /** ELOOP if the last component is a symbolic link. */
  readonly noFollow?: boolean;
  /** Of a file made by `create`, before the umask; 0o666 if left out. */
  readonly mode?: number;
}

/** Every operation rejects with `SystemError`, whose `path` is the path as it was given. */
export interface FileOperations {
  open(path: string, options: OpenOptions): Promise<number>;
  /** Follows a symbolic link at the end of the path unless `follow` is false; stat(2), lstat(2). */
  status(path: string, options?: { readonly follow: boolean }): Promise<FileStatus>;
  /** The status behind an open descriptor. */
  descriptorStatus(descriptor: number): Promise<FileStatus>;
  /** The names in a directory, without `.` and `..`, sorted by code unit. */
  readDirectory(path: string): Promise<readonly string[]>;
  makeDirectory(path: string, mode: number): Promise<void>;
  /** unlink(2), or rmdir(2) of an empty directory. */
  remove(path: string, type: 'file' | 'directory'): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  link(existing: string, path: string): Promise<void>;
  symlink(target: string, path: string): Promise<void>;
  readLink(path: string): Promise<string>;
  realPath(path: string): Promise<string>;
  changeMode(path: string, mode: number): Promise<void>;
  changeOwner(path: string, uid: number, gid: number): Promise<void>;
  changeTimes(
    path: string,
    times: { readonly accessedMilliseconds: number; readonly modifiedMilliseconds: number },
  ): Promise<void>;
  /** fsync(2): returns once the bytes would outlive a crash. */
  synchronize(descriptor: number): Promise<void>;
}
