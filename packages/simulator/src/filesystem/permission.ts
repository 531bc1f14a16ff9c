/** Who may do what: the checks of Linux (path_resolution(7), chmod(2), unlink(2)), by credentials. Root is the user with ID 0. */
import { SystemError, type Credentials } from '@seashell/system';
import type { Inode } from './inode.ts';

export const mayRead = 4;
export const mayWrite = 2;
export const mayExecute = 1;

export const setUserId = 0o4000;
export const setGroupId = 0o2000;
export const sticky = 0o1000;

export function isRoot(credentials: Credentials): boolean {
  return credentials.uid === 0;
}

export function isInGroup(credentials: Credentials, gid: number): boolean {
  return credentials.gid === gid || credentials.groups.includes(gid);
}

/** Whether `credentials` have every bit of `wanted`. Only the first class that fits counts: an owner without `r` cannot read. */
export function isPermitted(inode: Inode, wanted: number, credentials: Credentials): boolean {
  if (isRoot(credentials)) return isPermittedToRoot(inode, wanted);
  let shift = 0;
  if (credentials.uid === inode.uid) shift = 6;
  else if (isInGroup(credentials, inode.gid)) shift = 3;
  return ((inode.mode >> shift) & wanted) === wanted;
}

/** Root may read and write everything, and run a file that anyone may run. */
function isPermittedToRoot(inode: Inode, wanted: number): boolean {
  return (wanted & mayExecute) === 0 || inode.type === 'directory' || (inode.mode & 0o111) !== 0;
}

/** In a sticky directory only the owner of the entry, the owner of the directory and root may take an entry away. */
export function isHeldBySticky(directory: Inode, entry: Inode, credentials: Credentials): boolean {
  if ((directory.mode & sticky) === 0 || isRoot(credentials)) return false;
  return credentials.uid !== entry.uid && credentials.uid !== directory.uid;
}

/** fs.protected_symlinks, as distributions set it: a link in a sticky directory that all may write is followed for its owner only. */
export function isProtectedLink(directory: Inode, link: Inode, credentials: Credentials): boolean {
  const everyoneWrites = (directory.mode & (sticky | 0o002)) === (sticky | 0o002);
  return everyoneWrites && credentials.uid !== link.uid && directory.uid !== link.uid;
}

/** fs.protected_hardlinks: others' files may be linked only if they can be read and written and give nobody's rights away. */
export function mayLinkTo(inode: Inode, credentials: Credentials): boolean {
  if (isRoot(credentials) || credentials.uid === inode.uid) return true;
  const givesGroup = (inode.mode & (setGroupId | 0o010)) === (setGroupId | 0o010);
  const isSafe = inode.type === 'file' && (inode.mode & setUserId) === 0 && !givesGroup;
  return isSafe && isPermitted(inode, mayRead | mayWrite, credentials);
}

/** What the caller was about, for the error. */
export interface Attempt {
  readonly operation: string;
  readonly path: string;
}

export function requirePermission(inode: Inode, wanted: number, attempt: Attempt & { credentials: Credentials }): void {
  if (isPermitted(inode, wanted, attempt.credentials)) return;
  throw new SystemError('EACCES', attempt.operation, attempt.path);
}
