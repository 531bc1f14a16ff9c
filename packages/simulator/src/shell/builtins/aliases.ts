/** alias and unalias. */
import { quoteForShell } from '../expand/operation.ts';
import { takeLetters, type Builtin } from './builtin.ts';

/** alias. */
export const alias: Builtin = async ({ shell, args, write, complain }) => {
  const { aliases } = shell;
  const show = (name: string, value: string) => write(`alias ${name}=${quoteForShell(value)}\n`);
  const operands = args.filter((argument) => argument !== '-p' && argument !== '--');
  if (operands.length === 0) {
    for (const [name, value] of [...aliases].toSorted(([a], [b]) => (a < b ? -1 : 1))) await show(name, value);
    return 0;
  }
  let status = 0;
  for (const operand of operands) {
    const equals = operand.indexOf('=', 1);
    const value = aliases.get(operand);
    if (equals !== -1) aliases.set(operand.slice(0, equals), operand.slice(equals + 1));
    else if (value !== undefined) await show(operand, value);
    else {
      await complain(`${operand}: not found`);
      status = 1;
    }
  }
  return status;
};

/** unalias. */
export const unalias: Builtin = async (context) => {
  const taken = await takeLetters(context, 'a', 'unalias [-a] name [name ...]');
  if (!taken) return 2;
  const { aliases } = context.shell;
  if (taken.letters.has('a')) aliases.clear();
  else if (taken.operands.length === 0) return context.usage('unalias [-a] name [name ...]');
  let status = 0;
  for (const name of taken.operands) {
    if (aliases.delete(name)) continue;
    if (!taken.letters.has('a')) await context.complain(`${name}: not found`);
    status = 1;
  }
  return status;
};
