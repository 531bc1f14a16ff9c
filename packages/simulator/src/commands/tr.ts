/** tr(1): sets with ranges, classes, escapes and repeats. */
import { fromBytes, incompleteTail, toBytes } from './byte-text.ts';
import { attempt, type CommandContext, type CommandDefinition } from './command.ts';
import { expandFormatEscapes } from './escapes.ts';
import { joinBytes, readChunks, writeAll } from './streams.ts';

const range = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index)).join('');

const digits = range(48, 57);
const upper = range(65, 90);
const lower = range(97, 122);
const punctuation = range(33, 47) + range(58, 64) + range(91, 96) + range(123, 126);

const classes: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    alnum: digits + upper + lower,
    alpha: upper + lower,
    blank: '\t ',
    cntrl: range(0, 31) + range(127, 127),
    digit: digits,
    graph: digits + upper + lower + punctuation,
    lower,
    print: ` ${digits}${upper}${lower}${punctuation}`,
    punct: punctuation,
    space: '\t\n\v\f\r ',
    upper,
    xdigit: `${digits}${range(65, 70)}${range(97, 102)}`,
  }),
);

interface ParsedSet {
  readonly characters: readonly string[];
  /** Where `[x*]` stands: it grows to the length of the other set. */
  readonly fill: { readonly at: number; readonly character: string } | undefined;
  readonly error?: string;
}

function parseSet(source: string): ParsedSet {
  const characters: string[] = [];
  let fill: ParsedSet['fill'];
  const unit = /\\(?:[0-7]{1,3}|[^])|[^]/gu;
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at);
    const named = /^\[:(\w+):\]/.exec(rest);
    const repeat = /^\[(\\(?:[0-7]{1,3}|[^])|[^])\*(\d*)\]/u.exec(rest);
    if (named) {
      const members = classes.get(named[1] ?? '');
      if (members === undefined) return { characters, fill, error: `invalid character class '${named[1]}'` };
      characters.push(...Array.from(members));
      at += named[0].length;
      continue;
    }
    if (repeat) {
      const character = expandFormatEscapes(repeat[1] ?? '');
      const count = Number(repeat[2] ?? 0);
      if (count === 0) fill = { at: characters.length, character };
      characters.push(...Array.from({ length: count }, () => character));
      at += repeat[0].length;
      continue;
    }
    const [from = ''] = rest.match(unit) ?? [];
    const to = rest[from.length] === '-' ? rest.slice(from.length + 1).match(unit)?.[0] : undefined;
    at += from.length + (to === undefined ? 0 : 1 + to.length);
    const first = plainCharacter(from);
    if (to === undefined) characters.push(first);
    else {
      const [low, high] = [first.codePointAt(0) ?? 0, plainCharacter(to).codePointAt(0) ?? 0];
      if (high < low)
        return {
          characters,
          fill,
          error: `range-endpoints of '${from}-${to}' are in reverse collating sequence order`,
        };
      for (let point = low; point <= high; point++) characters.push(String.fromCodePoint(point));
    }
  }
  return { characters, fill };
}

function plainCharacter(text: string): string {
  const expanded = expandFormatEscapes(text);
  return expanded.length > 1 && expanded.startsWith('\\') ? expanded.slice(1) : expanded;
}

interface Translation {
  readonly map: ReadonlyMap<string, string>;
  readonly removes: (character: string) => boolean;
  readonly squeezes: (character: string) => boolean;
  last: string | undefined;
}

function translate(text: string, how: Translation): string {
  let result = '';
  for (const character of text) {
    if (how.removes(character)) continue;
    const to = how.map.get(character) ?? how.map.get('') ?? character;
    if (to === how.last && how.squeezes(to)) continue;
    how.last = to;
    result += to;
  }
  return result;
}

/** Set 2 as long as set 1: filled, or its last character repeated. */
function extend(set: ParsedSet, length: number, truncate: boolean): readonly string[] {
  const missing = length - set.characters.length;
  if (set.fill && missing > 0) {
    const filling = Array.from({ length: missing }, () => set.fill?.character ?? '');
    return set.characters.toSpliced(set.fill.at, 0, ...filling);
  }
  const last = set.characters.at(-1);
  if (missing <= 0 || truncate || last === undefined) return set.characters;
  return [...set.characters, ...Array.from({ length: missing }, () => last)];
}

