/**
 * Collects what lines give: which value of a keyword holds, which lost and why, and what the program prints about the files. The
 * first obtained value wins, or values collect, as the row says.
 */
import type { Span } from '../../diagnostic.ts';
import type { KeywordRow } from '../keywords/row.ts';
import type { ConfigDiagnostic } from './evaluation.ts';
import type { DirectiveLine } from '../syntax/tree.ts';
import type { LineProblem } from './interpret.ts';
import type { Place, SettingEntry } from './settings.ts';

/** What became of a line: `bad` lines are counted, after `stop` nothing more is read and the program would exit with 255. */
export type Outcome = 'fine' | 'bad' | 'stop';

export interface LinePosition {
  readonly file: string;
  readonly line: number;
  readonly span: Span;
  readonly isSystemWide?: boolean;
}

export class Collector {
  readonly diagnostics: ConfigDiagnostic[] = [];
  readonly printed: string[] = [];
  failed = false;
  readonly #entries = new Map<string, Map<string, SettingEntry>>();
  readonly #won = new Set<string>();
  readonly #reported = new Set<string>();

  /** Takes a line's arguments. A line that is read again, in the final pass, may hold now where it did not before. */
  add(row: KeywordRow<unknown>, entry: SettingEntry, active: boolean): void {
    const entries = this.#entries.get(row.name) ?? new Map<string, SettingEntry>();
    this.#entries.set(row.name, entries);
    const key = `${entry.place.file}\n${entry.place.line}\n${entry.place.span.start}`;
    const before = entries.get(key);
    if (before !== undefined && (before.lost !== 'block-does-not-match' || !active)) return;
    entries.delete(key);
    if (!active) {
      entries.set(key, { ...entry, lost: 'block-does-not-match' });
    } else if (entry.lost !== undefined) {
      entries.set(key, entry);
    } else if (row.occurrence === 'first' && this.#won.has(row.name)) {
      entries.set(key, { ...entry, lost: 'an-earlier-value-won' });
    } else {
      if (row.occurrence === 'last') dethrone(entries);
      this.#won.add(row.name);
      entries.set(key, entry);
    }
  }

  /** From here on no line of the keyword wins. */
  settle(name: string): void {
    this.#won.add(name);
  }

  /** The lines of a keyword so far, in the order in which they took effect. */
  lines(name: string): readonly SettingEntry[] {
    return [...(this.#entries.get(name)?.values() ?? [])];
  }

  /** Reports a problem of a line once, however often the line is read. */
  report(at: LinePosition, problem: LineProblem): Outcome {
    const start = { line: `${at.file} line ${at.line}: `, 'colon-line': `${at.file}: line ${at.line}: `, none: '' }[
      problem.place
    ];
    const also = problem.also === undefined ? [] : [`${at.file} line ${at.line}: ${problem.also}`];
    const printed = [...(problem.before ?? []), start + problem.message, ...also];
    const diagnostic = { code: problem.code, severity: problem.severity, message: problem.message, span: at.span };
    const key = `${problem.code}\n${at.file}\n${at.line}\n${problem.message}`;
    if (!this.#reported.has(key)) this.diagnostics.push({ ...diagnostic, file: at.file, line: at.line, printed });
    this.#reported.add(key);
    this.printed.push(...printed);
    if (problem.severity === 'warning') return 'fine';
    this.failed = true;
    return problem.fatal ? 'stop' : 'bad';
  }

  /** The last line of a file with bad options, after which the program ends. */
  terminate(file: string, badOptions: number): Outcome {
    const message = `${file}: terminating, ${badOptions} bad configuration options`;
    const at = { file, line: 0, span: { start: 0, end: 0 } };
    return this.report(at, { code: 'terminating', message, fatal: true, place: 'none', severity: 'error' });
  }
}

function dethrone(entries: Map<string, SettingEntry>): void {
  for (const [key, entry] of entries) {
    if (entry.lost === undefined) entries.set(key, { ...entry, lost: 'a-later-value-won' });
  }
}

export function placeOf(at: LinePosition, block: Place['block']): Place {
  return block === undefined ? at : { ...at, block };
}

/** Differs from OpenSSH, which has no such limit. */
export const unreadProblem: LineProblem = {
  code: 'too-long',
  message: 'line or file too long',
  fatal: false,
  place: 'line',
  severity: 'error',
};

export function wordsOf(line: DirectiveLine): readonly string[] {
  return line.arguments.map((argument) => argument.value);
}
