/** The file system of one host: names, inodes, permissions and limits as Linux has them. Pure and synchronous; throws `SystemError`. */
import type { FileStatus, OpenOptions } from '@seashell/system';
import { kernelCaller, type Caller } from './caller.ts';
import {
  createEntry,
  requireMayAdd,
  requireMayTake,
  requireNoEntry,
  putEntry,
  takeEntry,
  touchDirectory,
} from './directory.ts';
import { blockBytes, type FileSystemOptions } from './disk.ts';
import { decodeExecutable, headerBytes, type Executable } from './executable.ts';
import { inodeStatus, type Inode, type InodeKind } from './inode.ts';
import type { OpenFile, OpenNode } from './open-node.ts';
import { openNode } from './opening.ts';
import { PathWalk, pathOf } from './path-walk.ts';
import { isInGroup, isRoot, mayExecute, mayLinkTo, mayRead, setGroupId, setUserId } from './permission.ts';
import { renameEntry } from './renaming.ts';
import type { SynthesizedDirectory } from './synthesized.ts';
import { Volume } from './volume.ts';

export type { Executable } from './executable.ts';
export type { OpenDevice, OpenDirectory, OpenFifo, OpenFile, OpenNode } from './open-node.ts';

/** What mknod(2) makes. */
export type NodeRequest =
  | { readonly type: 'characterDevice'; readonly device: string; readonly mode: number }
  | { readonly type: 'fifo' | 'socket'; readonly mode: number };

/** -1 leaves an ID as it is; chown(2). */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface NewContent {
  readonly content: Uint8Array;
  /** Of a file that is not there yet, before the mask; 0o666 if left out. */
  readonly mode?: number;
}

/** The ID that leaves an owner or group as it is; chown(2). */
const unchanged = -1;
const maximumTargetLength = 4095;
const wholeFile = Number.MAX_SAFE_INTEGER;

export class FileSystem {
  readonly #volume: Volume;

  constructor(options: FileSystemOptions) {
    this.#volume = new Volume(options);
  }

  get usedBytes(): number {
    return this.#volume.disk.usedBlocks * blockBytes;
  }

  get capacityBytes(): number {
    return this.#volume.disk.capacityBlocks * blockBytes;
  }

