/** `Diagnostic`: what is wrong with text that a person wrote, as a value. Parsing text never throws. */

/** A stretch of a text in UTF-16 units: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How much it matters: `error` is what OpenSSH refuses or passes over, `warning` what it takes with a remark or against expectation. */
export type Severity = 'error' | 'warning' | 'information';

/** A change that would mend the text: the span is replaced by `text`. */
export interface Fix {
  readonly title: string;
  readonly span: Span;
  readonly text: string;
}

/** What is wrong with text that a person wrote, where, and how to mend it. */
export interface Diagnostic {
  /** A stable name in kebab-case, such as `bad-configuration-option`. */
  readonly code: string;
  readonly severity: Severity;
  readonly span: Span;
  /** OpenSSH's words where OpenSSH says something, without the file and the line. */
  readonly message: string;
  readonly fix?: Fix;
}
