/**
 * Matching of patterns: all but the last segment are put as far in front as they go, which leaves the most to those behind, so that
 * nothing is ever tried again. Segments of characters alone are found in linear time (Knuth, Morris and Pratt 1977); for others the
 * comparisons are counted. Texts are lists of characters.
 */
import { maximumComparisons } from '../limits.ts';
import { matchesElement, type Element, type Pattern, type Segment } from './pattern.ts';

type Text = readonly string[];

/** A pattern took more comparisons than a shell may make for it. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

const isLiteral = (segment: Segment): segment is Text => segment.every((element) => typeof element === 'string');

/** For each character how much of the wanted text's beginning ends with it. */
function overlaps(wanted: Text): Int32Array {
  const table = new Int32Array(wanted.length);
  for (let index = 1, length = 0; index < wanted.length; index++) {
    while (length > 0 && wanted[index] !== wanted[length]) length = table[length - 1] ?? 0;
    if (wanted[index] === wanted[length]) length++;
    table[index] = length;
  }
  return table;
}

interface Stretch {
  readonly length: number;
  at(index: number): string | undefined;
}

/** The first place of some text in a stretch. */
function findLiteral(wanted: Text, stretch: Stretch): number | undefined {
  if (wanted.length === 0) return 0;
  if (wanted.length > stretch.length) return undefined;
  const table = overlaps(wanted);
  for (let index = 0, length = 0; index < stretch.length; index++) {
    const character = stretch.at(index);
    while (length > 0 && character !== wanted[length]) length = table[length - 1] ?? 0;
    if (character === wanted[length]) length++;
    if (length === wanted.length) return index + 1 - length;
  }
  return undefined;
}

interface Scope {
  readonly from: number;
  readonly end: 'first' | 'last' | 'whole';
}

class Matcher {
  readonly #text: Text;
  #comparisons = 0;

  constructor(text: Text) {
    this.#text = text;
  }

  #compare(element: Element, at: number): boolean {
    this.#comparisons++;
    if (this.#comparisons > maximumComparisons) throw new PatternError('pattern takes too many comparisons');
    return matchesElement(element, this.#text[at] ?? '');
  }

  #standsAt(segment: Segment, at: number): boolean {
    if (at + segment.length > this.#text.length) return false;
    return segment.every((element, index) => this.#compare(element, at + index));
  }

  firstPlace(segment: Segment, from: number): number | undefined {
    const text = this.#text;
    if (isLiteral(segment)) {
      const found = findLiteral(segment, { length: text.length - from, at: (index) => text[from + index] });
      return found === undefined ? undefined : from + found;
    }
    for (let at = from; at + segment.length <= text.length; at++) if (this.#standsAt(segment, at)) return at;
    return undefined;
  }

  #lastPlace(segment: Segment, from: number): number | undefined {
    const text = this.#text;
    const end = text.length - segment.length;
    if (isLiteral(segment)) {
      const backwards = { length: text.length - from, at: (index: number) => text[text.length - 1 - index] };
      const found = findLiteral(segment.toReversed(), backwards);
      return found === undefined ? undefined : end - found;
    }
    for (let at = end; at >= from; at--) if (this.#standsAt(segment, at)) return at;
    return undefined;
  }

  #place(segment: Segment, { from, end }: Scope): number | undefined {
    if (end === 'first') return this.firstPlace(segment, from);
    if (end === 'last') return this.#lastPlace(segment, from);
    const at = this.#text.length - segment.length;
    return at >= from && this.#standsAt(segment, at) ? at : undefined;
  }

  /** Where the match that starts at `from` ends: the shortest, the longest, or the one that takes the whole text. */
  matchEnd(pattern: Pattern, scope: Scope): number | undefined {
    const [first = [], ...others] = pattern.segments;
    if (!this.#standsAt(first, scope.from)) return undefined;
    let end = scope.from + first.length;
    for (const [index, segment] of others.entries()) {
      const isLast = index === others.length - 1;
      const found = this.#place(segment, { from: end, end: isLast ? scope.end : 'first' });
      if (found === undefined) return undefined;
      end = found + segment.length;
    }
    return end;
  }
}

/** Whether the whole of a text matches. */
export function matchesWhole(pattern: Pattern, text: string): boolean {
  const characters = Array.from(text);
  return new Matcher(characters).matchEnd(pattern, { from: 0, end: 'whole' }) === characters.length;
}

/** How many characters the prefix that matches has. */
export function prefixLength(pattern: Pattern, text: Text, longest: boolean): number | undefined {
  return new Matcher(text).matchEnd(pattern, { from: 0, end: longest ? 'last' : 'first' });
}

/** How many characters the suffix that matches has. */
export function suffixLength(pattern: Pattern, text: Text, longest: boolean): number | undefined {
  const segments = pattern.segments.map((segment) => segment.toReversed()).toReversed();
  return prefixLength({ ...pattern, segments }, text.toReversed(), longest);
}

export interface Match {
  readonly start: number;
  readonly end: number;
}

/**
 * The longest match that starts first, at `from` or later. If the first segment's first place leads to none, no later one does: what
 * follows a later place followed the first one, too.
 */
export function findMatch(pattern: Pattern, text: Text, from: number): Match | undefined {
  const matcher = new Matcher(text);
  const start = matcher.firstPlace(pattern.segments[0] ?? [], from);
  if (start === undefined) return undefined;
  const end = matcher.matchEnd(pattern, { from: start, end: 'last' });
  return end === undefined ? undefined : { start, end };
}
