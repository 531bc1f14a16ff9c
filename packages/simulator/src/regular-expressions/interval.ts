/** Intervals: `{2}`, `{2,}`, `{,3}`, `{2,3}`, as glibc reads and refuses them. */
import { ExpressionError, words } from './expression-error.ts';
import { largestRepetition } from './limits.ts';
import type { Syntax } from './syntax.ts';

export interface Interval {
  readonly minimum: number;
  readonly maximum: number;
  readonly end: number;
}

type Bound = number | 'none' | 'wrong';

function boundOf(text: string): Bound {
  if (text === '') return 'none';
  return /^\d+$/.test(text) ? Math.min(Number(text), largestRepetition + 1) : 'wrong';
}

/** What follows the opening brace; `undefined` if the brace is to be taken as itself. */
export function readInterval(text: string, at: number, syntax: Syntax): Interval | undefined {
  const close = syntax.extended ? '}' : String.raw`\}`;
  const found = text.indexOf(close, at);
  const body = found === -1 ? text.slice(at) : text.slice(at, found);
  const [low = '', high, ...more] = body.split(',');
  const minimum = boundOf(low);
  const maximum = high === undefined ? minimum : boundOf(high);
  const malformed = minimum === 'wrong' || maximum === 'wrong' || (minimum === 'none' && high === undefined);
  if (found === -1 || malformed) {
    if (syntax.loneBrace) return undefined;
    throw new ExpressionError(found === -1 ? words.unmatchedInterval : words.intervalContent);
  }
  const from = minimum === 'none' ? 0 : minimum;
  const to = maximum === 'none' ? Infinity : maximum;
  if (more.length > 0 || to < from) throw new ExpressionError(words.intervalContent);
  if (Math.max(from, to === Infinity ? 0 : to) > largestRepetition) throw new ExpressionError(words.tooBig);
  return { minimum: from, maximum: to, end: found + close.length };
}
