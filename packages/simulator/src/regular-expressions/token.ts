/** The tokens of an expression; what begins one depends on the syntax, and for anchors of basic expressions on the place. */
import { anyCharacter, character, escapedSets, type CharacterSet } from './character-set.ts';
import { readBracket } from './bracket.ts';
import { ExpressionError, words } from './expression-error.ts';
import type { Syntax } from './syntax.ts';
import type { Assertion } from './syntax-tree.ts';

export type Token =
  | { readonly type: 'end' | 'open' | 'close' | 'alternative' | 'interval'; readonly end: number }
  | { readonly type: 'operator'; readonly operator: '*' | '+' | '?'; readonly end: number }
  | { readonly type: 'assertion'; readonly assertion: Assertion; readonly end: number }
  | { readonly type: 'set'; readonly set: CharacterSet; readonly end: number }
  | { readonly type: 'reference'; readonly index: number; readonly end: number };

export interface Place {
  readonly text: string;
  readonly at: number;
  readonly syntax: Syntax;
  /** Where a basic expression may have the anchor `^`: at its start, and after `\(` and `\|`. */
  readonly atStart: boolean;
}

const escapedAssertions: Readonly<Record<string, Assertion>> = {
  b: 'wordBoundary',
  B: 'notWordBoundary',
  '<': 'wordStart',
  '>': 'wordEnd',
  '`': 'bufferStart',
  "'": 'bufferEnd',
};

const plainTypes: Readonly<Record<string, 'open' | 'close' | 'alternative' | 'interval'>> = {
  '(': 'open',
  ')': 'close',
  '|': 'alternative',
  '{': 'interval',
};

/** What `(`, `{`, `+` and the like are as operators. */
function operatorToken(letter: string, end: number): Token | undefined {
  if (letter === '+' || letter === '?') return { type: 'operator', operator: letter, end };
  const type = plainTypes[letter];
  return type && { type, end };
}

function literalToken(text: string, at: number): Token {
  const point = text.codePointAt(at) ?? 0;
  return { type: 'set', set: character(point), end: at + (point > 0xffff ? 2 : 1) };
}

function escapeToken({ text, at, syntax }: Place): Token {
  const letter = text.charAt(at + 1);
  const end = at + 2;
  if (letter === '') throw new ExpressionError(words.trailingBackslash);
  if (!syntax.extended) {
    const operator = operatorToken(letter, end);
    if (operator) return operator;
  }
  if (/[1-9]/.test(letter)) return { type: 'reference', index: Number(letter), end };
  const assertion = escapedAssertions[letter];
  if (assertion) return { type: 'assertion', assertion, end };
  const set = escapedSets[letter];
  return set ? { type: 'set', set, end } : literalToken(text, at + 1);
}

/** Whether the `$` here is an anchor: in basic expressions only at the end of one or of a part. */
function isEndAnchor({ text, at, syntax }: Place): boolean {
  return syntax.extended || at + 1 === text.length || /^\\[)|]/.test(text.slice(at + 1, at + 3));
}

/** The token at a place. */
export function readToken(place: Place): Token {
  const { text, at, syntax } = place;
  const letter = text.charAt(at);
  const end = at + 1;
  if (letter === '') return { type: 'end', end: at };
  if (letter === '\\') return escapeToken(place);
  if (letter === '*') return { type: 'operator', operator: letter, end };
  if (letter === '.') return { type: 'set', set: anyCharacter, end };
  if (letter === '[') return { type: 'set', ...readBracket(text, at) };
  if (letter === '^' && (syntax.extended || place.atStart)) return { type: 'assertion', assertion: 'lineStart', end };
  if (letter === '$' && isEndAnchor(place)) return { type: 'assertion', assertion: 'lineEnd', end };
  return (syntax.extended ? operatorToken(letter, end) : undefined) ?? literalToken(text, at);
}
