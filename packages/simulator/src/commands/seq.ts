/** seq(1). Its option table would take `-1` for an option: numbers are operands, and the first one ends the options. */
import type { CommandContext, CommandDefinition } from './command.ts';
import { quoteName } from './inputs.ts';
import { formatFixed, readLongDouble } from './long-double.ts';
import { coreutilsDialect } from './printf-arguments.ts';
import { formatPrintf } from './printf-format.ts';

interface Sequence {
  readonly first: number;
  readonly increment: number;
  readonly count: number;
  readonly places: number;
}

const decimals = (text: string): number => (/\.(\d+)/.exec(text)?.[1] ?? '').length;

/** With `places` decimals; toFixed(3) of the language ends at a hundred, and at 1e21. */
function fixed(value: number, places: number): string {
  if (places <= 100 && Math.abs(value) < 1e21) return value.toFixed(places);
  const read = readLongDouble(String(value)).value;
  if (read.kind !== 'finite') return String(value);
  const { before, zeros } = formatFixed(read, places, false);
  return `${read.negative ? '-' : ''}${before}${'0'.repeat(zeros)}`;
}

/** What is wrong with the format of -f: it must have one directive, for a floating-point number. */
function formatMistake(format: string): string | undefined {
  const directives = [...format.matchAll(/%(?:%|[-+ #0']*\d*(?:\.\d*)?L?([^]?))/g)].filter(([all]) => all !== '%%');
  const [first, second] = directives;
  const shown = `format ${quoteName(format)}`;
  if (!first) return `${shown} has no % directive`;
  const conversion = first[1] ?? '';
  if (conversion === '') return `${shown} ends in %`;
  if (!'aAeEfFgG'.includes(conversion)) return `${shown} has unknown %${conversion} directive`;
  return second && `${shown} has too many % directives`;
}

function isNumber(text: string): boolean {
  const { length } = readLongDouble(text);
  return length > 0 && length === text.length;
}

function numberOf(text: string): number {
  const { value } = readLongDouble(text);
  if (value.kind === 'finite') return Number(text.trim());
  return value.kind === 'nan' ? NaN : value.negative ? -Infinity : Infinity;
}

function sequenceOf(numbers: readonly string[]): Sequence {
  const [a = '', b, c] = numbers;
  const [first, step, last] = b === undefined ? ['1', '1', a] : c === undefined ? [a, '1', b] : [a, b, c];
  const increment = numberOf(step);
  return {
    first: numberOf(first),
    increment,
    count: Math.floor((numberOf(last) - numberOf(first)) / increment + 1e-10),
    places: Math.max(decimals(first), decimals(step)),
  };
}

function numbersMistake(numbers: readonly string[]): string | undefined {
  const [first, , , extra] = numbers;
  if (first === undefined) return 'missing operand';
  if (extra !== undefined) return `extra operand ${quoteName(extra)}`;
  const bad = numbers.find((text) => !isNumber(text));
  if (bad !== undefined) return `invalid floating point argument: ${quoteName(bad)}`;
  const nan = numbers.find((text) => Number.isNaN(numberOf(text)));
  if (nan !== undefined) return `invalid 'not-a-number' argument: ${quoteName(nan)}`;
  const step = numbers.length === 3 ? numbers[1] : undefined;
  return step !== undefined && numberOf(step) === 0 ? `invalid Zero increment value: ${quoteName(step)}` : undefined;
}

async function writeNumber(context: CommandContext, value: number, form: (value: number) => string): Promise<void> {
  const format = context.options.value('format');
  if (format === undefined) {
    await context.output.write(form(value));
    return;
  }
  for (const event of formatPrintf(format, [String(value)], coreutilsDialect))
    if (event.type === 'text') await context.output.write(event.text);
}

async function printSequence(context: CommandContext, { first, increment, count, places }: Sequence): Promise<void> {
  const { options, output } = context;
  const ends = options.has('equal-width') ? [first, first + count * increment] : [];
  const width = Math.max(0, ...ends.map((value) => fixed(value, places).length));
  const form = (value: number) => {
    const text = fixed(value, places);
    return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
  };
  const separator = options.value('separator') ?? '\n';
  for (let index = 0; index <= count; index++) {
    if (index > 0) await output.write(separator);
    await writeNumber(context, first + index * increment, form);
  }
  if (count >= 0) await output.write('\n');
}

export const seq: CommandDefinition = {
  name: 'seq',
  usage: ['[OPTION]... LAST', '[OPTION]... FIRST LAST', '[OPTION]... FIRST INCREMENT LAST'],
  summary: 'Print numbers from FIRST to LAST, in steps of INCREMENT.',
  options: [
    { short: 'f', long: 'format', argument: 'required', help: 'use printf style floating-point FORMAT' },
    { short: 's', long: 'separator', argument: 'required', help: 'use STRING to separate numbers (default: \\n)' },
    { short: 'w', long: 'equal-width', help: 'equalize width by padding with leading zeroes' },
  ],
  operandPattern: /^-[\d.]/,
  stopAtOperand: true,
  async run(context) {
    const { operands, options } = context;
    const format = options.value('format');
    const mistake = numbersMistake(operands);
    if (format !== undefined && formatMistake(format) !== undefined) {
      await context.complain(formatMistake(format) ?? '');
      return 1;
    }
    if (mistake !== undefined) return context.complainUsage(mistake);
    if (format !== undefined && options.has('equal-width'))
      return context.complainUsage('format string may not be specified when printing equal width strings');
    await printSequence(context, sequenceOf(operands));
    return 0;
  },
};
