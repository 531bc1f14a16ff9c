/** The users of this machine: passwd(5) and group(5), and what Node knows of the one who runs it. */
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { UserAccount } from '@seashell/system';

const rows = async (path: string): Promise<string[][]> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').map((line) => line.split(':'));
};

async function groupsOf(name: string, primary: number): Promise<UserAccount['groups']> {
  const groups = (await rows('/etc/group')).map(([group = '', , gid = '', members = '']) => ({
    name: group,
    gid: Number(gid),
    members: members.split(','),
  }));
  const first = groups.filter((group) => group.gid === primary);
  const others = groups.filter((group) => group.gid !== primary && group.members.includes(name));
  const found = [...first, ...others].map((group) => ({ name: group.name, gid: group.gid }));
  return first.length > 0 ? found : [{ name: String(primary), gid: primary }, ...found];
}

/** A directory service's users are in no file: the one who runs this program is known all the same. */
function ownRow(): readonly string[] {
  const own = userInfo();
  return [own.username, 'x', String(own.uid), String(own.gid), '', own.homedir, own.shell ?? '/bin/sh'];
}

/** getpwnam(3) and getpwuid(3). */
export async function findUser(
  by: { readonly name: string } | { readonly uid: number },
): Promise<UserAccount | undefined> {
  const wanted = (row: readonly string[]): boolean => ('name' in by ? row[0] === by.name : row[2] === String(by.uid));
  const row = [...(await rows('/etc/passwd')), ownRow()].find(
    (candidate) => candidate.length >= 7 && wanted(candidate),
  );
  if (row === undefined) return undefined;
  const [name = '', , uid = '', gid = '', fullName = '', home = '', shell = ''] = row;
  return { name, uid: Number(uid), gid: Number(gid), fullName, home, shell, groups: await groupsOf(name, Number(gid)) };
}
