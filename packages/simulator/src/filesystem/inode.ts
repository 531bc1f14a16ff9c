/** Inodes: what the names in directories stand for. Metadata changes in place; the type never does. */
import type { FileStatus } from '@seashell/system';
import { utf8Encode } from '@seashell/core/wire';
import { blockBytes } from './disk.ts';
import { FileContent } from './file-content.ts';
import type { SynthesizedDirectory, SynthesizedFile, SynthesizedNode } from './synthesized.ts';

export interface Metadata {
  readonly number: number;
  /** Which file system it lies in: 0 is the disk, each mounted tree has its own number. */
  readonly fileSystem: number;
  mode: number;
  uid: number;
  gid: number;
  links: number;
  modified: number;
  accessed: number;
  changed: number;
  /** How many open files hold it: its room is free again when this and `links` are 0. */
  openCount: number;
}

export interface FileInode extends Metadata {
  readonly type: 'file';
  readonly content: FileContent;
  readonly synthesized?: SynthesizedFile;
}

export interface DirectoryInode extends Metadata {
  readonly type: 'directory';
  readonly entries: Map<string, Inode>;
  readonly synthesized?: SynthesizedDirectory;
}

export interface SymlinkInode extends Metadata {
  readonly type: 'symlink';
  readonly target: string;
}

export interface DeviceInode extends Metadata {
  readonly type: 'characterDevice';
  readonly device: string;
}

export interface RendezvousInode extends Metadata {
  readonly type: 'fifo' | 'socket';
}

export type Inode = FileInode | DirectoryInode | SymlinkInode | DeviceInode | RendezvousInode;

/** What tells one kind of inode from another. */
export type InodeKind =
  | { readonly type: 'file' | 'directory' | 'fifo' | 'socket' }
  | { readonly type: 'symlink'; readonly target: string }
  | { readonly type: 'characterDevice'; readonly device: string };

export function makeInode(kind: InodeKind, metadata: Metadata): Inode {
  switch (kind.type) {
    case 'file':
      return { ...metadata, type: 'file', content: new FileContent() };
    case 'directory':
      return { ...metadata, type: 'directory', entries: new Map() };
    case 'symlink':
      return { ...metadata, type: 'symlink', target: kind.target };
    case 'characterDevice':
      return { ...metadata, type: 'characterDevice', device: kind.device };
    default:
      return { ...metadata, type: kind.type };
  }
}

/** The inode, for the moment of one look-up, of a node that somebody computes. */
export function synthesizedInode(node: SynthesizedNode, fileSystem: number, now: number): Inode {
  const time = node.timeMilliseconds ?? now;
  const metadata: Metadata = {
    number: node.inode,
    fileSystem,
    mode: node.mode,
    uid: node.uid,
    gid: node.gid,
    links: node.type === 'directory' ? 2 : 1,
    modified: time,
    accessed: time,
    changed: time,
    openCount: 0,
  };
  const inode = makeInode(node, metadata);
  if (inode.type === 'directory' && node.type === 'directory') return { ...inode, synthesized: node };
  if (inode.type === 'file' && node.type === 'file') return { ...inode, synthesized: node };
  return inode;
}

export function isSameInode(left: Inode, right: Inode): boolean {
  return left.number === right.number && left.fileSystem === right.fileSystem;
}

function sizeOf(inode: Inode): number {
  switch (inode.type) {
    case 'file':
      return inode.content.sizeBytes;
    case 'directory':
      return inode.synthesized === undefined ? blockBytes : 0;
    case 'symlink':
      return utf8Encode(inode.target).length;
    default:
      return 0;
  }
}

export function inodeStatus(inode: Inode): FileStatus {
  return {
    type: inode.type,
    inode: inode.number,
    mode: inode.mode,
    uid: inode.uid,
    gid: inode.gid,
    links: inode.links,
    sizeBytes: sizeOf(inode),
    modifiedMilliseconds: inode.modified,
    accessedMilliseconds: inode.accessed,
    changedMilliseconds: inode.changed,
  };
}
