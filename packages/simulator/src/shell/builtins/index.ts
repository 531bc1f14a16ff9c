/** The builtins by name: one line each. */
import { alias, unalias } from './aliases.ts';
import { type Builtin, lazyBuiltin } from './builtin.ts';
import { cd, pwd, umask } from './directories.ts';
import { breakLoop, command, continueLoop, evaluate, exit, returnFrom, source, type } from './flow.ts';
import { exec } from './exec.ts';
import { help } from './help.ts';
import { bg, fg, history, jobs, kill, wait } from './jobs.ts';
import { test } from './test.ts';
import { echo, read } from './text.ts';
import { trap } from './trap.ts';
import { declare, exportVariables, letExpressions, local, readonly, set, shift, shopt, unset } from './variables.ts';

export type { Builtin } from './builtin.ts';

const succeed: Builtin = () => Promise.resolve(0);
const failing: Builtin = () => Promise.resolve(1);

const builtin: Builtin = async (context) => {
  const [name, ...args] = context.args;
  if (name === undefined) return 0;
  const found = findBuiltin(name);
  if (found) return found({ ...context, name, args });
  await context.complain(`${name}: not a shell builtin`);
  return 1;
};

/** Every builtin. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['.', source],
  [':', succeed],
  ['[', test],
  ['alias', alias],
  ['bg', bg],
  ['break', breakLoop],
  ['builtin', builtin],
  ['cd', cd],
  ['command', command],
  ['continue', continueLoop],
  ['declare', declare],
  ['echo', echo],
  ['eval', evaluate],
  ['exec', exec],
  ['exit', exit],
  ['export', exportVariables],
  ['false', failing],
  ['fg', fg],
  ['hash', succeed],
  ['help', help],
  ['history', history],
  ['jobs', jobs],
  ['kill', kill],
  ['let', letExpressions],
  ['local', local],
  ['logout', exit],
  ['printf', lazyBuiltin(async () => (await import('./printf.ts')).printf)],
  ['pwd', pwd],
  ['read', read],
  ['readonly', readonly],
  ['return', returnFrom],
  ['set', set],
  ['shift', shift],
  ['shopt', shopt],
  ['source', source],
  ['test', test],
  ['trap', trap],
  ['true', succeed],
  ['type', type],
  ['typeset', declare],
  ['umask', umask],
  ['unalias', unalias],
  ['unset', unset],
  ['wait', wait],
]);

export function findBuiltin(name: string): Builtin | undefined {
  return builtins.get(name);
}
