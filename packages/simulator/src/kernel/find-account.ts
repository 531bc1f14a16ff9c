/** getpwnam(3), getpwuid(3), getgrouplist(3) over a host's own files. */
import { utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError, type UserAccount } from '@seashell/system';
import { kernelCaller } from '../filesystem/caller.ts';
import type { FileSystem } from '../filesystem/file-system.ts';

export function findAccount(
  fileSystem: FileSystem,
  by: { readonly name: string } | { readonly uid: number },
): UserAccount | undefined {
  const rows = readRows(fileSystem, '/etc/passwd');
  const row = rows.find(([name, , uid]) => ('name' in by ? name === by.name : Number(uid) === by.uid));
  const [name, , uid, gid, gecos, home, shell] = row ?? [];
  if (name === undefined || gid === undefined) return undefined;
  return {
    name,
    uid: Number(uid),
    gid: Number(gid),
    fullName: gecos?.split(',')[0] ?? '',
    home: home ?? '/',
    shell: shell === undefined || shell === '' ? '/bin/sh' : shell,
    groups: groupsOf(fileSystem, name, Number(gid)),
  };
}

function groupsOf(fileSystem: FileSystem, user: string, primary: number): UserAccount['groups'] {
  const rows = readRows(fileSystem, '/etc/group').map(([name = '', , gid, members = '']) => {
    return { name, gid: Number(gid), members: members.split(',') };
  });
  const own = rows.find(({ gid }) => gid === primary) ?? { name: String(primary), gid: primary };
  const others = rows.filter(({ gid, members }) => gid !== primary && members.includes(user));
  return [own, ...others].map(({ name, gid }) => ({ name, gid }));
}

function readRows(fileSystem: FileSystem, path: string): readonly (readonly string[])[] {
  try {
    const text = utf8DecodeLossy(fileSystem.readFile(kernelCaller, path));
    return text.split('\n').map((line) => line.split(':'));
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}
