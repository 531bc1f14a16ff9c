/** rename(2), in the order in which Linux checks: do_renameat2 and vfs_rename. */
import { detachEntry, putEntry, requireMayAdd, requireMayTake, takeEntry, touchDirectory } from './directory.ts';
import { isSameInode, type Inode } from './inode.ts';
import { mayWrite } from './permission.ts';
import { isWithin, type DirectoryPlace, type Location, type PathWalk, type Place } from './path-walk.ts';
import type { Volume } from './volume.ts';

export interface RenameWalks {
  readonly from: PathWalk;
  readonly to: PathWalk;
}

export function renameEntry(volume: Volume, walks: RenameWalks): void {
  const from = walks.from.locate('never');
  const to = walks.to.locate('never');
  const source = requireNames({ from, to }, walks);
  if (to.found !== undefined && isSameInode(source.inode, to.found.inode)) return;
  requirePermissions({ source, from, to }, { volume, walks });
  move(source.inode, { volume, from, to });
}

/** What the names alone forbid. */
function requireNames({ from, to }: { from: Location; to: Location }, walks: RenameWalks): Place {
  const walk = walks.from;
  if (from.directory.inode.fileSystem !== to.directory.inode.fileSystem) walk.fail('EXDEV');
  if (!from.isEntry || !to.isEntry) walk.fail('EBUSY');
  const source = from.found ?? walk.fail('ENOENT');
  const isDirectory = source.inode.type === 'directory';
  if (!isDirectory && (from.endsInSlash || to.endsInSlash)) walk.fail('ENOTDIR');
  if (isDirectory && isWithin(to.directory, source.inode)) walk.fail('EINVAL');
  if (to.found !== undefined && isAbove(to.found.inode, from.directory)) walk.fail('ENOTEMPTY');
  return source;
}

/** Moving something onto a directory that it lies in. In one and the same directory that cannot be. */
function isAbove(inode: Inode, directory: DirectoryPlace): boolean {
  return inode.type === 'directory' && isWithin(directory, inode);
}

interface Move {
  readonly source: Place;
  readonly from: Location;
  readonly to: Location;
}

function requirePermissions(
  { source, from, to }: Move,
  { volume, walks }: { volume: Volume; walks: RenameWalks },
): void {
  const type = source.inode.type === 'directory' ? 'directory' : 'file';
  requireMayTake(from, type, { volume, walk: walks.from });
  if (to.found === undefined) requireMayAdd(to.directory.inode, walks.to);
  else requireMayTake(to, type, { volume, walk: walks.to });
  const changesParent = from.directory.inode !== to.directory.inode;
  if (type === 'directory' && changesParent) walks.from.require(source.inode, mayWrite);
  const target = to.found?.inode;
  if (target?.type === 'directory' && target.entries.size > 0) walks.to.fail('ENOTEMPTY');
}

function move(inode: Inode, { volume, from, to }: { volume: Volume; from: Location; to: Location }): void {
  takeEntry(to.directory.inode, to.name, volume);
  // The inode keeps its room between the two steps: nothing looks for unused inodes here.
  detachEntry(from.directory.inode, from.name);
  putEntry(to.directory.inode, to.name, inode);
  inode.changed = volume.disk.now();
  touchDirectory(from.directory.inode, volume);
  touchDirectory(to.directory.inode, volume);
}
