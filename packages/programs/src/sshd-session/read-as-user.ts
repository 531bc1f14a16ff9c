/**
 * Whether a user may read a file. OpenSSH becomes the user for it (temporarily_use_uid()); a process that cannot change back asks
 * the same of each part of the path instead.
 */
import { SystemError, type FileStatus, type System, type UserAccount } from '@seashell/system';

const readBit = 4;
const searchBit = 1;

/** EACCES when `account` may not reach or read the file; other errors as the system gives them. */
export async function checkReadable(
  system: Pick<System, 'files'>,
  account: UserAccount,
  path: string,
): Promise<FileStatus> {
  const status = await system.files.status(path);
  if (account.uid === 0) return status;
  const parts = (await system.files.realPath(path)).split('/').slice(1, -1);
  for (let depth = 0; depth <= parts.length; depth += 1) {
    const directory = await system.files.status(`/${parts.slice(0, depth).join('/')}`);
    if (!isAllowed(directory, account, searchBit)) throw new SystemError('EACCES', 'open', path);
  }
  if (!isAllowed(status, account, readBit)) throw new SystemError('EACCES', 'open', path);
  return status;
}

/** The one class of the mode that holds for the user decides, as in path_resolution(7). */
function isAllowed({ mode, uid, gid }: FileStatus, account: UserAccount, bit: number): boolean {
  if (uid === account.uid) return (mode & (bit << 6)) !== 0;
  const inGroup = account.gid === gid || account.groups.some((group) => group.gid === gid);
  return (mode & (inGroup ? bit << 3 : bit)) !== 0;
}