  open(caller: Caller, path: string, options: OpenOptions): OpenNode {
    return openNode(this.#volume, this.#walk(caller, 'open', path), options);
  }

  status(caller: Caller, path: string, options?: { readonly follow: boolean }): FileStatus {
    const walk: PathWalk = this.#walk(caller, 'stat', path);
    return inodeStatus(walk.resolve(options?.follow === false ? 'beforeSlash' : 'always').inode);
  }

  readDirectory(caller: Caller, path: string): readonly string[] {
    const walk: PathWalk = this.#walk(caller, 'scandir', path);
    const { inode } = walk.resolveDirectory();
    walk.require(inode, mayRead);
    const names = inode.synthesized?.names(caller) ?? inode.entries.keys();
    return [...names].toSorted(byCodeUnit);
  }

  makeDirectory(caller: Caller, path: string, mode: number): void {
    const permissions = mode & 0o1777 & ~caller.fileCreationMask;
    this.#create(this.#walk(caller, 'mkdir', path), { type: 'directory' }, permissions);
  }

  symlink(caller: Caller, target: string, path: string): void {
    const walk: PathWalk = this.#walk(caller, 'symlink', path);
    if (target === '') walk.fail('ENOENT');
    if (target.length > maximumTargetLength) walk.fail('ENAMETOOLONG');
    this.#create(walk, { type: 'symlink', target }, 0o777);
  }

  /** mknod(2): only root makes devices. */
  makeNode(caller: Caller, path: string, node: NodeRequest): void {
    const walk: PathWalk = this.#walk(caller, 'mknod', path);
    if (node.type === 'characterDevice' && !isRoot(caller.credentials)) walk.fail('EPERM');
    this.#create(walk, node, node.mode & 0o7777 & ~caller.fileCreationMask);
  }

  remove(caller: Caller, path: string, type: 'file' | 'directory'): void {
    const walk: PathWalk = this.#walk(caller, type === 'file' ? 'unlink' : 'rmdir', path);
    const location = walk.locate('never');
    if (!location.isEntry) walk.fail(refusalToRemove(location.name, type));
    if (location.found === undefined) walk.fail('ENOENT');
    const { inode } = location.found;
    if (type === 'file' && location.endsInSlash) walk.fail(inode.type === 'directory' ? 'EISDIR' : 'ENOTDIR');
    requireMayTake(location, type, { volume: this.#volume, walk });
    if (inode.type === 'directory' && inode.entries.size > 0) walk.fail('ENOTEMPTY');
    takeEntry(location.directory.inode, location.name, this.#volume);
    touchDirectory(location.directory.inode, this.#volume);
  }

  rename(caller: Caller, from: string, to: string): void {
    renameEntry(this.#volume, { from: this.#walk(caller, 'rename', from), to: this.#walk(caller, 'rename', to) });
  }

  link(caller: Caller, existing: string, path: string): void {
    const source: PathWalk = this.#walk(caller, 'link', existing);
    const { inode } = source.resolve('beforeSlash');
    const walk: PathWalk = this.#walk(caller, 'link', path);
    const location = walk.locate('never');
    requireNoEntry(location, walk, false);
    const directory = location.directory.inode;
    if (directory.fileSystem !== inode.fileSystem) source.fail('EXDEV');
    if (!mayLinkTo(inode, caller.credentials)) source.fail('EPERM');
    requireMayAdd(directory, walk);
    if (inode.type === 'directory') source.fail('EPERM');
    putEntry(directory, location.name, inode);
    inode.changed = this.#volume.disk.now();
    touchDirectory(directory, this.#volume);
  }

  readLink(caller: Caller, path: string): string {
    const walk: PathWalk = this.#walk(caller, 'readlink', path);
    const { inode } = walk.resolve('beforeSlash');
    return inode.type === 'symlink' ? inode.target : walk.fail('EINVAL');
  }

  realPath(caller: Caller, path: string): string {
    return pathOf(this.#walk(caller, 'realpath', path).resolve('always'));
  }

  /** The new working directory, absolute and without symbolic links; chdir(2). */
  changeDirectory(caller: Caller, path: string): string {
    const walk: PathWalk = this.#walk(caller, 'chdir', path);
    const place = walk.resolveDirectory();
    walk.require(place.inode, mayExecute);
    return pathOf(place);
  }

  changeMode(caller: Caller, path: string, mode: number): void {
    const walk: PathWalk = this.#walk(caller, 'chmod', path);
    const inode = this.#ownedInode(walk);
    const isOutsider = !isRoot(caller.credentials) && !isInGroup(caller.credentials, inode.gid);
    inode.mode = mode & 0o7777 & (isOutsider ? ~setGroupId : ~0);
    inode.changed = this.#volume.disk.now();
  }

  changeOwner(caller: Caller, path: string, to: Owner): void {
    const { uid, gid } = to;
    const walk: PathWalk = this.#walk(caller, 'chown', path);
    const { inode } = walk.resolve('always');
    if (!mayChangeOwner(inode, caller, to) || inode.fileSystem !== 0) walk.fail('EPERM');
    if (uid !== unchanged) inode.uid = uid;
    if (gid !== unchanged) inode.gid = gid;
    if (inode.type !== 'directory') inode.mode &= ~(setUserId | ((inode.mode & 0o010) === 0 ? 0 : setGroupId));
    inode.changed = this.#volume.disk.now();
  }

  changeTimes(
    caller: Caller,
    path: string,
    times: { readonly accessedMilliseconds: number; readonly modifiedMilliseconds: number },
  ): void {
    const inode = this.#ownedInode(this.#walk(caller, 'utime', path));
    inode.accessed = times.accessedMilliseconds;
    inode.modified = times.modifiedMilliseconds;
    inode.changed = this.#volume.disk.now();
  }

  /** EACCES when it is not a regular file with execute permission, ENOEXEC when it is neither a program nor a script. */
  executable(caller: Caller, path: string): Executable {
    const walk: PathWalk = this.#walk(caller, 'execve', path);
    const { inode } = walk.resolve('always');
    if (inode.type !== 'file') walk.fail('EACCES');
    walk.require(inode, mayExecute);
    const header = decodeExecutable(inode.content.read(0, headerBytes)) ?? walk.fail('ENOEXEC');
    if (header.type === 'script') return header;
    const { uid, gid } = caller.credentials;
    return {
      ...header,
      effectiveUid: (inode.mode & setUserId) === 0 ? uid : inode.uid,
      effectiveGid: (inode.mode & setGroupId) === 0 ? gid : inode.gid,
    };
  }

  readFile(caller: Caller, path: string): Uint8Array {
    return this.#withFile(caller, { path, options: { access: 'read' } }, (file) => file.read(wholeFile));
  }

  /** Replaces the content; makes the file if it is not there. */
  writeFile(caller: Caller, path: string, { content, mode = 0o666 }: NewContent): void {
    const options = { access: 'write', create: true, truncate: true, mode } as const;
    this.#withFile(caller, { path, options }, (file) => writeAll(file, content));
  }

  appendFile(caller: Caller, path: string, { content, mode = 0o666 }: NewContent): void {
    const options = { access: 'write', create: true, append: true, mode } as const;
    this.#withFile(caller, { path, options }, (file) => writeAll(file, content));
  }

  /** Shows `tree` in place of the directory at `path`, from now on. */
  mount(path: string, tree: SynthesizedDirectory): void {
    const walk: PathWalk = this.#walk(kernelCaller, 'mount', path);
    const { inode } = walk.resolveDirectory();
    if (inode.fileSystem !== 0) walk.fail('ENOTSUP');
    this.#volume.mount(inode, tree);
  }

  #walk(caller: Caller, operation: string, path: string): PathWalk {
    return new PathWalk(this.#volume, caller, { operation, path });
  }

  #create(walk: PathWalk, kind: InodeKind, mode: number): void {
    const location = walk.locate('never');
    requireNoEntry(location, walk, kind.type === 'directory');
    requireMayAdd(location.directory.inode, walk);
    createEntry(location, { kind, mode }, { volume: this.#volume, walk });
  }

  #ownedInode(walk: PathWalk): Inode {
    const { inode } = walk.resolve('always');
    const { credentials } = walk.caller;
    const isOwner = isRoot(credentials) || credentials.uid === inode.uid;
    if (!isOwner || inode.fileSystem !== 0) walk.fail('EPERM');
    return inode;
  }

  #withFile<T>(
    caller: Caller,
    { path, options }: { path: string; options: OpenOptions },
    use: (file: OpenFile) => T,
  ): T {
    const opened = this.open(caller, path, options);
    try {
      if (opened.type !== 'file') return this.#walk(caller, 'read', path).fail('EISDIR');
      return use(opened);
    } finally {
      opened.close();
    }
  }
}

function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function writeAll(file: OpenFile, content: Uint8Array): void {
  for (let written = 0; written < content.length;) written += file.write(content.subarray(written));
}

function refusalToRemove(name: string, type: 'file' | 'directory'): 'EISDIR' | 'EINVAL' | 'ENOTEMPTY' | 'EBUSY' {
  if (type === 'file') return 'EISDIR';
  if (name === '.') return 'EINVAL';
  return name === '..' ? 'ENOTEMPTY' : 'EBUSY';
}

/** Only root gives files away; the owner may give one to a group that the owner is in. */
function mayChangeOwner(inode: Inode, caller: Caller, to: Owner): boolean {
  const { credentials } = caller;
  if (isRoot(credentials) || (to.uid === unchanged && to.gid === unchanged)) return true;
  if (credentials.uid !== inode.uid) return false;
  const keepsOwner = to.uid === unchanged || to.uid === inode.uid;
  const mayHaveGroup = to.gid === unchanged || to.gid === inode.gid || isInGroup(credentials, to.gid);
  return keepsOwner && mayHaveGroup;
}
