/**
 * From a path to an inode: path_resolution(7). Search permission on every directory on the way, at most 40 symbolic links,
 * names to 255 bytes, paths to 4095.
 */
import { utf8Encode } from '@seashell/core/wire';
import { SystemError, type ErrnoName } from '@seashell/system';
import { kernelCaller, type Caller } from './caller.ts';
import type { DirectoryInode, Inode, SymlinkInode } from './inode.ts';
import { isProtectedLink, mayExecute, requirePermission, type Attempt } from './permission.ts';
import type { Volume } from './volume.ts';

const maximumLinks = 40;
const maximumNameBytes = 255;
const maximumPathBytes = 4095;

/** An inode with the way that led to it; the root has no parent. */
export interface Place {
  readonly inode: Inode;
  readonly name: string;
  readonly parent: Place | undefined;
}

export interface DirectoryPlace extends Place {
  readonly inode: DirectoryInode;
}

/** Where the last component of a path would be, and what is there. */
export interface Location {
  readonly directory: DirectoryPlace;
  readonly name: string;
  readonly found: Place | undefined;
  /** False for `.`, `..` and `/`, which name no entry that could be made or taken away. */
  readonly isEntry: boolean;
  readonly endsInSlash: boolean;
}

/**
 * Whether a symbolic link at the end is followed: always, only before a slash (lstat), or never (unlink, rename). To create
 * a file they are followed too, but a slash at the end of the path or of a link is EISDIR before anything is looked up.
 */
export type Following = 'always' | 'creating' | 'beforeSlash' | 'never';

export class PathWalk implements Attempt {
  readonly operation: string;
  readonly path: string;
  readonly caller: Caller;
  readonly #volume: Volume;
  #links = 0;

  constructor(volume: Volume, caller: Caller, attempt: Attempt) {
    this.#volume = volume;
    this.caller = caller;
    this.operation = attempt.operation;
    this.path = attempt.path;
  }

  fail(code: ErrnoName): never {
    throw new SystemError(code, this.operation, this.path);
  }

  require(inode: Inode, wanted: number): void {
    const { operation, path } = this;
    requirePermission(inode, wanted, { operation, path, credentials: this.caller.credentials });
  }

  /** The last component may be missing; everything before it must be there. */
  locate(following: Following): Location {
    const { path } = this;
    if (path === '') this.fail('ENOENT');
    if (path.includes('\0')) this.fail('EINVAL');
    if (path.length > maximumPathBytes || utf8Encode(path).length > maximumPathBytes) this.fail('ENAMETOOLONG');
    const start = path.startsWith('/') ? this.#root() : this.#workingDirectory();
    return this.#locateFrom(start, path, following);
  }

  /** What is at the path. ENOENT when nothing is; ENOTDIR when a slash follows what is no directory. */
  resolve(following: 'always' | 'beforeSlash'): Place {
    return this.#requireFound(this.locate(following));
  }

  resolveDirectory(): DirectoryPlace {
    return this.#asDirectory(this.resolve('always'));
  }

  #requireFound(location: Location): Place {
    const { found } = location;
    if (found === undefined) this.fail('ENOENT');
    if (location.endsInSlash && found.inode.type !== 'directory') this.fail('ENOTDIR');
    return found;
  }

  #asDirectory(place: Place): DirectoryPlace {
    const { inode, name, parent } = place;
    return inode.type === 'directory' ? { inode, name, parent } : this.fail('ENOTDIR');
  }

  #root(): DirectoryPlace {
    return { inode: this.#volume.root, name: '', parent: undefined };
  }

  /** A process keeps its working directory although it may no longer search what lies above it. */
  #workingDirectory(): DirectoryPlace {
    const { pid, workingDirectory } = this.caller;
    const walk = new PathWalk(this.#volume, { ...kernelCaller, pid }, { ...this.#attempt(), path: workingDirectory });
    try {
      return walk.resolveDirectory();
    } catch {
      return this.fail('ENOENT');
    }
  }

  #attempt(): Attempt {
    return { operation: this.operation, path: this.path };
  }

  #locateFrom(start: DirectoryPlace, path: string, following: Following): Location {
    const components = path.split('/').filter((component) => component !== '');
    const name = components.pop();
    let directory = path.startsWith('/') ? this.#root() : start;
    if (name === undefined) return { directory, name: '/', found: directory, isEntry: false, endsInSlash: false };
    for (const component of components) directory = this.#enter(directory, component);
    const endsInSlash = path.endsWith('/');
    const isEntry = name !== '.' && name !== '..';
    if (following === 'creating' && endsInSlash && isEntry) this.#failInSearchable(directory, 'EISDIR');
    const found = this.#lookup(directory, name);
    const location: Location = { directory, name, found, isEntry, endsInSlash };
    if (found?.inode.type !== 'symlink' || !isFollowed(following, endsInSlash)) return location;
    if (isProtectedLink(directory.inode, found.inode, this.caller.credentials)) this.fail('EACCES');
    const target = this.#follow(directory, found.inode, following);
    return { ...target, endsInSlash: endsInSlash || target.endsInSlash };
  }

  #enter(directory: DirectoryPlace, name: string): DirectoryPlace {
    const found = this.#lookup(directory, name) ?? this.fail('ENOENT');
    if (found.inode.type !== 'symlink') return this.#asDirectory(found);
    return this.#asDirectory(this.#requireFound(this.#follow(directory, found.inode, 'always')));
  }

  #follow(directory: DirectoryPlace, link: SymlinkInode, following: Following): Location {
    this.#links += 1;
    if (this.#links > maximumLinks) this.fail('ELOOP');
    link.accessed = this.#volume.disk.now();
    return this.#locateFrom(directory, link.target, following === 'creating' ? 'creating' : 'always');
  }

  #failInSearchable(directory: DirectoryPlace, code: ErrnoName): never {
    this.require(directory.inode, mayExecute);
    this.fail(code);
  }

  #lookup(directory: DirectoryPlace, name: string): Place | undefined {
    this.require(directory.inode, mayExecute);
    if (name === '.') return directory;
    if (name === '..') return directory.parent ?? directory;
    if (utf8Encode(name).length > maximumNameBytes) this.fail('ENAMETOOLONG');
    const inode = this.#volume.lookup(directory.inode, name, this.caller);
    return inode === undefined ? undefined : { inode, name, parent: directory };
  }
}

function isFollowed(following: Following, endsInSlash: boolean): boolean {
  return following === 'always' || following === 'creating' || (following === 'beforeSlash' && endsInSlash);
}

/** The absolute path without symbolic links that leads to a place. */
export function pathOf(place: Place): string {
  const names: string[] = [];
  for (let here: Place | undefined = place; here?.parent !== undefined; here = here.parent) names.unshift(here.name);
  return `/${names.join('/')}`;
}

/** Whether `place` lies below `ancestor`, or is it. */
export function isWithin(place: Place, ancestor: Inode): boolean {
  for (let here: Place | undefined = place; here !== undefined; here = here.parent) {
    if (here.inode === ancestor) return true;
  }
  return false;
}
