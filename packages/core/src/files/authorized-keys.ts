/**
 * authorized_keys: lossless parsing into keys with their options. sshd(8) AUTHORIZED_KEYS FILE FORMAT, OpenSSH's auth-options.c. A
 * line whose options are wrong holds no key: what cannot be honoured is refused.
 */
import { utc, type TimeZone } from '../calendar.ts';
import { parseKeyOptions, type AuthorizedKeyOptions } from './authorized-keys-options.ts';
import { parseLines, type LineFault, type LineFile, type LinePlace } from './lines.ts';
import { readLineKey, type LineKey } from './public-key-line.ts';

/** A line of authorized_keys that holds a key. */
export interface AuthorizedKeyEntry extends LinePlace {
  readonly type: 'entry';
  readonly options: AuthorizedKeyOptions;
  /** As written; empty without options. */
  readonly optionsText: string;
  readonly key: LineKey;
  readonly comment: string;
}

/** A parsed authorized_keys file; `printLines` gives its text back. */
export type AuthorizedKeysFile = LineFile<AuthorizedKeyEntry>;

/** Parses a whole file. Times without `Z` are in `zone`, UTC if not given. Never throws. */
export function parseAuthorizedKeys(text: string, zone: TimeZone = utc): AuthorizedKeysFile {
  return parseLines(text, (content, place) => readEntry(content, place, zone));
}

function readEntry(content: string, place: LinePlace, zone: TimeZone): AuthorizedKeyEntry | LineFault {
  const bare = readLineKey(content);
  const end = bare === undefined ? endOfOptions(content) : 0;
  if (end === undefined) return { code: 'invalid-key-option-string', message: 'invalid key option string' };
  const read = bare ?? readLineKey(content.slice(end).replace(/^[ \t]+/, ''));
  if (read === undefined) return { code: 'not-a-key', message: 'not a key' };
  const optionsText = content.slice(0, end);
  const options = parseKeyOptions(optionsText, zone);
  if (!options.ok) return { code: 'bad-key-options', message: `bad key options: ${options.message}` };
  return { type: 'entry', ...place, options: options.options, optionsText, key: read.key, comment: read.comment };
}

/** Where the first blank outside of quotes stands; undefined if a quote is never closed. */
function endOfOptions(content: string): number | undefined {
  let quoted = false;
  let at = 0;
  for (; at < content.length && (quoted || (content[at] !== ' ' && content[at] !== '\t')); at += 1) {
    if (content[at] === '\\' && content[at + 1] === '"') at += 1;
    else if (content[at] === '"') quoted = !quoted;
  }
  return quoted ? undefined : at;
}
