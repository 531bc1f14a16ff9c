/**
 * An argument grammar is a value: it reads the arguments of one line into a typed value, and formats that value as `ssh -G` and
 * `sshd -T` print it. What is said about a bad argument comes from the program's texts, since ssh and sshd use other words.
 */

/** Why a line is refused. `fatal` stops at once, as sshd does mostly; else the line is counted and reading goes on. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly fatal: boolean;
  /** Lines that OpenSSH prints before this one, without file and line. */
  readonly before?: readonly string[];
}

/** The value of a line's arguments, or what is wrong with them. */
export type ArgumentResult<V> =
  | { readonly ok: true; readonly value: V; /** How many arguments were read. */ readonly used: number }
  | { readonly ok: false; readonly problem: Problem };

/** The arguments of one line, and what is needed to speak of them. */
export interface ArgumentInput {
  readonly words: readonly string[];
  /** The rest of the line as written, for keywords that take it whole. */
  readonly rest: string;
  /** As the program prints it: ssh in lower case, sshd as written. */
  readonly keyword: string;
  readonly texts: GrammarTexts;
}

/** The words of one program for bad arguments, from the source files of its configuration reader. */
export interface GrammarTexts {
  /** Whether a bad argument ends reading at once. */
  readonly fatal: boolean;
  missing(keyword: string): string;
  readonly missingChoice: string;
  readonly missingTime: string;
  readonly missingFile: string;
  readonly missingPort: string;
  badPort(text: string): string;
  integer(keyword: string, why: string): string;
  badNumber(keyword: string, text: string, why: string): string;
  tooSmall(keyword: string): string;
  badMask(keyword: string): string;
  invalidHash(keyword: string, text: string): string;
  badMac(text: string): string;
}

/** How the arguments of a keyword are read and printed. */
export interface Grammar<V> {
  /** For people: `yes|no`, `time`, `[bind_address:]port host:port`. */
  readonly syntax: string;
  /** Words that complete an argument. */
  readonly words?: readonly string[];
  parse(input: ArgumentInput): ArgumentResult<V>;
  /** The argument texts as `ssh -G` and `sshd -T` print them: one item is one line. */
  format(value: V): readonly string[];
}

export function accept<V>(value: V, used = 1): ArgumentResult<V> {
  return { ok: true, value, used };
}

/** Refuses the line with the program's own severity. */
export function refuse(
  input: ArgumentInput,
  code: string,
  message: string,
): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { code, message, fatal: input.texts.fatal } };
}

/** Refuses the line with a severity that is the same in both programs, or with lines printed before. */
export function refuseWith(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem };
}
