/**
 * The lossless tree of an ssh_config or sshd_config text: one node per line, with spans into the text. The rule: the texts of the
 * lines, joined, are the file. ssh_config(5), and argv_split of OpenSSH for quotes.
 */
import type { Diagnostic, Span } from '../../diagnostic.ts';

/** One argument: `value` is without quotes and escapes, `span` covers it as written. */
export interface Argument {
  readonly value: string;
  readonly span: Span;
}

interface LineCommon {
  /** From 1, as OpenSSH counts. */
  readonly number: number;
  /** The whole line, its newline included. */
  readonly span: Span;
}

/** Nothing that OpenSSH acts on: white space, or a keyword with an unmatched quote. */
export interface BlankLine extends LineCommon {
  readonly type: 'blank';
}

/** A line that holds a comment only. */
export interface CommentLine extends LineCommon {
  readonly type: 'comment';
  /** From the `#` to the end, without the line's end. */
  readonly comment: Span;
}

/** A keyword and its arguments. */
export interface DirectiveLine extends LineCommon {
  readonly type: 'directive';
  /** As written, without quotes. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** What stands between keyword and arguments: white space, and perhaps one `=`. */
  readonly separator: Span;
  readonly arguments: readonly Argument[];
  /** Everything after the separator, without trailing white space: what ProxyCommand and its like take whole. */
  readonly rest: Argument;
  readonly comment?: Span;
  /** Why the line is refused before the keyword's grammar is looked at. */
  readonly fault?: 'no-argument' | 'invalid-quotes' | 'too-many-arguments';
}

/** Text beyond a limit, kept and not read: one long line, or all that follows the limit of the file. */
export interface UnreadLine extends LineCommon {
  readonly type: 'unread';
}

/** One line of a configuration file; `type` tells them apart. */
export type ConfigLine = BlankLine | CommentLine | DirectiveLine | UnreadLine;

/** A parsed configuration file, lossless: `printConfig` gives its text back. */
export interface ConfigTree {
  readonly text: string;
  readonly lines: readonly ConfigLine[];
  /** Of the syntax alone; what the keywords say of their arguments comes with evaluation. */
  readonly diagnostics: readonly Diagnostic[];
}
