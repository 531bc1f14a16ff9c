/** printf(1), the program: the shell has its own. */
import type { CommandDefinition } from './command.ts';
import { quoteName } from './inputs.ts';
import { coreutilsDialect } from './printf-arguments.ts';
import { formatPrintf } from './printf-format.ts';

export const printf: CommandDefinition = {
  name: 'printf',
  usage: ['FORMAT [ARGUMENT]...'],
  summary: 'Print ARGUMENT(s) according to FORMAT.',
  options: [],
  rawArguments: true,
  async run(context) {
    const operands = context.operands[0] === '--' ? context.operands.slice(1) : context.operands;
    const [format, ...args] = operands;
    if (format === undefined) return context.complainUsage('missing operand');
    let status = 0;
    for (const event of formatPrintf(format, args, coreutilsDialect)) {
      if (event.type === 'text') await context.output.write(event.text);
      else await context.complain(event.message);
      if (event.type === 'complaint' && event.fails) status = 1;
    }
    await context.output.flush();
    const [unused] = args;
    if (unused !== undefined && !/%[^%]/.test(format.replaceAll('%%', '')))
      await context.complain(`warning: ignoring excess arguments, starting with ${quoteName(unused)}`);
    return status;
  },
};
