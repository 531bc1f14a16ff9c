/**
 * An argument grammar is a value: it reads the arguments of one line into a typed value, and formats that value as `ssh -G` prints
 * it. What a program says about a bad argument comes from its texts, since ssh and sshd use other words.
 */

/** Why a line is refused. `fatal` stops at once, as sshd does mostly; without it the line is counted and reading goes on. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly fatal: boolean;
  /** Lines that OpenSSH prints before this one, without file and line. */
  readonly before?: readonly string[];
}

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

/** The words of one program for bad arguments. */
export interface GrammarTexts {
  /** Whether a bad argument ends reading at once. */
  readonly fatal: boolean;
  missing(keyword: string): string;
  missingTime: string;
  badPort(text: string): string;
  integer(keyword: string, why: string): string;
  badNumber(keyword: string, text: string, why: string): string;
  tooSmall(keyword: string): string;
  emptyArgument(keyword: string): string;
  badMask(keyword: string): string;
  invalidHash(keyword: string, text: string): string;
  badIpQos(keyword: string, text: string): string;
}

export interface Grammar<V> {
  /** For people: `yes|no`, `time`, `[bind_address:]port host:port`. */
  readonly syntax: string;
  /** Words that complete an argument. */
  readonly words?: readonly string[];
  parse(input: ArgumentInput): ArgumentResult<V>;
  /** The argument texts as `ssh -G` and `sshd -T` print them: one item is one line. */
  format(value: V): readonly string[];
}
