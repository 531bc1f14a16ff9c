/** What a builtin command is given. */
import { isSystemError, missingCodeWords } from '@seashell/system';
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

/** As a shell says of a command that is there and cannot be run. */
const notRunnable = 126;

/**
 * A builtin whose code comes when it is first used: a page has its prompt without it. Where it does not come, as without a network, the
 * command says so and ends with 126, as a program does.
 */
export function lazyBuiltin(load: () => Promise<Builtin>): Builtin {
  return async (context) => {
    let builtin: Builtin;
    try {
      builtin = await load();
    } catch (error) {
      await context.complain(missingCodeWords('this command', error));
      return notRunnable;
    }
    return builtin(context);
  };
}

/** Writes to the command's standard output; what cannot be written is complained of. Gives the exit status. */
export async function writeReported(context: BuiltinContext, text: string): Promise<number> {
  if (!context.descriptors.has(1)) {
    await context.complain('write error: Bad file descriptor');
    return 1;
  }
  try {
    await context.write(text);
    return 0;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await context.complain(`write error: ${error.message}`);
    return 1;
  }
}

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
