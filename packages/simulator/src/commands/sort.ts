/** sort(1): by bytes, numbers, fields; stable among what -u keeps. */
import type { CommandContext, CommandDefinition } from './command.ts';
import { forEachInput, quoteName } from './inputs.ts';
import { toBytes } from './byte-text.ts';
import { readLines, writeAll } from './streams.ts';

interface Ordering {
  readonly numeric: boolean;
  readonly human: boolean;
  readonly version: boolean;
  readonly fold: boolean;
  readonly blanks: boolean;
  readonly reverse: boolean;
}

interface Key {
  readonly start: { readonly field: number; readonly character: number };
  readonly end: { readonly field: number; readonly character: number } | undefined;
  readonly ordering: Ordering;
}

function orderingOf(letters: string): Ordering {
  return {
    numeric: letters.includes('n') || letters.includes('g'),
    human: letters.includes('h'),
    version: letters.includes('V'),
    fold: letters.includes('f'),
    blanks: letters.includes('b'),
    reverse: letters.includes('r'),
  };
}

/** What is wrong with the argument of -k, in coreutils' words. */
function keyMistake(text: string): string {
  const field = `invalid field specification '${text}'`;
  if (!/^\d/.test(text)) return `invalid number at field start: invalid count at start of '${text}'`;
  if (/(?:^|,)0+(?:\D|$)/.test(text)) return `field number is zero: ${field}`;
  if (/^\d+\.0+(?:\D|$)/.test(text)) return `character offset is zero: ${field}`;
  return `stray character in field spec: ${field}`;
}

function parseKey(text: string, defaults: string): Key | undefined {
  const match = /^(\d+)(?:\.(\d+))?([bdfghinMrRV]*)(?:,(\d+)(?:\.(\d+))?([bdfghinMrRV]*))?$/.exec(text);
  if (!match || Number(match[1]) === 0 || Number(match[2] ?? 1) === 0 || Number(match[4] ?? 1) === 0) return undefined;
  const letters = `${match[3] ?? ''}${match[6] ?? ''}`;
  return {
    start: { field: Number(match[1]), character: Number(match[2] ?? 1) },
    end: match[4] === undefined ? undefined : { field: Number(match[4]), character: Number(match[5] ?? 0) },
    ordering: orderingOf(letters === '' ? defaults : letters),
  };
}

/** Offsets where fields begin and end. */
function fieldsOf(
  line: string,
  separator: string | undefined,
): readonly { readonly start: number; readonly end: number }[] {
  const fields: { start: number; end: number }[] = [];
  if (separator !== undefined) {
    let start = 0;
    for (const part of line.split(separator)) {
      fields.push({ start, end: start + part.length });
      start += part.length + separator.length;
    }
    return fields;
  }
  for (const match of line.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g))
    fields.push({ start: match.index, end: match.index + match[0].length });
  return fields;
}

function keyText(line: string, key: Key, separator: string | undefined): string {
  const fields = fieldsOf(line, separator);
  const first = fields[key.start.field - 1];
  if (!first) return '';
  const skip = key.ordering.blanks ? (/^[ \t]*/.exec(line.slice(first.start))?.[0].length ?? 0) : 0;
  const start = first.start + skip + key.start.character - 1;
  const last = key.end ? fields[key.end.field - 1] : undefined;
  const end = !last || !key.end ? line.length : key.end.character === 0 ? last.end : last.start + key.end.character;
  return line.slice(start, Math.max(start, end));
}

const suffixes = 'KMGTPE';

function numberOf(text: string, human: boolean): number {
  const match = /^\s*(-?\d*\.?\d*)([KMGTPEk]?)/.exec(text);
  const value = Number(match?.[1] === '-' || match?.[1] === '.' ? 0 : (match?.[1] ?? 0));
  return human ? value * 1024 ** (suffixes.indexOf((match?.[2] ?? '').toUpperCase() || ' ') + 1) : value;
}

