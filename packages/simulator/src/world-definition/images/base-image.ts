/** What a base image is: the accounts and files that a distribution brings before a world adds its own. */
import type { GroupEntry, PasswdEntry } from '../../users/account-files.ts';
import type { FileDefinition, HostKeyType } from '../definition.ts';

export interface BaseImage {
  readonly openSsh: '10' | '6.6';
  readonly hostKeyTypes: readonly HostKeyType[];
  /** System accounts, without a password. */
  readonly accounts: readonly PasswdEntry[];
  readonly groups: readonly GroupEntry[];
  /** Supplementary groups of the users that a world adds. */
  readonly userGroups: readonly string[];
  /** Owner, group and mode of /etc/shadow. */
  readonly shadow: { readonly group: string; readonly mode: number };
  /** Mode of a new home directory. */
  readonly homeMode: number;
  /** Directories and files of the host; `{hostname}` in a content becomes its name. */
  readonly files: readonly FileDefinition[];
  /** What a new home directory holds; paths are relative to it. */
  readonly skeleton: readonly FileDefinition[];
}

/** A system account as adduser(8) and RPM make them. */
export function systemAccount(name: string, id: number, more: Partial<PasswdEntry> = {}): PasswdEntry {
  return { name, uid: id, gid: id, gecos: name, home: '/', shell: '/usr/sbin/nologin', ...more };
}

export function group(name: string, gid: number, members: readonly string[] = []): GroupEntry {
  return { name, gid, members };
}

/** The directories of hier(7) that every distribution has, with /bin, /sbin and /lib as links into /usr. */
export const hierarchy: readonly FileDefinition[] = [
  ...['/dev', '/etc', '/home', '/media', '/mnt', '/opt', '/run', '/srv', '/usr', '/var'].map(directory),
  ...['/usr/bin', '/usr/lib', '/usr/lib64', '/usr/libexec', '/usr/local', '/usr/sbin', '/usr/share'].map(directory),
  ...['/usr/local/bin', '/usr/local/sbin'].map(directory),
  ...['/var/cache', '/var/empty', '/var/lib', '/var/log', '/var/mail', '/var/spool', '/var/www'].map(directory),
  ...['/etc/profile.d', '/etc/ssh', '/run/sshd', '/var/www/html'].map(directory),
  { type: 'directory', path: '/proc', mode: 0o555 },
  { type: 'directory', path: '/root', mode: 0o700 },
  { type: 'directory', path: '/tmp', mode: 0o1777 },
  { type: 'directory', path: '/var/tmp', mode: 0o1777 },
  { type: 'symlink', path: '/bin', target: 'usr/bin' },
  { type: 'symlink', path: '/lib', target: 'usr/lib' },
  { type: 'symlink', path: '/lib64', target: 'usr/lib64' },
  { type: 'symlink', path: '/sbin', target: 'usr/sbin' },
  { type: 'symlink', path: '/var/run', target: '/run' },
];

function directory(path: string): FileDefinition {
  return { type: 'directory', path };
}
