/**
 * Parses ssh_config and sshd_config text into its lossless tree. It never throws and takes time linear in the text. The division
 * into keyword, separator and arguments is that of OpenSSH's strdelim and argv_split.
 */
import type { Diagnostic, Span } from '../../diagnostic.ts';
import { configLimits, type ConfigLimits } from '../limits.ts';
import { splitArguments, type SplitArguments } from './arguments.ts';
import type { ConfigLine, ConfigTree, DirectiveLine } from './tree.ts';

/** Parses a whole file. */
export function parseConfig(text: string, limits: ConfigLimits = configLimits): ConfigTree {
  const lines: ConfigLine[] = [];
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  while (start < text.length) {
    const number = lines.length + 1;
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    if (end > limits.fileBytes) {
      lines.push({ type: 'unread', number, span: { start, end: text.length } });
      diagnostics.push(
        error('file-too-large', { start, end: text.length }, `file is longer than ${limits.fileBytes} bytes`),
      );
      break;
    }
    lines.push(parseLine({ text, number, span: { start, end }, limits, diagnostics }));
    start = end;
  }
  return { text, lines, diagnostics };
}

/** The text of a tree: that which was parsed. */
export function printConfig(tree: ConfigTree): string {
  return tree.lines.map((line) => tree.text.slice(line.span.start, line.span.end)).join('');
}

interface LineInput {
  readonly text: string;
  readonly number: number;
  readonly span: Span;
  readonly limits: ConfigLimits;
  readonly diagnostics: Diagnostic[];
}

function parseLine(input: LineInput): ConfigLine {
  const { text, number, span, limits, diagnostics } = input;
  if (span.end - span.start > limits.lineLength) {
    diagnostics.push(error('line-too-long', span, `line is longer than ${limits.lineLength} bytes`));
    return { type: 'unread', number, span };
  }
  reportSuspiciousCharacters(input);
  const end = contentEnd(text, span);
  const first = delimit(text, span.start, end);
  // The first word is empty where white space leads: ssh then takes the next.
  const word = first?.word === '' && first.next !== undefined ? delimit(text, first.next, end) : first;
  if (word === undefined) {
    diagnostics.push(warning('unmatched-quote', { start: span.start, end }, 'no matching quote: the line is ignored'));
    return { type: 'blank', number, span };
  }
  if (word.word === '') return { type: 'blank', number, span };
  if (word.word.startsWith('#')) return { type: 'comment', number, span, comment: { start: word.start, end } };
  return directive(input, word, end);
}

function directive(input: LineInput, word: Delimited, end: number): DirectiveLine {
  const { text, number, span } = input;
  const restStart = Math.min(word.next ?? end, end);
  const common = {
    type: 'directive',
    number,
    span,
    keyword: word.word,
    keywordSpan: { start: word.start, end: word.end },
    separator: { start: word.end, end: restStart },
    rest: { value: text.slice(restStart, end), span: { start: restStart, end } },
  } as const;
  if (restStart >= end) {
    input.diagnostics.push(error('no-argument', common.keywordSpan, `no argument after keyword "${word.word}"`));
    return { ...common, arguments: [], fault: 'no-argument' };
  }
  const split = splitArguments(text, common.rest.span);
  const fault = argumentFault(split, input);
  const comment = split.comment === undefined ? {} : { comment: split.comment };
  return { ...common, arguments: split.arguments, ...comment, ...(fault === undefined ? {} : { fault }) };
}

function argumentFault(split: SplitArguments, input: LineInput): DirectiveLine['fault'] {
  const { limits, diagnostics, span } = input;
  if (split.unclosedQuote !== undefined) {
    diagnostics.push(error('invalid-quotes', split.unclosedQuote, 'invalid quotes'));
    return 'invalid-quotes';
  }
  if (split.arguments.length > limits.patternsInLine) {
    diagnostics.push(error('too-many-arguments', span, `more than ${limits.patternsInLine} arguments`));
    return 'too-many-arguments';
  }
  return undefined;
}

interface Delimited {
  /** Without quotes. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Where the next word begins; undefined if nothing ended this one. */
  readonly next: number | undefined;
}

/** One step of OpenSSH's strdelim: a word up to white space, a quote or `=`. Undefined if a quote has no match. */
function delimit(text: string, start: number, end: number): Delimited | undefined {
  let at = start;
  while (at < end && !' \t\r\n"='.includes(text.charAt(at))) at += 1;
  if (at >= end) return { word: text.slice(start, end), start, end, next: undefined };
  if (text[at] === '"') {
    const offset = text.slice(at + 1, end).indexOf('"');
    if (offset === -1) return undefined;
    const close = at + 1 + offset;
    const word = text.slice(start, at) + text.slice(at + 1, close);
    return { word, start, end: close + 1, next: skipWhiteSpace(text, close + 1, end) };
  }
  const word = text.slice(start, at);
  let next = skipWhiteSpace(text, at + 1, end);
  // Only one `=` is skipped, with white space around it.
  if (text[at] !== '=' && next < end && text[next] === '=') next = skipWhiteSpace(text, next + 1, end);
  return { word, start, end: at, next };
}

function skipWhiteSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

/** Where the line ends for OpenSSH: at a NUL, and without white space and form feeds behind. */
function contentEnd(text: string, span: Span): number {
  const nul = text.slice(span.start, span.end).indexOf('\0');
  let end = nul === -1 ? span.end : span.start + nul;
  // OpenSSH leaves the first character: a form feed alone is a keyword.
  while (end > span.start + 1 && ' \t\r\n\f'.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

/** Marks that make a text look other than it is: Unicode's controls of direction. */
const suspicious = /[\0\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

function reportSuspiciousCharacters({ text, span, diagnostics }: LineInput): void {
  const line = text.slice(span.start, span.end);
  const index = line.search(suspicious);
  if (index === -1) return;
  const at = { start: span.start + index, end: span.start + index + 1 };
  if (line[index] === '\0') {
    diagnostics.push(warning('nul-character', at, 'NUL: the rest of the line is ignored'));
    return;
  }
  const codePoint = line.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
  diagnostics.push(
    warning('bidirectional-mark', at, `mark of text direction U+${codePoint}: the line may not be what it looks like`),
  );
}

function error(code: string, span: Span, message: string): Diagnostic {
  return { code, severity: 'error', span, message };
}

function warning(code: string, span: Span, message: string): Diagnostic {
  return { code, severity: 'warning', span, message };
}
