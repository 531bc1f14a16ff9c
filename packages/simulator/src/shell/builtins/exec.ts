/** exec with a command: `exec [-cl] [-a name] [command [argument ...]]`. */
import { launchProgram, type ProgramCommand } from '../execute/launch.ts';
import { becomeProgram } from '../execute/replace.ts';
import type { Builtin, BuiltinContext } from './builtin.ts';

const usage = 'exec [-cl] [-a name] [command [argument ...]] [redirection ...]';

interface ExecOptions {
  readonly words: readonly string[];
  readonly clears: boolean;
  readonly login: boolean;
  readonly name: string | undefined;
}

/** `undefined` after a message. */
async function parseOptions(context: BuiltinContext): Promise<ExecOptions | undefined> {
  const words = [...context.args];
  const letters = new Set<string>();
  let name: string | undefined;
  while (/^-./.test(words[0] ?? '')) {
    const argument = words.shift() ?? '';
    if (argument === '--') break;
    for (let at = 1; at < argument.length; at++) {
      const letter = argument.charAt(at);
      if (letter === 'a') {
        name = argument.slice(at + 1) || words.shift();
        if (name !== undefined) break;
        await context.complain('-a: option requires an argument');
      } else if (!'cl'.includes(letter)) await context.complain(`-${letter}: invalid option`);
      if (!'cl'.includes(letter)) {
        await context.usage(usage);
        return undefined;
      }
      letters.add(letter);
    }
  }
  return { words, name, clears: letters.has('c'), login: letters.has('l') };
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
    environment: options.clears ? {} : shell.variables.environment(),
    ...(name === first ? {} : { name }),
    byExec: true,
  };
  const launched = await launchProgram(shell, command, { descriptors });
  if ('status' in launched && shell.interactive) return launched.status;
  return becomeProgram(shell, launched);
};
