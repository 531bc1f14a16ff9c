/** printf. */
import { bashDialect } from '../../commands/printf-arguments.ts';
import { formatPrintf } from '../../commands/printf-format.ts';
import { setVariable } from '../execute/assignment.ts';
import { quoteForShell } from '../expand/operation.ts';
import { type Builtin, type BuiltinContext, writeReported } from './builtin.ts';

const quotePrintf = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text)
    ? text
    : text === ''
      ? "''"
      : /\p{Cc}/u.test(text)
        ? quoteForShell(text)
        : text.replace(/[^\w@%+=:,./-]/gu, '\\$&');

type PrintfEvents = ReturnType<typeof formatPrintf>;

const printfBufferLength = 32_768;
/** What `printf -v` may put into a variable: bash would take all memory of the machine, and a host has little. */
const longestVariable = 8 * 1024 * 1024;

/** Writes as it goes: a field may be two gigabytes wide. */
async function printEvents(context: BuiltinContext, events: PrintfEvents): Promise<number> {
  let text = '';
  let status = 0;
  for (const event of events) {
    if (event.type === 'complaint') {
      await context.complain(event.message);
      if (event.fails) status = 1;
      continue;
    }
    text += event.text;
    if (text.length < printfBufferLength) continue;
    if ((await writeReported(context, text)) !== 0) return 1;
    text = '';
  }
  return (await writeReported(context, text)) === 0 ? status : 1;
}

async function assignEvents(context: BuiltinContext, variable: string, events: PrintfEvents): Promise<number> {
  let text = '';
  let status = 0;
  for (const event of events) {
    if (event.type === 'text') text += event.text;
    else await context.complain(event.message);
    if (event.type === 'complaint' && event.fails) status = 1;
    if (text.length <= longestVariable) continue;
    await context.complain('Cannot allocate memory');
    return 1;
  }
  return (await setVariable(context.shell, variable, text)) ? status : 1;
}

/** printf. */
export const printf: Builtin = async (context) => {
  const args = context.args[0] === '--' ? context.args.slice(1) : context.args;
  const named = args[0] === '-v';
  const variable = named ? args[1] : undefined;
  const rest = named ? args.slice(2) : args;
  const [format, ...values] = rest;
  if (format === undefined) return context.usage('printf [-v var] format [arguments]');
  const events = formatPrintf(format, values, bashDialect(quotePrintf));
  return variable === undefined ? printEvents(context, events) : assignEvents(context, variable, events);
};