function compareText(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareVersions(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [x = '', y = ''] = [left[at], right[at]];
    const both = /^\d/.test(x) && /^\d/.test(y);
    const difference = both ? Number(x) - Number(y) : compareText(x, y);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareBy(ordering: Ordering, a: string, b: string): number {
  const left = ordering.blanks ? a.trimStart() : a;
  const right = ordering.blanks ? b.trimStart() : b;
  const sign = ordering.reverse ? -1 : 1;
  if (ordering.numeric || ordering.human) return sign * (numberOf(a, ordering.human) - numberOf(b, ordering.human));
  if (ordering.version) return sign * compareVersions(left, right);
  return sign * (ordering.fold ? compareText(left.toUpperCase(), right.toUpperCase()) : compareText(left, right));
}

function comparator(context: CommandContext, keys: readonly Key[], letters: string): (a: string, b: string) => number {
  const separator = context.options.value('field-separator');
  const whole = orderingOf(letters);
  return (a, b) => {
    for (const key of keys) {
      const difference = compareBy(key.ordering, keyText(a, key, separator), keyText(b, key, separator));
      if (difference !== 0) return difference;
    }
    return keys.length > 0 ? 0 : compareBy(whole, a, b);
  };
}

function globalLetters(context: CommandContext): string {
  const names = [
    ['numeric-sort', 'n'],
    ['general-numeric-sort', 'g'],
    ['human-numeric-sort', 'h'],
    ['version-sort', 'V'],
    ['ignore-case', 'f'],
    ['ignore-leading-blanks', 'b'],
    ['reverse', 'r'],
  ] as const;
  return names.map(([name, letter]) => (context.options.has(name) ? letter : '')).join('');
}

async function check(
  context: CommandContext,
  lines: readonly string[],
  compare: (a: string, b: string) => number,
): Promise<number> {
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    if (before === undefined || compare(before, line) < (context.options.has('unique') ? 0 : 1)) continue;
    if (context.options.has('C')) return 1;
    await context.complain(`${context.operands[0] ?? '-'}:${at + 1}: disorder: ${line}`);
    return 1;
  }
  return 0;
}

function sortLines(
  context: CommandContext,
  inputs: readonly (readonly string[])[],
  compare: (a: string, b: string) => number,
): readonly string[] {
  const reverse = context.options.has('reverse') ? -1 : 1;
  const stable = context.options.has('stable', 'unique');
  const sorted = inputs.flat().toSorted((a, b) => compare(a, b) || (stable ? 0 : reverse * compareText(a, b)));
  if (!context.options.has('unique')) return sorted;
  return sorted.filter((line, at) => at === 0 || compare(sorted[at - 1] ?? '', line) !== 0);
}

/** -m: always the least of the lines that the inputs begin with, sorted or not. */
function mergeLines(
  context: CommandContext,
  inputs: readonly (readonly string[])[],
  compare: (a: string, b: string) => number,
): readonly string[] {
  const unique = context.options.has('unique');
  const places = inputs.map((lines) => ({ lines, at: 0 }));
  const merged: string[] = [];
  for (;;) {
    const left = places.filter(({ lines, at }) => at < lines.length);
    const head = ({ lines, at }: (typeof places)[number]) => lines[at] ?? '';
    const [first, ...others] = left;
    if (!first) return merged;
    const least = others.reduce((best, each) => (compare(head(each), head(best)) < 0 ? each : best), first);
    const line = head(least);
    least.at++;
    if (!unique || merged.length === 0 || compare(merged.at(-1) ?? '', line) !== 0) merged.push(line);
  }
}

export const sort: CommandDefinition = {
  name: 'sort',
  usage: ['[OPTION]... [FILE]...'],
  summary: 'Write sorted concatenation of all FILE(s) to standard output.',
  usageStatus: 2,
  options: [
    { short: 'b', long: 'ignore-leading-blanks', help: 'ignore leading blanks' },
    { short: 'c', long: 'check', help: 'check for sorted input; do not sort' },
    { short: 'C', help: 'like -c, but do not report first bad line' },
    { short: 'f', long: 'ignore-case', help: 'fold lower case to upper case characters' },
    { short: 'g', long: 'general-numeric-sort', help: 'compare according to general numerical value' },
    { short: 'h', long: 'human-numeric-sort', help: 'compare human readable numbers (e.g., 2K 1G)' },
    { short: 'k', long: 'key', argument: 'required', help: 'sort via a key' },
    { short: 'm', long: 'merge', help: 'merge already sorted files' },
    { short: 'n', long: 'numeric-sort', help: 'compare according to string numerical value' },
    { short: 'o', long: 'output', argument: 'required', help: 'write result to FILE instead of standard output' },
    { short: 'r', long: 'reverse', help: 'reverse the result of comparisons' },
    { short: 's', long: 'stable', help: 'stabilize sort by disabling last-resort comparison' },
    {
      short: 't',
      long: 'field-separator',
      argument: 'required',
      help: 'use SEP instead of non-blank to blank transition',
    },
    { short: 'u', long: 'unique', help: 'output only the first of lines with equal keys' },
    { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
    { short: 'V', long: 'version-sort', help: 'natural sort of (version) numbers within text' },
  ],
  async run(context) {
    const { options, output, system } = context;
    const letters = globalLetters(context);
    const keys: Key[] = [];
    for (const text of options.values('key')) {
      const key = parseKey(text, letters);
      if (!key) {
        await context.complain(keyMistake(text));
        return 2;
      }
      keys.push(key);
    }
    const tab = options.value('field-separator');
    if (tab !== undefined && tab !== String.raw`\0` && Array.from(tab).length !== 1) {
      await context.complain(tab === '' ? 'empty tab' : `multi-character tab ${quoteName(tab)}`);
      return 2;
    }
    const end = options.has('zero-terminated') ? '\0' : '\n';
    const inputs: string[][] = [];
    const status = await forEachInput(context, context.operands, {
      failure: (name) => `cannot read: ${name}: `,
      readFailure: (name) => `read failed: ${name}: `,
      each: async (descriptor) => {
        const lines: string[] = [];
        for await (const line of readLines(system, descriptor, { end: end === '\0' ? 0 : 10 })) lines.push(line.text);
        inputs.push(lines);
      },
    });
    if (status !== 0) return 2;
    const compare = comparator(context, keys, letters);
    if (options.has('check', 'C')) return check(context, inputs.flat(), compare);
    const text = (options.has('merge') ? mergeLines : sortLines)(context, inputs, compare)
      .map((line) => line + end)
      .join('');
    const path = options.value('output');
    if (path === undefined) await output.write(text);
    else await writeFile(context, path, text);
    return 0;
  },
};

async function writeFile(context: CommandContext, path: string, text: string): Promise<void> {
  const { system } = context;
  const descriptor = await system.files.open(path, { access: 'write', create: true, truncate: true });
  await writeAll(system, descriptor, toBytes(text));
  await system.streams.close(descriptor);
}
