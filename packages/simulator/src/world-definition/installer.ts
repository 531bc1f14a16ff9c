/** Puts the files of a definition into a file system, with owners by name and parents made as needed. */
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { kernelCaller } from '../filesystem/caller.ts';
import type { FileSystem, Owner } from '../filesystem/file-system.ts';
import type { Accounts } from './accounts.ts';
import type { FileDefinition } from './definition.ts';

const directoryMode = 0o755;
const fileMode = 0o644;

export class Installer {
  readonly #fileSystem: FileSystem;
  readonly #accounts: Accounts;
  readonly #hostname: string;

  constructor(fileSystem: FileSystem, accounts: Accounts, hostname: string) {
    this.#fileSystem = fileSystem;
    this.#accounts = accounts;
    this.#hostname = hostname;
  }

  /** A file that is there is replaced, a directory changed. `{hostname}` in a content is the host's name. */
  install(file: FileDefinition): void {
    this.#makeParents(file);
    if (file.type === 'symlink') this.#link(file.target, file.path);
    else if (file.type === 'directory') this.#makeDirectory(file.path);
    else this.#write(file.path, file.content.replaceAll('{hostname}', this.#hostname));
    if (file.type === 'symlink') return;
    this.#fileSystem.changeOwner(kernelCaller, file.path, this.#idsOf(file));
    const usual = file.type === 'directory' ? directoryMode : fileMode;
    this.#fileSystem.changeMode(kernelCaller, file.path, file.mode ?? usual);
  }

  #link(target: string, path: string): void {
    this.#fileSystem.symlink(kernelCaller, target, `${path}.new`);
    this.#fileSystem.rename(kernelCaller, `${path}.new`, path);
  }

  #write(path: string, content: string): void {
    this.#fileSystem.writeFile(kernelCaller, path, { content: utf8Encode(content) });
  }

  /** Directories on the way belong to the file's owner below a home, else to root. */
  #makeParents(file: FileDefinition): void {
    const names = file.path.split('/').slice(1, -1);
    for (const depth of names.keys()) {
      const path = `/${names.slice(0, depth + 1).join('/')}`;
      if (!this.#makeDirectory(path)) continue;
      const owner = this.#accounts.passwd.find(({ home, uid }) => uid !== 0 && path.startsWith(`${home}/`));
      if (owner !== undefined) this.#fileSystem.changeOwner(kernelCaller, path, owner);
    }
  }

  /** Whether it was not there. */
  #makeDirectory(path: string): boolean {
    try {
      this.#fileSystem.makeDirectory(kernelCaller, path, directoryMode);
      return true;
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) return false;
      throw error;
    }
  }

  #idsOf({ owner = 'root', group, path }: FileDefinition): Owner {
    const account = this.#accounts.passwd.find(({ name }) => name === owner);
    if (account === undefined) throw new Error(`assertion: ${path} belongs to ${owner}, who is no user of the host`);
    if (group === undefined) return { uid: account.uid, gid: account.gid };
    const gid = this.#accounts.group.find(({ name }) => name === group)?.gid;
    if (gid === undefined) throw new Error(`assertion: ${path} belongs to ${group}, which is no group of the host`);
    return { uid: account.uid, gid };
  }
}
