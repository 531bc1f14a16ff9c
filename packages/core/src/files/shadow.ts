/** shadow(5): the file of password hashes that sshd checks passwords against. */
import { parseLines, type LineFault, type LineFile, type LinePlace } from './lines.ts';

/** A line of /etc/shadow (shadow(5)). */
export interface ShadowEntry extends LinePlace {
  readonly type: 'entry';
  readonly user: string;
  /** crypt(3)'s text; empty: no password is needed; what begins with `!` or `*` matches none. */
  readonly hash: string;
  /** Days since the epoch on which the password was last changed, the account expires; undefined if not set. */
  readonly lastChangeDays: number | undefined;
  readonly maximumAgeDays: number | undefined;
  readonly expiresDays: number | undefined;
}

/** Parses a whole file. Never throws. */
export function parseShadow(text: string): LineFile<ShadowEntry> {
  return parseLines(text, readShadow);
}

function readShadow(content: string, place: LinePlace): ShadowEntry | LineFault {
  const fields = content.split(':');
  const [user = '', hash] = fields;
  if (user === '' || hash === undefined) return { code: 'invalid-line', message: 'invalid line' };
  const days = (index: number): number | undefined =>
    /^\d{1,9}$/.test(fields[index] ?? '') ? Number(fields[index]) : undefined;
  return {
    type: 'entry',
    ...place,
    user,
    hash,
    lastChangeDays: days(2),
    maximumAgeDays: days(4),
    expiresDays: days(7),
  };
}
