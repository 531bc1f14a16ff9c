/** Bracket expressions: `[a-z]`, `[^[:digit:]]`, `[[.-.]]`, `[[=a=]]` (regex(7)). */
import { isClassName, type CharacterSet, type ClassName } from './character-set.ts';
import { ExpressionError, words } from './expression-error.ts';

export interface ReadBracket {
  readonly set: CharacterSet;
  /** Where the text goes on. */
  readonly end: number;
}

type Element =
  | { readonly type: 'character'; readonly point: number; readonly end: number }
  | { readonly type: 'class'; readonly name: ClassName; readonly end: number }
  | { readonly type: 'equivalents'; readonly point: number; readonly end: number };

/** `[:name:]`, `[.x.]` or `[=x=]` at `at`. */
function readNamed(text: string, at: number): Element {
  const mark = text.charAt(at + 1);
  const close = text.indexOf(`${mark}]`, at + 2);
  if (close === -1) throw new ExpressionError(words.unmatchedBracket);
  const name = text.slice(at + 2, close);
  const end = close + 2;
  if (mark === ':') {
    if (!isClassName(name)) throw new ExpressionError(words.characterClass);
    return { type: 'class', name, end };
  }
  const point = name.codePointAt(0);
  if (point === undefined || String.fromCodePoint(point) !== name) throw new ExpressionError(words.collation);
  return { type: mark === '=' ? 'equivalents' : 'character', point, end };
}

function readElement(text: string, at: number): Element {
  if (/^\[[:.=]/.test(text.slice(at, at + 2))) return readNamed(text, at);
  const point = text.codePointAt(at);
  if (point === undefined) throw new ExpressionError(words.unmatchedBracket);
  return { type: 'character', point, end: at + (point > 0xffff ? 2 : 1) };
}

/** `[:space:]` alone is nearly always meant as `[[:space:]]`: GNU refuses it. */
function refuseConfused(text: string, start: number): void {
  if (/^\[:[^\]:[]*[^\]:[]:\]/.test(text.slice(start))) throw new ExpressionError(words.confusedClass);
}

/** The bracket expression whose `[` is at `start`. */
export function readBracket(text: string, start: number): ReadBracket {
  const negated = text[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  if (first >= text.length) throw new ExpressionError(words.expression);
  refuseConfused(text, start);
  const ranges: (readonly [number, number])[] = [];
  const classes: ClassName[] = [];
  let at = first;
  while (text[at] !== ']' || at === first) {
    // A hyphen is itself at either end; elsewhere it could only be a mistake.
    if (text[at] === '-' && at > first && text[at + 1] !== ']' && at + 1 < text.length)
      throw new ExpressionError(words.rangeEnd);
    const element = readElement(text, at);
    at = element.end;
    if (text[at] === '-' && at + 1 < text.length && text[at + 1] !== ']') {
      const last = readElement(text, at + 1);
      if (element.type !== 'character' || last.type !== 'character' || last.point < element.point)
        throw new ExpressionError(words.rangeEnd);
      ranges.push([element.point, last.point]);
      at = last.end;
    } else if (element.type === 'class') classes.push(element.name);
    else ranges.push([element.point, element.point]);
  }
  return { set: { ranges, classes, negated }, end: at + 1 };
}
