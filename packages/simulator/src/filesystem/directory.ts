/** Entries of directories: made and taken away with the permissions, times and counts that go with it. */
import { SystemError } from '@seashell/system';
import type { DirectoryInode, Inode } from './inode.ts';
import { isHeldBySticky, isInGroup, isRoot, mayExecute, mayWrite, setGroupId } from './permission.ts';
import type { DirectoryPlace, Location, PathWalk } from './path-walk.ts';
import type { NewInode, Volume } from './volume.ts';

/** EACCES without write and search permission; EPERM in a tree that is computed. */
export function requireMayAdd(directory: DirectoryInode, walk: PathWalk): void {
  walk.require(directory, mayWrite | mayExecute);
  if (directory.synthesized !== undefined) walk.fail('EPERM');
}

/** EACCES, EPERM (sticky), ENOTDIR, EISDIR and EBUSY, in this order, as the kernel checks them. */
export function requireMayTake(location: Location, type: 'file' | 'directory', context: EntryContext): void {
  const walk: PathWalk = context.walk;
  const { directory, found } = location;
  if (found === undefined) walk.fail('ENOENT');
  walk.require(directory.inode, mayWrite | mayExecute);
  const entry = directory.inode.entries.get(location.name) ?? found.inode;
  if (isHeldBySticky(directory.inode, entry, walk.caller.credentials)) walk.fail('EPERM');
  if (directory.inode.synthesized !== undefined) walk.fail('EPERM');
  const isDirectory = found.inode.type === 'directory';
  if (type === 'directory' && !isDirectory) walk.fail('ENOTDIR');
  if (type === 'file' && isDirectory) walk.fail('EISDIR');
  if (context.volume.isMountPoint(entry)) walk.fail('EBUSY');
}

export interface EntryContext {
  readonly volume: Volume;
  readonly walk: PathWalk;
}

/** Puts `inode` under `name`, in place of what was there. */
export function putEntry(directory: DirectoryInode, name: string, inode: Inode): void {
  directory.entries.set(name, inode);
  inode.links += inode.type === 'directory' ? 2 : 1;
  if (inode.type === 'directory') directory.links += 1;
}

/** Takes a name away, and the inode with it if that was the last hold on it. */
export function takeEntry(directory: DirectoryInode, name: string, volume: Volume): void {
  const inode = directory.entries.get(name);
  if (inode === undefined) return;
  detachEntry(directory, name);
  inode.changed = volume.disk.now();
  volume.releaseIfUnused(inode);
}

/** Takes a name away; the inode is to get another one. */
export function detachEntry(directory: DirectoryInode, name: string): void {
  const inode = directory.entries.get(name);
  if (inode === undefined) return;
  directory.entries.delete(name);
  inode.links -= inode.type === 'directory' ? 2 : 1;
  if (inode.type === 'directory') directory.links -= 1;
}

export function touchDirectory(directory: DirectoryInode, volume: Volume): void {
  directory.modified = volume.disk.now();
  directory.changed = directory.modified;
}

/** Makes an inode of the caller's in a directory: its group is the directory's if that has the set-group-ID bit. */
export function createEntry(
  place: { readonly directory: DirectoryPlace; readonly name: string },
  request: Pick<NewInode, 'kind' | 'mode'>,
  context: EntryContext,
): Inode {
  const { volume, walk } = context;
  const { credentials } = walk.caller;
  const directory = place.directory.inode;
  const inherits = (directory.mode & setGroupId) !== 0;
  const gid = inherits ? directory.gid : credentials.gid;
  let { mode } = request;
  if (inherits && request.kind.type === 'directory') mode |= setGroupId;
  else if (inherits && !isRoot(credentials) && !isInGroup(credentials, gid)) mode = withoutGroupGift(mode);
  const inode = volume.create({ kind: request.kind, mode, uid: credentials.uid, gid }, walk);
  putEntry(directory, place.name, inode);
  touchDirectory(directory, volume);
  return inode;
}

/** A program that runs with the group's rights cannot be made by one who is not in the group. */
function withoutGroupGift(mode: number): number {
  const givesGroup = (mode & (setGroupId | 0o010)) === (setGroupId | 0o010);
  return givesGroup ? mode & ~setGroupId : mode;
}

export function requireNoEntry(location: Location, walk: PathWalk, wantsDirectory: boolean): void {
  if (location.found !== undefined || !location.isEntry) {
    throw new SystemError('EEXIST', walk.operation, walk.path);
  }
  if (location.endsInSlash && !wantsDirectory) walk.fail('ENOENT');
}
