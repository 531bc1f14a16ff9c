/** The text of passwd(5), group(5) and shadow(5). Once written, the files are the truth: the kernel and sshd read them. */

export interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** The GECOS field: `Full Name,,,`. */
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

export interface GroupEntry {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

export interface ShadowEntry {
  readonly name: string;
  /** A crypt(3) string; `*` when no password fits. */
  readonly password: string;
  /** Days since the epoch. */
  readonly changedDays: number;
}

/** The password is `x`: it stands in shadow(5). */
export function printPasswd(entries: readonly PasswdEntry[]): string {
  const lines = entries.map(({ name, uid, gid, gecos, home, shell }) => [name, 'x', uid, gid, gecos, home, shell]);
  return lines.map((fields) => `${fields.join(':')}\n`).join('');
}

export function printGroup(entries: readonly GroupEntry[]): string {
  return entries.map(({ name, gid, members }) => `${name}:x:${gid}:${members.join(',')}\n`).join('');
}

/** Passwords may be changed at any time and never expire. */
export function printShadow(entries: readonly ShadowEntry[]): string {
  return entries.map(({ name, password, changedDays }) => `${name}:${password}:${changedDays}:0:99999:7:::\n`).join('');
}