function plan(context: CommandContext, first: ParsedSet, second: ParsedSet | undefined): Translation {
  const { options } = context;
  const complement = options.has('complement', 'C');
  const members = new Set(first.characters);
  const inFirst = (character: string) => members.has(character) !== complement;
  const removing = options.has('delete');
  const map = new Map<string, string>();
  if (second && !removing && complement) {
    for (const character of first.characters) map.set(character, character);
    map.set('', second.characters.at(-1) ?? '');
  } else if (second && !removing) {
    const to = extend(second, first.characters.length, options.has('truncate-set1'));
    first.characters.forEach((character, at) => {
      const target = to[at];
      if (target !== undefined) map.set(character, target);
    });
  }
  const squeezed = new Set(second?.characters ?? []);
  const squeezes = second ? (character: string) => squeezed.has(character) : inFirst;
  return {
    map,
    removes: removing ? inFirst : () => false,
    squeezes: options.has('squeeze-repeats') ? squeezes : () => false,
    last: undefined,
  };
}

async function checkOperands(context: CommandContext): Promise<number> {
  const { options, operands } = context;
  const removing = options.has('delete');
  const squeezing = options.has('squeeze-repeats');
  const needed = removing === squeezing ? 2 : 1;
  if (operands.length === 0) return context.complainUsage('missing operand');
  if (operands.length < needed) {
    const message = removing
      ? 'Two strings must be given when both deleting and squeezing repeats.'
      : 'Two strings must be given when translating.';
    await context.complain(`missing operand after '${operands[0]}'`);
    await writeLine(context, message);
    await writeLine(context, "Try 'tr --help' for more information.");
    return 1;
  }
  const most = removing && !squeezing ? 1 : 2;
  const extra = operands[most];
  if (extra === undefined) return 0;
  await context.complain(`extra operand '${extra}'`);
  if (most === 1) await writeLine(context, 'Only one string may be given when deleting without squeezing repeats.');
  await writeLine(context, "Try 'tr --help' for more information.");
  return 1;
}

function writeLine(context: CommandContext, text: string): Promise<void> {
  return writeAll(context.system, 2, toBytes(`${text}\n`));
}

export const tr: CommandDefinition = {
  name: 'tr',
  usage: ['[OPTION]... STRING1 [STRING2]'],
  summary: 'Translate, squeeze, and/or delete characters from standard input.',
  options: [
    { short: 'c', long: 'complement', help: 'use the complement of STRING1' },
    { short: 'C' },
    { short: 'd', long: 'delete', help: 'delete characters in STRING1, do not translate' },
    { short: 's', long: 'squeeze-repeats', help: 'replace each sequence of a repeated character' },
    { short: 't', long: 'truncate-set1', help: 'first truncate STRING1 to length of STRING2' },
  ],
  stopAtOperand: true,
  async run(context) {
    const wrong = await checkOperands(context);
    if (wrong !== 0) return wrong;
    const [first, second] = context.operands.map(parseSet);
    const error = first?.error ?? second?.error;
    if (!first || error !== undefined) {
      await context.complain(error ?? 'missing operand');
      return 1;
    }
    const translating = second !== undefined && !context.options.has('delete');
    if (translating && !context.options.has('truncate-set1') && second.characters.length === 0 && !second.fill) {
      await context.complain('when not truncating set1, string2 must be non-empty');
      return 1;
    }
    return (await attempt(context, 'read error', () => translateInput(context, plan(context, first, second)))) ? 0 : 1;
  },
};

async function translateInput(context: CommandContext, how: Translation): Promise<void> {
  let held: Uint8Array = new Uint8Array();
  for await (const chunk of readChunks(context.system, 0)) {
    const all = joinBytes([held, chunk]);
    const whole = all.length - incompleteTail(all);
    held = all.subarray(whole);
    await context.output.write(translate(fromBytes(all.subarray(0, whole)), how));
  }
  await context.output.write(translate(fromBytes(held), how));
}
