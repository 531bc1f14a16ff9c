/** What one line means by its keyword's row alone, active or not: OpenSSH refuses a wrong line in a block that does not match, too. */
import type { Problem } from '../keywords/grammar.ts';
import type { ArgumentInput, GrammarTexts } from '../keywords/grammar.ts';
import type { KeywordRow, OpenSshVersion, RetiredKeyword, RetiredStatus } from '../keywords/row.ts';
import { matchPatternList } from '../patterns/pattern-list.ts';
import type { DirectiveLine } from '../syntax/tree.ts';

/** A file format: its rows, the words of the program that reads it, and how that program spells keywords back. */
export interface ConfigFormat {
  readonly rows: ReadonlyMap<string, KeywordRow<unknown>>;
  readonly retired: ReadonlyMap<string, RetiredKeyword>;
  readonly texts: GrammarTexts;
  /** ssh prints keywords in lower case, sshd as they are written. */
  readonly spell: (keyword: string) => string;
  /** What the program prints about a keyword that does nothing; undefined if it is silent. */
  readonly retiredRemark: (status: RetiredStatus, keyword: string) => string | undefined;
}

/** How a message begins: `FILE line N: `, `FILE: line N: `, or with nothing. */
export type MessagePlace = 'line' | 'colon-line' | 'none';

export interface LineProblem extends Problem {
  readonly place: MessagePlace;
  readonly severity: 'error' | 'warning';
  /** A second message about the same line. */
  readonly also?: string;
}

export type Interpretation = {
  /** May the keyword stand in a Match block? */
  readonly inMatch: boolean;
} & (
  | { readonly type: 'directive'; readonly row: KeywordRow<unknown>; readonly keyword: string }
  | { readonly type: 'nothing' }
  | { readonly type: 'problem'; readonly problem: LineProblem }
);

/** Makes the index of a format: keywords and aliases in lower case. */
export function indexRows(
  rows: Readonly<Record<string, KeywordRow<unknown>>>,
): ReadonlyMap<string, KeywordRow<unknown>> {
  const index = new Map<string, KeywordRow<unknown>>();
  for (const row of Object.values(rows)) {
    for (const name of [row.name.toLowerCase(), ...row.aliases]) index.set(name, row);
  }
  return index;
}

export function indexRetired(retired: readonly RetiredKeyword[]): ReadonlyMap<string, RetiredKeyword> {
  return new Map(retired.map((keyword) => [keyword.name, keyword]));
}

export interface InterpretOptions {
  readonly format: ConfigFormat;
  readonly version: OpenSshVersion;
  /** The value of IgnoreUnknown so far. */
  readonly ignoreUnknown?: string | undefined;
}

export function interpretLine(line: DirectiveLine, options: InterpretOptions): Interpretation {
  const { format, version } = options;
  const keyword = format.spell(line.keyword);
  const name = line.keyword.toLowerCase();
  const candidate = format.rows.get(name);
  const row = candidate?.versions.includes(version) === true ? candidate : undefined;
  const retired = format.retired.get(name);
  const inMatch = row?.inMatch ?? retired?.inMatch ?? false;
  const problem = lineProblem(line, keyword, row === undefined && isUnknown(name, retired, options));
  if (problem !== undefined) return { type: 'problem', inMatch, problem };
  if (row !== undefined) return { type: 'directive', inMatch, row, keyword };
  const remark = retired === undefined ? undefined : format.retiredRemark(retired.status[version], keyword);
  if (remark === undefined) return { type: 'nothing', inMatch };
  const warning = {
    code: 'retired-keyword',
    message: remark,
    fatal: false,
    place: 'line',
    severity: 'warning',
  } as const;
  return { type: 'problem', inMatch, problem: warning };
}

function isUnknown(name: string, retired: RetiredKeyword | undefined, options: InterpretOptions): boolean {
  if ((retired?.status[options.version] ?? 'unknown') !== 'unknown') return false;
  return matchPatternList(name, options.ignoreUnknown ?? '') !== 'matched';
}

function lineProblem(line: DirectiveLine, keyword: string, unknown: boolean): LineProblem | undefined {
  const common = { fatal: false, place: 'line', severity: 'error' } as const;
  if (line.fault === 'no-argument') {
    return { ...common, code: 'no-argument', message: `no argument after keyword "${keyword}"` };
  }
  if (unknown) {
    const message = `Bad configuration option: ${keyword}`;
    const also = line.fault === 'invalid-quotes' ? { also: 'invalid quotes' } : {};
    return { ...common, ...also, code: 'bad-configuration-option', message, place: 'colon-line' };
  }
  if (line.fault === 'invalid-quotes') return { ...common, code: 'invalid-quotes', message: 'invalid quotes' };
  // Differs from OpenSSH, which has no such limit.
  if (line.fault === 'too-many-arguments')
    return { ...common, code: 'too-many-arguments', message: 'too many arguments' };
  return undefined;
}

export type ArgumentCheck =
  | { readonly ok: true; /** Whether later lines are still looked at. */ readonly leavesOpen: boolean }
  | { readonly ok: false; readonly problem: LineProblem };

/** Reads the arguments by the row's grammar, without keeping the value. */
export function checkArguments(row: KeywordRow<unknown>, input: ArgumentInput): ArgumentCheck {
  const result = row.grammar.parse(input);
  if (!result.ok) return { ok: false, problem: { ...result.problem, place: 'line', severity: 'error' } };
  if (result.used < input.words.length) return { ok: false, problem: extraArguments(input.keyword) };
  return { ok: true, leavesOpen: row.leavesOpen(result.value) };
}

function extraArguments(keyword: string): LineProblem {
  const message = `keyword ${keyword} extra arguments at end of line`;
  return { code: 'extra-arguments', message, fatal: false, place: 'line', severity: 'error' };
}
