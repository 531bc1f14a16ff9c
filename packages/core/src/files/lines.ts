/** The lossless tree that the line files of ssh share: the texts of the lines, joined, are the file. */
import type { Diagnostic, Span } from '../diagnostic.ts';

/** Where a line stands in its file. */
export interface LinePlace {
  /** From 1. */
  readonly number: number;
  /** The whole line, its newline included. */
  readonly span: Span;
}

/** A line that holds no entry: blank, a comment, or one that is wrong and that OpenSSH skips. */
export interface OtherLine extends LinePlace {
  readonly type: 'blank' | 'comment' | 'invalid';
}

/** A parsed file of lines: entries and others, in order, none left out. */
export interface LineFile<Entry> {
  readonly text: string;
  readonly lines: readonly (Entry | OtherLine)[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What stands wrong in a line. */
export interface LineFault {
  readonly code: string;
  readonly message: string;
}

export type EntryReader<Entry> = (content: string, place: LinePlace) => Entry | LineFault;

/** OpenSSH's longest public key line, and room for options. A longer line is kept and not read. */
const longestLine = 64 * 1024;

/** Reads a text line by line. Linear; never throws. */
export function parseLines<Entry extends LinePlace>(text: string, read: EntryReader<Entry>): LineFile<Entry> {
  const lines: (Entry | OtherLine)[] = [];
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const span = { start, end: newline === -1 ? text.length : newline + 1 };
    const place = { number: lines.length + 1, span };
    const line = readLine(text.slice(start, newline === -1 ? text.length : newline), place, read);
    if ('message' in line) {
      diagnostics.push({ code: line.code, severity: 'error', span, message: line.message });
      lines.push({ type: 'invalid', ...place });
    } else {
      lines.push(line);
    }
    start = span.end;
  }
  return { text, lines, diagnostics };
}

function readLine<Entry>(raw: string, place: LinePlace, read: EntryReader<Entry>): Entry | OtherLine | LineFault {
  if (raw.length > longestLine) return { code: 'line-too-long', message: `line is longer than ${longestLine} bytes` };
  // For OpenSSH a line ends at a NUL.
  const content = (raw.split('\0', 1)[0] ?? '').replace(/^[ \t]+/, '').replace(/\r$/, '');
  if (content === '') return { type: 'blank', ...place };
  if (content.startsWith('#')) return { type: 'comment', ...place };
  return read(content, place);
}

/** The text of a parsed file: what was parsed, byte for byte. */
export function printLines(file: LineFile<LinePlace>): string {
  return file.lines.map((line) => file.text.slice(line.span.start, line.span.end)).join('');
}

/** The text with a line added at its end, on a line of its own. */
export function appendLine(text: string, line: string): string {
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${separator}${line}\n`;
}
