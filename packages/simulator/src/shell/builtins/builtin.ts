/** What a builtin command is given. */
import type { Descriptors, Shell } from '../shell.ts';

export interface BuiltinContext {
  readonly shell: Shell;
  readonly name: string;
  readonly args: readonly string[];
  readonly descriptors: Descriptors;
  /** Writes to the command's standard output. */
  readonly write: (text: string) => Promise<void>;
  /** Writes `bash: name: message` to its standard error. */
  readonly complain: (message: string) => Promise<void>;
  /** Runs other words as this very command; functions do not count. */
  readonly runWords: (words: readonly string[]) => Promise<number>;
  /** Writes the usage; gives status 2. */
  readonly usage: (text: string) => Promise<number>;
}

/** A command that runs in the shell itself; gives its exit status. */
export type Builtin = (context: BuiltinContext) => Promise<number>;

/** Letters of leading options; `undefined` after a message if one is not among `allowed`. */
export async function takeLetters(
  context: BuiltinContext,
  allowed: string,
  usage: string,
): Promise<{ readonly letters: ReadonlySet<string>; readonly operands: readonly string[] } | undefined> {
  const letters = new Set<string>();
  let at = 0;
  for (; at < context.args.length; at++) {
    const argument = context.args[at] ?? '';
    if (argument === '--') {
      at++;
      break;
    }
    if (!/^-./.test(argument)) break;
    for (const letter of argument.slice(1)) {
      if (!allowed.includes(letter)) {
        await context.complain(`-${letter}: invalid option`);
        await context.usage(usage);
        return undefined;
      }
      letters.add(letter);
    }
  }
  return { letters, operands: context.args.slice(at) };
}
