/** Brace expansion, on the text of a word before anything else: `a{b,c}d`, `{1..9..2}`, `{a..e}`. */
import { maximumNesting } from '../limits.ts';

/** Braces within braces that are followed: each level reads its text again. */
const maximumDepth = maximumNesting / 4;

/** The end of the quoted or nested thing that starts at `at`, or `at` itself. */
function skipProtected(text: string, at: number): number {
  const character = text.charAt(at);
  if (character === '\\') return at + 1;
  if (character === "'") return closing(text, at + 1, "'");
  if (character === '"' || character === '`') return closing(text, at + 1, character);
  if (character === '$' && (text[at + 1] === '{' || text[at + 1] === '(')) return skipNested(text, at + 1);
  return at;
}

function closing(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\' && quote !== "'") at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

function skipNested(text: string, open: number): number {
  const [opening, close] = text[open] === '{' ? ['{', '}'] : ['(', ')'];
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === opening) depth++;
    else if (text[at] === close && --depth === 0) return at;
  }
  return text.length;
}

interface Braces {
  readonly start: number;
  readonly end: number;
  readonly items: readonly string[];
}

/** Where the braces close that open at an offset: all found in one pass, so that many that never close cost no more. */
function matchBraces(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const skipped = skipProtected(text, at);
    if (skipped !== at) at = skipped;
    else if (text[at] === '{') open.push(at);
    else if (text[at] === '}') {
      const start = open.pop();
      if (start !== undefined) ends.set(start, at);
    }
  }
  return ends;
}

/** The braces from `start` to `end`, with their items between commas; one item if there is no comma. */
function readBraces(text: string, start: number, end: number): Braces {
  const items: string[] = [];
  let from = start + 1;
  let depth = 0;
  for (let at = start + 1; at < end; at++) {
    const skipped = skipProtected(text, at);
    if (skipped !== at) at = skipped;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}') depth--;
    else if (text[at] === ',' && depth === 0) {
      items.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return { start, end, items: [...items, text.slice(from, end)] };
}

const integer = /^-?\d+$/;

interface Range {
  readonly from: number;
  readonly to: number;
  readonly stride: number;
  readonly isNumeric: boolean;
  /** To which numbers are filled up with zeros. */
  readonly width: number;
}

/** What `{first..last..step}` says; undefined if it is no sequence, as with numbers too large to count. */
function readRange(item: string): Range | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(item);
  if (!match) return undefined;
  const [, first = '', last = '', step = '1'] = match;
  const isNumeric = integer.test(first);
  if (isNumeric !== integer.test(last)) return undefined;
  const from = isNumeric ? Number(first) : first.charCodeAt(0);
  const to = isNumeric ? Number(last) : last.charCodeAt(0);
  const stride = Math.max(1, Math.abs(Number(step)));
  if (![from, to, stride].every(Number.isSafeInteger)) return undefined;
  const isPadded = isNumeric && [first, last].some((end) => /^-?0\d/.test(end));
  return { from, to, stride, isNumeric, width: isPadded ? Math.max(first.length, last.length) : 0 };
}

function sequence(item: string, limit: number): readonly string[] | number | undefined {
  const range = readRange(item);
  if (!range) return undefined;
  const { from, to, stride, isNumeric, width } = range;
  const count = Math.floor(Math.abs(to - from) / stride) + 1;
  if (count > limit) return count;
  return Array.from({ length: count }, (_, index) => {
    const value = from + index * (from <= to ? stride : -stride);
    if (!isNumeric) return String.fromCharCode(value);
    const digits = String(Math.abs(value)).padStart(value < 0 ? width - 1 : width, '0');
    return `${value < 0 ? '-' : ''}${digits}`;
  });
}

/** What the items of a list become, one after another. */
function expandItems(items: readonly string[], limit: number, depth: number): readonly string[] | number {
  const texts: string[] = [];
  for (const item of items) {
    const expanded = expandBraces(item, limit, depth + 1);
    if (typeof expanded === 'number') return expanded;
    for (const text of expanded) texts.push(text);
    if (texts.length > limit) return texts.length;
  }
  return texts;
}

/** The words that `text` stands for, itself alone when it has no braces to expand; a number above `limit` if they are too many or nested too deeply. */
export function expandBraces(text: string, limit: number, depth = 0): readonly string[] | number {
  const ends = matchBraces(text);
  if (ends.size > 0 && depth > maximumDepth) return limit + 1;
  let words: readonly string[] = [''];
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    const start = at;
    const skipped = skipProtected(text, at);
    const end = ends.get(at);
    const braces = end === undefined ? undefined : readBraces(text, at, end);
    at = skipped;
    if (!braces) continue;
    const isList = braces.items.length > 1;
    const items = isList ? expandItems(braces.items, limit, depth) : sequence(braces.items[0] ?? '', limit);
    if (items === undefined) continue;
    if (typeof items === 'number') return items;
    if (words.length * items.length > limit) return words.length * items.length;
    const between = text.slice(done, start);
    words = words.flatMap((word) => items.map((item) => word + between + item));
    at = braces.end;
    done = at + 1;
  }
  const rest = text.slice(done);
  return words.map((word) => word + rest);
}
