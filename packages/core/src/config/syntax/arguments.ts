/** Splits the rest of a line into arguments, with the quotes, escapes and comments of OpenSSH's argv_split. */
import type { Span } from '../../diagnostic.ts';
import type { Argument } from './tree.ts';

/** The arguments of a line, with where they and what ends them stand. */
export interface SplitArguments {
  readonly arguments: readonly Argument[];
  /** From a `#` that begins a word to the end. */
  readonly comment?: Span;
  /** The quote that is never closed. */
  readonly unclosedQuote?: Span;
}

interface Word {
  readonly value: string;
  readonly end: number;
  readonly openQuoteAt: number | undefined;
}

/** Splits `text` within `span`. A backslash escapes quotes and itself, and a space outside quotes; else it stands for itself. */
export function splitArguments(text: string, span: Span): SplitArguments {
  const found: Argument[] = [];
  let at = span.start;
  while (at < span.end) {
    if (isBlank(text[at])) {
      at += 1;
    } else if (text[at] === '#') {
      return { arguments: found, comment: { start: at, end: span.end } };
    } else {
      const word = readWord(text, at, span.end);
      if (word.openQuoteAt !== undefined) {
        return { arguments: found, unclosedQuote: { start: word.openQuoteAt, end: span.end } };
      }
      found.push({ value: word.value, span: { start: at, end: word.end } });
      at = word.end;
    }
  }
  return { arguments: found };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function readWord(text: string, start: number, end: number): Word {
  let value = '';
  let quote: string | undefined;
  let openQuoteAt = start;
  let at = start;
  for (; at < end; at += 1) {
    const character = text[at];
    if (character === '\\' && at + 1 < end && isEscapable(text[at + 1], quote)) {
      at += 1;
      value += text[at];
    } else if (quote === undefined && isBlank(character)) {
      break;
    } else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      openQuoteAt = at;
    } else if (character === quote) {
      quote = undefined;
    } else {
      value += character;
    }
  }
  return { value, end: at, openQuoteAt: quote === undefined ? undefined : openQuoteAt };
}

function isEscapable(character: string | undefined, quote: string | undefined): boolean {
  return character === "'" || character === '"' || character === '\\' || (character === ' ' && quote === undefined);
}
