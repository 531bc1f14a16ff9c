/** The accounts of a host: those of its image and those of the world, numbered as adduser(8) does, each user with a group. */
import type { GroupEntry, PasswdEntry, ShadowEntry } from '../users/account-files.ts';
import type { HostDefinition, UserDefinition } from './definition.ts';
import { baseImages } from './images/index.ts';
import type { BaseImage } from './images/base-image.ts';
import { hashPassword, type SecretSource } from './secrets.ts';

export interface Accounts {
  readonly passwd: readonly PasswdEntry[];
  readonly group: readonly GroupEntry[];
}

const firstUid = 1000;
const defaultShell = '/bin/bash';
const dayMilliseconds = 24 * 60 * 60 * 1000;

export function accountsOf(host: HostDefinition): Accounts {
  const image = baseImages[host.image];
  const added = host.users.filter(({ name }) => !image.accounts.some((account) => account.name === name));
  const users = number(added);
  const passwd = [...image.accounts.map((account) => withUser(account, host.users)), ...users];
  const own = users.map(({ name, gid }) => ({ name, gid, members: [] }));
  return { passwd, group: withMembers([...image.groups, ...own, ...(host.groups ?? [])], host, image) };
}

function number(users: readonly UserDefinition[]): readonly PasswdEntry[] {
  const taken = new Set(users.map(({ uid }) => uid));
  let next = firstUid;
  return users.map((user) => {
    while (user.uid === undefined && taken.has(next)) next += 1;
    const uid = user.uid ?? next;
    taken.add(uid);
    const entry = { name: user.name, uid, gid: uid, gecos: '', home: `/home/${user.name}`, shell: defaultShell };
    return withUser(entry, [user]);
  });
}

function withUser(entry: PasswdEntry, users: readonly UserDefinition[]): PasswdEntry {
  const user = users.find(({ name }) => name === entry.name);
  if (user === undefined) return entry;
  const { fullName, home, shell } = user;
  const gecos = fullName === undefined ? entry.gecos : `${fullName},,,`;
  return { ...entry, gecos, home: home ?? entry.home, shell: shell ?? entry.shell };
}

function withMembers(groups: readonly GroupEntry[], host: HostDefinition, image: BaseImage): readonly GroupEntry[] {
  const ordinary = host.users.filter(({ name }) => name !== 'root');
  return groups.map((group) => {
    const usual = image.userGroups.includes(group.name) ? ordinary : [];
    const named = host.users.filter((user) => user.groups?.includes(group.name) === true);
    const members = new Set([...group.members, ...[...usual, ...named].map(({ name }) => name)]);
    return { ...group, members: [...members] };
  });
}

/** The rows of shadow(5) for these accounts: a hash for who has a password, else one that nothing matches. */
export function shadowOf(
  host: HostDefinition,
  {
    passwd,
    source,
    startsAtMilliseconds,
  }: { passwd: Accounts['passwd']; source: SecretSource; startsAtMilliseconds: number },
): readonly ShadowEntry[] {
  const changedDays = Math.floor(startsAtMilliseconds / dayMilliseconds);
  return passwd.map(({ name }) => {
    const password = host.users.find((user) => user.name === name)?.password;
    const hash = password === undefined ? '*' : hashPassword(source, password, `${name}@${host.name}`);
    return { name, password: hash, changedDays };
  });
}
