/** The lossless tree that the line files of ssh share: the texts of the lines, joined, are the file. */
import type { Diagnostic, Span } from '../diagnostic.ts';

export interface LinePlace {
  /** From 1. */
  readonly number: number;
  /** The whole line, its newline included. */
  readonly span: Span;
}

/** A line that holds no entry: blank, a comment, or one that is wrong and that OpenSSH would skip. */
export interface OtherLine extends LinePlace {
  readonly type: 'blank' | 'comment' | 'invalid';
}

export interface LineFile<Entry> {
  readonly text: string;
  readonly lines: readonly (Entry | OtherLine)[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The text of a parsed file: what was parsed, byte for byte. */
export function printLines(file: LineFile<LinePlace>): string {
  return file.lines.map((line) => file.text.slice(line.span.start, line.span.end)).join('');
}
