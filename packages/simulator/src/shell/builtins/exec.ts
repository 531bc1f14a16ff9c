/** exec with a command: `exec [-cl] [-a name] [command [argument ...]]`. */
import type { ProgramCommand } from '../execute/launch.ts';
import { becomeProgram } from '../execute/replace.ts';
import { oneLevelLess } from '../execute/shell-level.ts';
import type { Shell } from '../shell.ts';
import type { Builtin, BuiltinContext } from './builtin.ts';

const usage = 'exec [-cl] [-a name] [command [argument ...]] [redirection ...]';

interface ExecOptions {
  readonly words: readonly string[];
  readonly clears: boolean;
  readonly login: boolean;
  readonly name: string | undefined;
}

/** The letter at which `argument` stops being options: `-a` with its name, or a wrong one. */
function firstOther(argument: string): { readonly letter: string; readonly rest: string } | undefined {
  const match = /^-[cl]*([^cl])(.*)$/s.exec(argument);
  return match ? { letter: match[1] ?? '', rest: match[2] ?? '' } : undefined;
}

/** `undefined` after a message. */
async function parseOptions(context: BuiltinContext): Promise<ExecOptions | undefined> {
  const words = [...context.args];
  let letters = '';
  let name: string | undefined;
  while (/^-./.test(words[0] ?? '')) {
    const argument = words.shift() ?? '';
    if (argument === '--') break;
    const other = firstOther(argument);
    letters += /^-[cl]*/.exec(argument)?.[0] ?? '';
    if (!other) continue;
    if (other.letter === 'a') name = other.rest || words.shift();
    if (other.letter === 'a' && name !== undefined) continue;
    await context.complain(
      other.letter === 'a' ? '-a: option requires an argument' : `-${other.letter}: invalid option`,
    );
    await context.usage(usage);
    return undefined;
  }
  return { words, name, clears: letters.includes('c'), login: letters.includes('l') };
}

/** What the program gets; within `( )` bash leaves SHLVL as it is. */
function environmentFor(shell: Shell, options: ExecOptions): Readonly<Record<string, string>> {
  if (options.clears) return {};
  const environment = shell.variables.environment();
  return shell.inParentheses ? environment : oneLevelLess(environment);
}

/** Whether the shell goes on when there is no program to run, bash(1) exec. */
function survivesFailure(shell: Shell): boolean {
  return shell.subshellLevel === 0 && (shell.interactive || shell.options.has('execfail'));
}

/** exec. */
export const exec: Builtin = async (context) => {
  const { shell, descriptors } = context;
  const options = await parseOptions(context);
  if (!options) return 2;
  const [first] = options.words;
  if (first === undefined) return 0;
  const name = `${options.login ? '-' : ''}${options.name ?? first}`;
  const command: ProgramCommand = {
    words: options.words,
    environment: environmentFor(shell, options),
    ...(name === first ? {} : { name }),
    byExec: true,
  };
  shell.status = await becomeProgram(shell, command, descriptors);
  if (!survivesFailure(shell)) shell.jump = { type: 'exit' };
  return shell.status;
};
