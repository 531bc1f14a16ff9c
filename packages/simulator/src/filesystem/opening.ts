/** open(2): finds or makes the file, with the permissions that its access needs. */
import type { OpenOptions } from '@seashell/system';
import { createEntry, requireMayAdd } from './directory.ts';
import type { FileInode, Inode } from './inode.ts';
import { dropGifts, holdOpen, truncateContent, type OpenNode } from './open-node.ts';
import { isRoot, mayRead, mayWrite } from './permission.ts';
import type { Location, PathWalk } from './path-walk.ts';
import type { Volume } from './volume.ts';

const wantedByAccess = { read: mayRead, write: mayWrite, readWrite: mayRead | mayWrite } as const;

export function openNode(volume: Volume, walk: PathWalk, options: OpenOptions): OpenNode {
  const { inode, isNew } = options.create === true ? findOrCreate(volume, walk, options) : find(walk, options);
  if (!isNew) requireAccess(inode, walk, options);
  if (options.truncate === true && inode.type === 'file') truncate(inode, volume, walk);
  const content = inode.type === 'file' ? inode.synthesized?.read(walk.caller) : undefined;
  const opened = holdOpen(inode, volume, {
    access: options.access,
    append: options.append ?? false,
    isRoot: isRoot(walk.caller.credentials),
    content: content ?? new Uint8Array(0),
  });
  return opened ?? walk.fail('ENOTSUP');
}

interface FoundInode {
  readonly inode: Inode;
  readonly isNew: boolean;
}

function find(walk: PathWalk, options: OpenOptions): FoundInode {
  return { inode: walk.resolve(options.noFollow === true ? 'beforeSlash' : 'always').inode, isNew: false };
}

function findOrCreate(volume: Volume, walk: PathWalk, options: OpenOptions): FoundInode {
  const isFollowed = options.exclusive !== true && options.noFollow !== true;
  const location = walk.locate(isFollowed ? 'creating' : 'never');
  if (location.endsInSlash && location.isEntry) walk.fail('EISDIR');
  if (location.found === undefined) return { inode: create({ volume, walk, location }, options), isNew: true };
  if (options.exclusive === true) walk.fail('EEXIST');
  if (location.found.inode.type === 'directory') walk.fail('EISDIR');
  return { inode: location.found.inode, isNew: false };
}

function create(
  { volume, walk, location }: { volume: Volume; walk: PathWalk; location: Location },
  options: OpenOptions,
): Inode {
  if (location.directory.inode.synthesized !== undefined) walk.fail('EACCES');
  requireMayAdd(location.directory.inode, walk);
  const mode = (options.mode ?? 0o666) & 0o7777 & ~walk.caller.fileCreationMask;
  return createEntry(location, { kind: { type: 'file' }, mode }, { volume, walk });
}

function requireAccess(inode: Inode, walk: PathWalk, options: OpenOptions): void {
  const wanted = wantedByAccess[options.access] | (options.truncate === true ? mayWrite : 0);
  if (inode.type === 'symlink') walk.fail('ELOOP');
  if (inode.type === 'directory' && (wanted & mayWrite) !== 0) walk.fail('EISDIR');
  walk.require(inode, wanted);
  const isReadOnly = inode.type === 'file' && inode.synthesized !== undefined && inode.synthesized.write === undefined;
  if (isReadOnly && (wanted & mayWrite) !== 0) walk.fail('EACCES');
}

function truncate(file: FileInode, volume: Volume, walk: PathWalk): void {
  if (file.synthesized !== undefined) return;
  truncateContent(file, volume);
  if (!isRoot(walk.caller.credentials)) dropGifts(file);
}
