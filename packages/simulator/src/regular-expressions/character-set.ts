/** Sets of characters: what `a`, `.`, `[^a-z[:digit:]]` and `\w` match, by code point, as in a UTF-8 locale. */

export type ClassName =
  | 'alnum'
  | 'alpha'
  | 'blank'
  | 'cntrl'
  | 'digit'
  | 'graph'
  | 'lower'
  | 'print'
  | 'punct'
  | 'space'
  | 'upper'
  | 'xdigit';

export interface CharacterSet {
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly classes: readonly ClassName[];
  readonly negated: boolean;
}

export type CharacterTest = (point: number) => boolean;

/** No-break spaces are no spaces in glibc's locales. */
const spaces = /^[\t-\r \u1680\u2000-\u2006\u2008-\u200A\u2028\u2029\u205F\u3000]$/;

const classPatterns: Readonly<Record<ClassName, RegExp>> = {
  alnum: /^[\p{Alphabetic}\p{Nd}]$/u,
  // glibc counts the digits of other scripts as letters.
  alpha: /^(?![0-9])[\p{Alphabetic}\p{Nd}]$/u,
  blank: /^[\t \u1680\u2000-\u2006\u2008-\u200A\u205F\u3000]$/,
  cntrl: /^[\p{Cc}\u2028\u2029]$/u,
  digit: /^[0-9]$/,
  graph: /^[^\p{C}\p{Zl}\p{Zp}\t-\r \u1680\u2000-\u2006\u2008-\u200A\u205F\u3000]$/u,
  lower: /^\p{Lowercase}$/u,
  print: /^[^\p{C}\p{Zl}\p{Zp}]$/u,
  punct: /^(?![\p{Alphabetic}\p{Nd}])[^\p{C}\p{Zl}\p{Zp}\t-\r \u1680\u2000-\u2006\u2008-\u200A\u205F\u3000]$/u,
  space: spaces,
  upper: /^\p{Uppercase}$/u,
  xdigit: /^[0-9A-Fa-f]$/,
};

export const isClassName = (name: string): name is ClassName => Object.hasOwn(classPatterns, name);

/** A byte that is no UTF-8, as the text carries it: no `.`, class or `[^...]` matches it. */
const isLoneByte = (point: number): boolean => point >= 0xdc80 && point <= 0xdcff;

export const character = (point: number): CharacterSet => ({ ranges: [[point, point]], classes: [], negated: false });

export const anyCharacter: CharacterSet = { ranges: [], classes: [], negated: true };

const word: CharacterSet = { ranges: [[0x5f, 0x5f]], classes: ['alnum'], negated: false };

/** What `\w` and its like mean. */
export const escapedSets: Readonly<Record<string, CharacterSet>> = {
  w: word,
  W: { ...word, negated: true },
  s: { ranges: [], classes: ['space'], negated: false },
  S: { ranges: [], classes: ['space'], negated: true },
};

/** The character in its other cases, and itself. */
export function caseVariants(point: number): readonly number[] {
  const text = String.fromCodePoint(point);
  const variants = [text, text.toLowerCase(), text.toUpperCase(), text.toUpperCase().toLowerCase()].map((variant) => {
    const first = variant.codePointAt(0) ?? point;
    return String.fromCodePoint(first) === variant ? first : point;
  });
  return [...new Set(variants)];
}

function isMember(set: CharacterSet, point: number): boolean {
  if (set.ranges.some(([from, to]) => point >= from && point <= to)) return true;
  if (set.classes.length === 0 || isLoneByte(point)) return false;
  const text = String.fromCodePoint(point);
  return set.classes.some((name) => classPatterns[name].test(text));
}

/** Cased classes take both cases where case does not matter. */
const caseless = (set: CharacterSet): CharacterSet => ({
  ...set,
  classes: set.classes.map((name) => (name === 'lower' || name === 'upper' ? 'alpha' : name)),
});

function fullTest(set: CharacterSet, ignoreCase: boolean): CharacterTest {
  const wanted = ignoreCase ? caseless(set) : set;
  return (point) => {
    if (set.negated && isLoneByte(point)) return false;
    const member = ignoreCase
      ? caseVariants(point).some((variant) => isMember(wanted, variant))
      : isMember(wanted, point);
    return member !== set.negated;
  };
}

const tableSize = 128;

/** The function that says whether a character is in the set; ASCII is answered by a table. */
export function compileSet(set: CharacterSet, ignoreCase: boolean): CharacterTest {
  const [single] = set.ranges;
  if (single !== undefined && single[0] === single[1] && set.ranges.length + set.classes.length === 1 && !set.negated) {
    const [first = 0, second = first, ...others] = ignoreCase ? caseVariants(single[0]) : [single[0]];
    if (others.length === 0) return (point) => point === first || point === second;
  }
  const slow = fullTest(set, ignoreCase);
  const table = Uint8Array.from({ length: tableSize }, (_, point) => (slow(point) ? 1 : 0));
  return (point) => (point < tableSize ? table[point] === 1 : slow(point));
}

/** A character of words, for `\b` and its like. */
export const isWordCharacter: CharacterTest = compileSet(word, false);
