/** sort(1): by bytes, numbers, fields; stable among what -u keeps. */
import type { CommandContext, CommandDefinition } from './command.ts';
import { forEachInput, quoteName } from './inputs.ts';
import { compareText, compareVersions } from './text-order.ts';
import { toBytes } from './byte-text.ts';
import { readLines, writeAll } from './streams.ts';

interface Ordering {
  readonly numeric: boolean;
  readonly general: boolean;
  readonly human: boolean;
  readonly version: boolean;
  readonly fold: boolean;
  readonly month: boolean;
  /** Blanks and alphanumeric characters alone count. */
  readonly dictionary: boolean;
  readonly printable: boolean;
  readonly random: boolean;
  readonly blanks: boolean;
  readonly reverse: boolean;
}

interface Key {
  readonly start: { readonly field: number; readonly character: number };
  readonly end: { readonly field: number; readonly character: number } | undefined;
  readonly ordering: Ordering;
  /** The letters that the ordering is from. */
  readonly letters: string;
}

function orderingOf(letters: string): Ordering {
  return {
    numeric: letters.includes('n'),
    general: letters.includes('g'),
    human: letters.includes('h'),
    version: letters.includes('V'),
    fold: letters.includes('f'),
    month: letters.includes('M'),
    dictionary: letters.includes('d'),
    printable: letters.includes('i'),
    random: letters.includes('R'),
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
  const own = `${match[3] ?? ''}${match[6] ?? ''}`;
  const letters = own === '' ? defaults : own;
  return {
    start: { field: Number(match[1]), character: Number(match[2] ?? 1) },
    end: match[4] === undefined ? undefined : { field: Number(match[4]), character: Number(match[5] ?? 0) },
    ordering: orderingOf(letters),
    letters,
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

/** What strtod(3) reads; -g puts what is no number first, and what is none by name after it. */
function compareGeneral(a: string, b: string): number {
  const [left, right] = [generalOf(a), generalOf(b)];
  return left.rank - right.rank || (left.value === right.value ? 0 : left.value - right.value);
}

function generalOf(text: string): { readonly rank: number; readonly value: number } {
  const match = /^\s*([-+]?)(?:(\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)|(inf)|(nan))/i.exec(text);
  if (!match) return { rank: 0, value: 0 };
  if (match[4] !== undefined) return { rank: 1, value: 0 };
  const value = match[3] === undefined ? Number(match[2]) : Infinity;
  return { rank: 2, value: match[1] === '-' ? -value : value };
}

/** The orders that exclude one another, as coreutils names them; `undefined` if there is one at most. */
function incompatible(letters: string): string | undefined {
  const has = (letter: string) => letters.includes(letter);
  const text = ['V', 'R', 'd', 'i'].some(has) ? 1 : 0;
  const orders = ['n', 'g', 'h', 'M'].filter(has).length + text;
  if (orders <= 1) return undefined;
  return `options '-${Array.from('dfghiMnRV').filter(has).join('')}' are incompatible`;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** -1 for what is no month. */
function monthOf(text: string): number {
  return months.indexOf(text.trimStart().slice(0, 3).toUpperCase());
}

/** What counts of a text. */
function counted({ fold, dictionary, printable }: Ordering, text: string): string {
  const kept = dictionary
    ? text.replaceAll(/[^ \t\p{L}\p{N}]/gu, '')
    : printable
      ? text.replaceAll(/[^\x20-\x7E\u00A0-\u{10FFFF}]/gu, '')
      : text;
  return fold ? kept.toUpperCase() : kept;
}

function compareBy({ ordering, shuffle }: Comparing, a: string, b: string): number {
  const left = ordering.blanks ? a.trimStart() : a;
  const right = ordering.blanks ? b.trimStart() : b;
  const sign = ordering.reverse ? -1 : 1;
  if (ordering.general) return sign * compareGeneral(a, b);
  if (ordering.month) return sign * (monthOf(a) - monthOf(b));
  if (ordering.numeric || ordering.human) return sign * (numberOf(a, ordering.human) - numberOf(b, ordering.human));
  if (ordering.random) return sign * shuffle(counted(ordering, left), counted(ordering, right));
  if (ordering.version) return sign * compareVersions(left, right);
  return sign * compareText(counted(ordering, left), counted(ordering, right));
}

type Comparison = (a: string, b: string) => number;

interface Comparing {
  readonly ordering: Ordering;
  /** For -R. */
  readonly shuffle: Comparison;
}

/** -R: each text gets a random rank, equal texts the same. */
function shuffled({ system }: CommandContext): Comparison {
  const ranks = new Map<string, number>();
  const rank = (text: string) => {
    const known = ranks.get(text);
    if (known !== undefined) return known;
    const drawn = system.random.bytes(6).reduce((sum, byte) => sum * 256 + byte, 0);
    ranks.set(text, drawn);
    return drawn;
  };
  return (a, b) => rank(a) - rank(b);
}

function comparator(context: CommandContext, keys: readonly Key[], letters: string): Comparison {
  const separator = context.options.value('field-separator');
  const whole = orderingOf(letters);
  const shuffle = shuffled(context);
  return (a, b) => {
    for (const key of keys) {
      const difference = compareBy(
        { ordering: key.ordering, shuffle },
        keyText(a, key, separator),
        keyText(b, key, separator),
      );
      if (difference !== 0) return difference;
    }
    return keys.length > 0 ? 0 : compareBy({ ordering: whole, shuffle }, a, b);
  };
}

/** The words of --sort. */
const sortWords: ReadonlyMap<string, string> = new Map([
  ['general-numeric', 'g'],
  ['human-numeric', 'h'],
  ['month', 'M'],
  ['numeric', 'n'],
  ['random', 'R'],
  ['version', 'V'],
]);
/** The words of --check; those in one row mean the same. */
const checkWords = [['quiet', 'silent'], ['diagnose-first']];

/** What is wrong with the argument of an option that takes one of some words. */
function wrongWord({ options }: CommandContext): string | undefined {
  const wrong = (name: string, rows: readonly (readonly string[])[]) => {
    const value = options.value(name);
    if (value === undefined || rows.flat().includes(value)) return undefined;
    const list = rows.map((row) => `  - ${row.map(quoteName).join(', ')}`).join('\n');
    return `invalid argument ${quoteName(value)} for '--${name}'\nValid arguments are:\n${list}`;
  };
  return (
    wrong(
      'sort',
      [...sortWords.keys()].map((word) => [word]),
    ) ?? wrong('check', checkWords)
  );
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
    ['dictionary-order', 'd'],
    ['ignore-nonprinting', 'i'],
    ['month-sort', 'M'],
    ['random-sort', 'R'],
  ] as const;
  const sortLetter = sortWords.get(context.options.value('sort') ?? '') ?? '';
  return names.map(([name, letter]) => (context.options.has(name) ? letter : '')).join('') + sortLetter;
}

async function check(
  context: CommandContext,
  lines: readonly string[],
  compare: (a: string, b: string) => number,
): Promise<number> {
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    if (before === undefined || compare(before, line) < (context.options.has('unique') ? 0 : 1)) continue;
    if (context.options.has('C') || /^(?:quiet|silent)$/.test(context.options.value('check') ?? '')) return 1;
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

function tabMistake({ options }: CommandContext): string | undefined {
  const tab = options.value('field-separator');
  if (tab === undefined || tab === String.raw`\0` || Array.from(tab).length === 1) return undefined;
  return tab === '' ? 'empty tab' : `multi-character tab ${quoteName(tab)}`;
}

function parallelMistake(text: string): string | undefined {
  const match = /^\s*\+?(\d+)(.*)$/s.exec(text);
  if (!match) return `invalid --parallel argument '${text}'`;
  if (match[2] !== '') return `invalid suffix in --parallel argument '${text}'`;
  return Number(match[1]) === 0 ? 'number in parallel must be nonzero' : undefined;
}

/** The units of -S by their powers of 1024; without one it is kilobytes. */
const units = 'bKMGTPEZY';

function sizeMistake(text: string): string | undefined {
  const [, digits = '', suffix = ''] = /^\s*\+?0*(\d*)(.*)$/s.exec(text) ?? [];
  const hasUnit = /^[EgGkKmMPtTYZ]/.test(suffix);
  if (!hasUnit && !/^\s*\+?\d/.test(text)) return `invalid -S argument '${text}'`;
  if (!/^(?:[EgGkKmMPtTYZb%]|)$/.test(suffix)) return `invalid suffix in -S argument '${text}'`;
  const power = suffix === '' ? 1 : Math.max(0, units.indexOf(suffix === 'b' ? suffix : suffix.toUpperCase()));
  const isLarge = digits.length > 20 || BigInt(digits) * 1024n ** BigInt(power) >= 2n ** 64n;
  return isLarge ? `-S argument '${text}' too large` : undefined;
}

function numberMistake({ options }: CommandContext): string | undefined {
  const [parallel, size] = [options.value('parallel'), options.value('buffer-size')];
  return (
    (parallel === undefined ? undefined : parallelMistake(parallel)) ??
    (size === undefined ? undefined : sizeMistake(size))
  );
}

/** Orders that exclude one another: in a key, or in all lines where there is no key. */
function orderMistake(keys: readonly (Key | string)[], letters: string): string | undefined {
  const all = keys.length === 0 ? [letters] : keys.map((key) => (typeof key === 'string' ? '' : key.letters));
  return all.map(incompatible).find((mistake) => mistake !== undefined);
}

export const sort: CommandDefinition = {
  name: 'sort',
  usage: ['[OPTION]... [FILE]...'],
  summary: 'Write sorted concatenation of all FILE(s) to standard output.',
  usageStatus: 2,
  options: [
    { short: 'b', long: 'ignore-leading-blanks', help: 'ignore leading blanks' },
    { short: 'c' },
    { long: 'check', argument: 'optional', help: 'check for sorted input; do not sort' },
    { short: 'C', help: 'like -c, but do not report first bad line' },
    { short: 'd', long: 'dictionary-order', help: 'consider only blanks and alphanumeric characters' },
    { short: 'f', long: 'ignore-case', help: 'fold lower case to upper case characters' },
    { short: 'g', long: 'general-numeric-sort', help: 'compare according to general numerical value' },
    { short: 'h', long: 'human-numeric-sort', help: 'compare human readable numbers (e.g., 2K 1G)' },
    { short: 'i', long: 'ignore-nonprinting', help: 'consider only printable characters' },
    { short: 'k', long: 'key', argument: 'required', help: 'sort via a key' },
    { short: 'm', long: 'merge', help: 'merge already sorted files' },
    { short: 'M', long: 'month-sort', help: "compare (unknown) < 'JAN' < ... < 'DEC'" },
    { short: 'n', long: 'numeric-sort', help: 'compare according to string numerical value' },
    { short: 'o', long: 'output', argument: 'required', help: 'write result to FILE instead of standard output' },
    { long: 'parallel', argument: 'required', help: 'change the number of sorts run concurrently to N' },
    { short: 'R', long: 'random-sort', help: 'shuffle, but group identical keys' },
    { short: 'r', long: 'reverse', help: 'reverse the result of comparisons' },
    {
      long: 'sort',
      argument: 'required',
      help: 'sort according to WORD: general-numeric, human-numeric, month, numeric, random, version',
    },
    { short: 's', long: 'stable', help: 'stabilize sort by disabling last-resort comparison' },
    {
      short: 't',
      long: 'field-separator',
      argument: 'required',
      help: 'use SEP instead of non-blank to blank transition',
    },
    { short: 'S', long: 'buffer-size', argument: 'required', help: 'use SIZE for main memory buffer' },
    { short: 'T', long: 'temporary-directory', argument: 'required', help: 'use DIR for temporaries' },
    { short: 'u', long: 'unique', help: 'output only the first of lines with equal keys' },
    { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
    { short: 'V', long: 'version-sort', help: 'natural sort of (version) numbers within text' },
  ],
  async run(context) {
    const { options, output, system } = context;
    const wrong = wrongWord(context);
    // Here alone the status of wrong usage is 1.
    if (wrong !== undefined) return context.complainUsage(wrong).then(() => 1);
    const letters = globalLetters(context);
    const keys = options.values('key').map((text) => parseKey(text, letters) ?? keyMistake(text));
    const wrongKey = keys.find((key) => typeof key === 'string');
    const mistake = wrongKey ?? numberMistake(context) ?? tabMistake(context) ?? orderMistake(keys, letters);
    if (mistake !== undefined) {
      await context.complain(mistake);
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
    const whole = keys.filter((key) => typeof key !== 'string');
    const compare = comparator(context, whole, letters);
    if (options.has('c', 'check', 'C')) return check(context, inputs.flat(), compare);
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
