/**
 * The command line of ssh-copy-id(1), by OpenSSH version: 10 reads it with the shell's getopts, 6.6 with a loop of its own that takes
 * options behind the host name too. What is read is a list in order, because an option is obeyed before the next one is looked at.
 */
import type { HostFacts } from '@seashell/system';

export type CopyIdOption =
  /** `-i` with the file that follows it, empty for the newest key; `host` when what follows is the last word, and so the host. */
  | { readonly type: 'identity'; readonly file: string; readonly host?: string }
  | { readonly type: 'ssh-option'; readonly flag: string; readonly argument: string }
  | { readonly type: 'port'; readonly port: string }
  | { readonly type: 'target'; readonly path: string }
  | { readonly type: 'force' | 'dry-run' | 'help' | 'used-twice' }
  /** Known, but not built. */
  | { readonly type: 'later'; readonly flag: string }
  | { readonly type: 'invalid'; readonly option: string }
  | { readonly type: 'missing-argument'; readonly flag: string };

export interface CommandLine {
  readonly options: readonly CopyIdOption[];
  readonly operands: readonly string[];
}

const letters10 = 'iopFtfnsxh?';

/** A place in the words of the command line. */
interface Cursor {
  readonly words: readonly string[];
  at: number;
}

function parse10(words: readonly string[]): CommandLine {
  const options: CopyIdOption[] = [];
  const cursor: Cursor = { words, at: 0 };
  for (let word = words[0]; word !== undefined && /^-./.test(word); word = words[cursor.at]) {
    cursor.at += 1;
    if (word === '--') break;
    parseWord10(word.slice(1), cursor, options);
  }
  return { options, operands: words.slice(cursor.at) };
}

/** The flags of one word, which may be joined: `-fn`, `-p22`. */
function parseWord10(flags: string, cursor: Cursor, options: CopyIdOption[]): void {
  for (let at = 0; at < flags.length; at += 1) {
    const flag = flags.charAt(at);
    if (flag === 'i') options.push(identity10(cursor));
    else if ('opFt'.includes(flag)) {
      options.push(withArgument10(flag, flags.slice(at + 1), cursor));
      return;
    } else options.push(plain10(flag));
  }
}

function plain10(flag: string): CopyIdOption {
  if (flag === 'f') return { type: 'force' };
  if (flag === 'n') return { type: 'dry-run' };
  if (flag === 'h' || flag === '?') return { type: 'help' };
  return 'sx'.includes(flag) ? { type: 'later', flag } : { type: 'invalid', option: `-${flag}` };
}

function withArgument10(flag: string, joined: string, cursor: Cursor): CopyIdOption {
  const argument = joined === '' ? cursor.words[cursor.at] : joined;
  if (argument === undefined) return { type: 'missing-argument', flag };
  if (joined === '') cursor.at += 1;
  if (flag === 'p') return { type: 'port', port: argument };
  return flag === 't' ? { type: 'target', path: argument } : { type: 'ssh-option', flag, argument };
}

/** `-i` takes the next word unless that is an option or, as the last one, the host. */
function identity10(cursor: Cursor): CopyIdOption {
  const next = cursor.words[cursor.at];
  // Past the end getopts begins again, and comes to this -i once more.
  if (next === undefined) return { type: 'used-twice' };
  if (cursor.at === cursor.words.length - 1) return { type: 'identity', file: '', host: next };
  if (next.startsWith('-') && next.length > 1 && `${letters10}-`.includes(next.charAt(1))) {
    return { type: 'identity', file: '' };
  }
  cursor.at += 1;
  return { type: 'identity', file: next };
}

function parse66(words: readonly string[]): CommandLine {
  const options: CopyIdOption[] = [];
  const operands: string[] = [];
  const cursor: Cursor = { words, at: 0 };
  for (let word = words[0]; word !== undefined; word = words[cursor.at]) {
    cursor.at += 1;
    if (word === '--') {
      operands.push(...words.slice(cursor.at));
      break;
    }
    if (word.startsWith('-')) options.push(option66(word, cursor));
    else operands.push(word);
  }
  return { options, operands };
}

function option66(word: string, cursor: Cursor): CopyIdOption {
  const flag = word.slice(1, 2);
  const joined = word.slice(2);
  if (flag === 'i') return { type: 'identity', file: joined === '' ? identity66(cursor) : joined };
  if (flag === 'o' || flag === 'p') {
    const argument = joined === '' ? (cursor.words[cursor.at] ?? '') : joined;
    if (joined === '') cursor.at += 1;
    return { type: 'ssh-option', flag, argument };
  }
  if (word === '-n') return { type: 'dry-run' };
  return word === '-h' || word === '-?' ? { type: 'help' } : { type: 'invalid', option: word };
}

function identity66(cursor: Cursor): string {
  const next = cursor.words[cursor.at];
  if (next === undefined || cursor.at === cursor.words.length - 1 || next.startsWith('-')) return '';
  cursor.at += 1;
  return next;
}

export const parseCommandLine: Readonly<Record<HostFacts['openSsh'], (words: readonly string[]) => CommandLine>> = {
  '10': parse10,
  '6.6': parse66,
};
