/**
 * getopt(3) as OpenBSD has it: options end at the first operand or at `--`, flags may be joined (`-vvp 22`), nothing is permuted.
 * A wrong option is part of the result, in its place, because what stands before it may already end the program (`ssh -V -Z`).
 */

/** The letters of a program's options, as in getopt's option string. */
export interface OptionLetters {
  readonly plain: string;
  readonly withArgument: string;
}

export type ParsedOption =
  | { readonly type: 'option'; readonly flag: string; readonly argument: string }
  | { readonly type: 'unknown'; readonly flag: string }
  | { readonly type: 'missingArgument'; readonly flag: string };

export interface ParsedOptions {
  readonly options: readonly ParsedOption[];
  /** Index of the first operand. */
  readonly next: number;
  /** Whether `--` ended the options. */
  readonly endedByDashes: boolean;
}

/** Parses the options of `argv` from `start` on; stops behind the first wrong one. */
export function parseOptions(argv: readonly string[], start: number, letters: OptionLetters): ParsedOptions {
  const options: ParsedOption[] = [];
  let index = start;
  for (let word = argv[index]; word !== undefined && word.length > 1 && word.startsWith('-'); word = argv[index]) {
    index += 1;
    if (word === '--') return { options, next: index, endedByDashes: true };
    const taken = parseWord(word, argv[index], letters);
    options.push(...taken.options);
    if (taken.usesNext) index += 1;
    if (taken.options.at(-1)?.type !== 'option') break;
  }
  return { options, next: index, endedByDashes: false };
}

function parseWord(word: string, next: string | undefined, letters: OptionLetters) {
  const options: ParsedOption[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const flag = word.charAt(at);
    if (letters.withArgument.includes(flag)) {
      const joined = word.slice(at + 1);
      if (joined === '' && next === undefined) options.push({ type: 'missingArgument', flag });
      else options.push({ type: 'option', flag, argument: joined === '' ? (next ?? '') : joined });
      return { options, usesNext: joined === '' && next !== undefined };
    }
    if (!letters.plain.includes(flag)) {
      options.push({ type: 'unknown', flag });
      return { options, usesNext: false };
    }
    options.push({ type: 'option', flag, argument: '' });
  }
  return { options, usesNext: false };
}

/** getopt's words for a wrong option. */
export function formatOptionError(option: Exclude<ParsedOption, { readonly type: 'option' }>): string {
  return option.type === 'unknown'
    ? `unknown option -- ${option.flag}`
    : `option requires an argument -- ${option.flag}`;
}
