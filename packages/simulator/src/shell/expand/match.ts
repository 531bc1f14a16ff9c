/**
 * Matching of patterns, linear in pattern times text: all but the last segment are put as far in front as they go, which leaves the
 * most to those behind, so that nothing is ever tried again. Texts are lists of characters.
 */
import { matchesElement, type Pattern, type Segment } from './pattern.ts';

type Text = readonly string[];

function standsAt(segment: Segment, text: Text, at: number): boolean {
  if (at + segment.length > text.length) return false;
  return segment.every((element, index) => matchesElement(element, text[at + index] ?? ''));
}

function firstPlace(segment: Segment, text: Text, from: number): number | undefined {
  for (let at = from; at + segment.length <= text.length; at++) if (standsAt(segment, text, at)) return at;
  return undefined;
}

function lastPlace(segment: Segment, text: Text, from: number): number | undefined {
  for (let at = text.length - segment.length; at >= from; at--) if (standsAt(segment, text, at)) return at;
  return undefined;
}

/** Where the shortest or longest match that starts at `from` ends. */
function matchEnd(pattern: Pattern, text: Text, scope: { from: number; longest: boolean }): number | undefined {
  const [first = [], ...others] = pattern.segments;
  if (!standsAt(first, text, scope.from)) return undefined;
  let end = scope.from + first.length;
  for (const [index, segment] of others.entries()) {
    const place = scope.longest && index === others.length - 1 ? lastPlace : firstPlace;
    const found = place(segment, text, end);
    if (found === undefined) return undefined;
    end = found + segment.length;
  }
  return end;
}

/** Whether the whole of a text matches. */
export function matchesWhole(pattern: Pattern, text: string): boolean {
  const characters = Array.from(text);
  return matchEnd(pattern, characters, { from: 0, longest: true }) === characters.length;
}

/** How many characters the prefix that matches has. */
export function prefixLength(pattern: Pattern, text: Text, longest: boolean): number | undefined {
  return matchEnd(pattern, text, { from: 0, longest });
}

/** How many characters the suffix that matches has. */
export function suffixLength(pattern: Pattern, text: Text, longest: boolean): number | undefined {
  const segments = pattern.segments.map((segment) => segment.toReversed()).toReversed();
  return matchEnd({ ...pattern, segments }, text.toReversed(), { from: 0, longest });
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
  const start = firstPlace(pattern.segments[0] ?? [], text, from);
  if (start === undefined) return undefined;
  const end = matchEnd(pattern, text, { from: start, longest: true });
  return end === undefined ? undefined : { start, end };
}
