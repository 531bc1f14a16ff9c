/** The inodes of one host: its disk, the root directory, and the trees mounted on it. */
import { SystemError } from '@seashell/system';
import type { Caller } from './caller.ts';
import { blocksOf, Disk, type FileSystemOptions } from './disk.ts';
import { makeInode, synthesizedInode, type DirectoryInode, type Inode, type InodeKind } from './inode.ts';
import type { Attempt } from './permission.ts';
import type { SynthesizedDirectory } from './synthesized.ts';

export interface NewInode {
  readonly kind: InodeKind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export class Volume {
  readonly disk: Disk;
  readonly root: DirectoryInode;
  readonly #mounts = new Map<number, { readonly tree: SynthesizedDirectory; readonly fileSystem: number }>();

  constructor(options: FileSystemOptions) {
    this.disk = new Disk(options);
    const root = this.#make({ kind: { type: 'directory' }, mode: 0o755, uid: 0, gid: 0 });
    if (root.type !== 'directory') throw new Error('the root is a directory');
    root.links = 2;
    this.root = root;
  }

  /** A new inode without a name. ENOSPC when the disk is full. */
  create(request: NewInode, attempt: Attempt): Inode {
    if (this.disk.freeBlocks < ownBlocks(request.kind.type)) {
      throw new SystemError('ENOSPC', attempt.operation, attempt.path);
    }
    return this.#make(request);
  }

  #make({ kind, mode, uid, gid }: NewInode): Inode {
    const now = this.disk.now();
    this.disk.take(ownBlocks(kind.type));
    const times = { modified: now, accessed: now, changed: now };
    return makeInode(kind, {
      number: this.disk.nextInode(),
      fileSystem: 0,
      mode,
      uid,
      gid,
      links: 0,
      openCount: 0,
      ...times,
    });
  }

  /** Gives back the room of an inode that has no name and is not open. */
  releaseIfUnused(inode: Inode): void {
    if (inode.links > 0 || inode.openCount > 0 || inode.fileSystem !== 0) return;
    const content = inode.type === 'file' ? blocksOf(inode.content.sizeBytes) : 0;
    this.disk.take(-(ownBlocks(inode.type) + content));
    if (inode.type === 'file') inode.content.clear();
  }

  mount(inode: DirectoryInode, tree: SynthesizedDirectory): void {
    this.#mounts.set(inode.number, { tree, fileSystem: this.#mounts.size + 1 });
  }

  isMountPoint(inode: Inode): boolean {
    return inode.fileSystem === 0 && this.#mounts.has(inode.number);
  }

  /** What is seen at a directory: the root of the tree mounted there, if there is one. */
  throughMount(inode: Inode): Inode {
    const mount = inode.fileSystem === 0 ? this.#mounts.get(inode.number) : undefined;
    return mount === undefined ? inode : synthesizedInode(mount.tree, mount.fileSystem, this.disk.now());
  }

  lookup(directory: DirectoryInode, name: string, caller: Caller): Inode | undefined {
    if (directory.synthesized === undefined) {
      const entry = directory.entries.get(name);
      return entry === undefined ? undefined : this.throughMount(entry);
    }
    const node = directory.synthesized.lookup(name, caller);
    return node === undefined ? undefined : synthesizedInode(node, directory.fileSystem, this.disk.now());
  }
}

/** A directory has a block for its names from the start. */
function ownBlocks(type: InodeKind['type']): number {
  return type === 'directory' ? 1 : 0;
}
