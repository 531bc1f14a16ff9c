/** uniq(1): adjacent lines that are the same. */
import { toBytes } from './byte-text.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { readLines, writeAll } from './streams.ts';

interface Group {
  readonly text: string;
  readonly key: string;
  count: number;
}

function keyOf(context: CommandContext, line: string): string {
  const { options } = context;
  let rest = line;
  for (let field = Number(options.value('skip-fields') ?? 0); field > 0; field--)
    rest = rest.replace(/^[ \t]*[^ \t]*/, '');
  rest = rest.slice(Number(options.value('skip-chars') ?? 0));
  rest = rest.slice(0, Number(options.value('check-chars') ?? Infinity));
  return options.has('ignore-case') ? rest.toLowerCase() : rest;
}

function shownLine(context: CommandContext, group: Group): string {
  const { options } = context;
  if (options.has('repeated') && group.count < 2) return '';
  if (options.has('unique') && group.count > 1) return '';
  return `${options.has('count') ? `${String(group.count).padStart(7)} ` : ''}${group.text}\n`;
}

export const uniq: CommandDefinition = {
  name: 'uniq',
  usage: ['[OPTION]... [INPUT [OUTPUT]]'],
  summary: 'Filter adjacent matching lines from INPUT, writing to OUTPUT.',
  options: [
    { short: 'c', long: 'count', help: 'prefix lines by the number of occurrences' },
    { short: 'd', long: 'repeated', help: 'only print duplicate lines, one for each group' },
    { short: 'f', long: 'skip-fields', argument: 'required', help: 'avoid comparing the first N fields' },
    { short: 'i', long: 'ignore-case', help: 'ignore differences in case when comparing' },
    { short: 's', long: 'skip-chars', argument: 'required', help: 'avoid comparing the first N characters' },
    { short: 'u', long: 'unique', help: 'only print unique lines' },
    { short: 'w', long: 'check-chars', argument: 'required', help: 'compare no more than N characters in lines' },
  ],
  async run(context) {
    const { operands, output, system } = context;
    const [input = '-', target] = operands;
    if (operands.length > 2) return context.complainUsage(`extra operand '${operands[2]}'`);
    const descriptor = input === '-' ? 0 : await system.files.open(input, { access: 'read' });
    const writer =
      target === undefined
        ? undefined
        : await system.files.open(target, { access: 'write', create: true, truncate: true });
    const print = (text: string) =>
      writer === undefined ? output.write(text) : writeAll(system, writer, toBytes(text));
    let group: Group | undefined;
    for await (const { text } of readLines(system, descriptor)) {
      const key = keyOf(context, text);
      if (group?.key === key) {
        group.count++;
        continue;
      }
      if (group) await print(shownLine(context, group));
      group = { text, key, count: 1 };
    }
    if (group) await print(shownLine(context, group));
    return 0;
  },
};
