/**
 * The users of a host, read from its own files: passwd(5), group(5), shadow(5). The files are the truth; a line that is not
 * well-formed is passed over, as getpwnam(3) does.
 */
import type { UserAccount } from '@seashell/system';

export interface PasswdEntry {
  readonly name: string;
  readonly password: string;
  readonly uid: number;
  readonly gid: number;
  /** The whole GECOS field. */
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

export interface GroupEntry {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** The fields of shadow(5) that are used; the numbers are days. */
export interface ShadowEntry {
  readonly name: string;
  /** A crypt(3) string; `*` or `!` when no password fits. */
  readonly password: string;
}

export type { UserAccount };
