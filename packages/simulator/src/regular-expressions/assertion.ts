/** Whether an assertion holds between two characters of a text. */
import { isWordCharacter } from './character-set.ts';
import type { Assertion } from './syntax-tree.ts';

function isWordBefore(text: string, at: number): boolean {
  if (at === 0) return false;
  const unit = text.charCodeAt(at - 1);
  const isPair = unit >= 0xdc00 && unit <= 0xdfff && at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff;
  return isWordCharacter(isPair ? (text.codePointAt(at - 2) ?? 0) : unit);
}

const isWordAfter = (text: string, at: number): boolean =>
  at < text.length && isWordCharacter(text.codePointAt(at) ?? 0);

/** `multiline` makes each line of the text a line for `^` and `$`. */
export function holds(
  assertion: Assertion,
  { text, multiline }: { text: string; multiline: boolean },
  at: number,
): boolean {
  switch (assertion) {
    case 'lineStart':
      return at === 0 || (multiline && text[at - 1] === '\n');
    case 'lineEnd':
      return at === text.length || (multiline && text[at] === '\n');
    case 'bufferStart':
      return at === 0;
    case 'bufferEnd':
      return at === text.length;
    case 'wordBoundary':
      return isWordBefore(text, at) !== isWordAfter(text, at);
    case 'notWordBoundary':
      return isWordBefore(text, at) === isWordAfter(text, at);
    case 'wordStart':
      return !isWordBefore(text, at) && isWordAfter(text, at);
    case 'wordEnd':
      return isWordBefore(text, at) && !isWordAfter(text, at);
    case 'afterNoWord':
      return !isWordBefore(text, at);
    case 'beforeNoWord':
      return !isWordAfter(text, at);
  }
}
