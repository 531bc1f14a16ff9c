/**
 * Evaluates sshd_config as sshd does. The first value wins; Match blocks are looked at again for each connection, and what they
 * give overrides what stands above. sshd_config(5), OpenSSH's servconf.c.
 */
import { configLimits, type ConfigLimits } from '../limits.ts';
import type { KeywordRow, OpenSshVersion } from '../keywords/row.ts';
import { sshdConfigRetired, sshdConfigRows, type SshdConfigValues } from '../keywords/sshd-config.ts';
import { sshdTexts } from '../keywords/texts.ts';
import { parseConfig } from '../syntax/parse.ts';
import type { ConfigLine, DirectiveLine } from '../syntax/tree.ts';
import { Collector, placeOf, unreadProblem, wordsOf, type LinePosition, type Outcome } from './collector.ts';
import type { ConfigAnswer, ConfigRequest, ConfigSource, Evaluation, IncludedFile } from './evaluation.ts';
import {
  checkArguments,
  indexRetired,
  indexRows,
  interpretLine,
  type ConfigFormat,
  type LineProblem,
} from './interpret.ts';
import { readCriteria } from './match-criteria.ts';
import { connectionMatches, serverCriteria, type ConnectionFacts } from './server-match.ts';
import { Settings, type Place, type SettingEntry } from './settings.ts';

/** The settings of sshd, each with its provenance. */
export type SshdSettings = Settings<SshdConfigValues>;

/** What the evaluation of sshd_config is given. */
export interface SshdConfigInput {
  /** The texts of -o, in order. */
  readonly options: readonly string[];
  readonly file: ConfigSource;
  /** Whose Match blocks to apply; without it the settings are those that sshd starts with. */
  readonly connection?: ConnectionFacts;
  readonly version: OpenSshVersion;
  readonly limits?: ConfigLimits;
}

const remarks: Readonly<Record<string, string>> = {
  deprecated: 'Deprecated option',
  unsupported: 'Unsupported option',
};

export const sshdConfigFormat: ConfigFormat = {
  rows: indexRows(sshdConfigRows),
  retired: indexRetired(sshdConfigRetired),
  texts: sshdTexts,
  spell: (keyword) => keyword,
  retiredRemark: (status, keyword) => (remarks[status] === undefined ? undefined : `${remarks[status]} ${keyword}`),
};

type Run<Result> = Generator<ConfigRequest, Result, ConfigAnswer>;

/** Evaluates the options and the file. Every request is an Include. */
export function* evaluateSshdConfig(input: SshdConfigInput): Run<Evaluation<SshdConfigValues>> {
  const start = new ServerReader(input, undefined);
  yield* start.run();
  const { diagnostics, printed, failed } = start.collector;
  const forConnection =
    input.connection === undefined || failed ? undefined : new ServerReader(input, input.connection);
  if (forConnection !== undefined) yield* forConnection.run();
  const lines = (name: string): readonly SettingEntry[] =>
    overridden(name, start.collector.lines(name), forConnection?.collector.lines(name) ?? []);
  const settings = new Settings({ rows: sshdConfigRows, version: input.version, texts: sshdTexts, lines });
  return { settings, diagnostics, printed, failed };
}

/** What a Match block gives for the connection hides what stands outside of blocks. */
function overridden(
  name: string,
  start: readonly SettingEntry[],
  blocks: readonly SettingEntry[],
): readonly SettingEntry[] {
  const inBlocks = blocks.filter((entry) => entry.lost !== 'block-does-not-match');
  if (inBlocks.length === 0) return start;
  const others = start.filter((entry) => !inBlocks.some((other) => isSamePlace(entry.place, other.place)));
  if (sshdConfigFormat.rows.get(name.toLowerCase())?.occurrence === 'parts') return [...inBlocks, ...others];
  const hidden = others.map((entry): SettingEntry =>
    entry.lost === undefined ? { ...entry, lost: 'a-match-block-won' } : entry,
  );
  return [...inBlocks, ...hidden];
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && a.span.start === b.span.start;
}

interface FileScope {
  readonly source: ConfigSource;
  readonly depth: number;
  /** Under an Include in a block that does not match: nothing matches here. */
  readonly neverMatch: boolean;
}

interface Step {
  readonly line: DirectiveLine;
  readonly at: LinePosition;
  readonly row: KeywordRow<unknown>;
  readonly keyword: string;
}

/** One reading of the files: at the start of sshd, or for a connection, when only Match blocks count. */
class ServerReader {
  readonly collector = new Collector();
  readonly #input: SshdConfigInput;
  readonly #limits: ConfigLimits;
  readonly #connection: ConnectionFacts | undefined;
  #active: boolean;
  /** Outside of every block, where an Include may still bring blocks that match. */
  #beforeBlocks = true;
  #block: Place['block'];

  constructor(input: SshdConfigInput, connection: ConnectionFacts | undefined) {
    this.#input = input;
    this.#limits = input.limits ?? configLimits;
    this.#connection = connection;
    this.#active = connection === undefined;
  }

  *run(): Run<void> {
    if (this.#connection === undefined && this.#readOptions() !== 'fine') return;
    yield* this.#readFile({ source: this.#input.file, depth: 0, neverMatch: false });
  }

  #readOptions(): Outcome {
    for (const [index, option] of this.#input.options.entries()) {
      const [line] = parseConfig(option, this.#limits).lines;
      if (line?.type !== 'directive') continue;
      // Two options may have the same span; a count keeps their places apart.
      const at = { file: 'command-line', line: 0, span: { start: index, end: index + option.length } };
      if (this.#readOption(line, at) !== 'fine') return 'stop';
    }
    return 'fine';
  }

  #readOption(line: DirectiveLine, at: LinePosition): Outcome {
    const meaning = interpretLine(line, { format: sshdConfigFormat, version: this.#input.version });
    if (meaning.type === 'nothing') return 'fine';
    if (meaning.type === 'problem') return this.collector.report(at, meaning.problem);
    if (meaning.row.effect === 'setting') return this.#take({ line, at, row: meaning.row, keyword: meaning.keyword });
    const message = `${meaning.row.name} directive not supported as a command-line option`;
    return this.collector.report(at, fatal('not-an-option', message));
  }

  *#readFile(scope: FileScope): Run<Outcome> {
    const { path, text } = scope.source;
    let bad = 0;
    for (const line of parseConfig(text, this.#limits).lines) {
      const outcome = yield* this.#readLine(line, { file: path, line: line.number, span: line.span }, scope);
      if (outcome === 'stop') return 'stop';
      if (outcome === 'bad') bad += 1;
    }
    return bad === 0 ? 'fine' : this.collector.terminate(path, bad);
  }

  *#readLine(line: ConfigLine, at: LinePosition, scope: FileScope): Run<Outcome> {
    if (line.type === 'unread') return this.collector.report(at, unreadProblem);
    if (line.type !== 'directive') return 'fine';
    const meaning = interpretLine(line, { format: sshdConfigFormat, version: this.#input.version });
    if (line.fault !== 'no-argument' && !this.#active && !meaning.inMatch)
      return this.#refuseInBlock(line, at, meaning);
    if (meaning.type === 'nothing') return 'fine';
    if (meaning.type === 'problem') return this.collector.report(at, meaning.problem);
    const step = { line, at, row: meaning.row, keyword: meaning.keyword };
    if (meaning.row.effect === 'match') return this.#readMatch(step, scope);
    if (meaning.row.effect === 'include') return yield* this.#readInclude(step, scope);
    return this.#take(step);
  }

  #refuseInBlock(line: DirectiveLine, at: LinePosition, meaning: ReturnType<typeof interpretLine>): Outcome {
    // For a connection these lines have been obeyed already.
    if (this.#connection !== undefined) return 'fine';
    if (meaning.type === 'problem' && meaning.problem.severity === 'error') this.collector.report(at, meaning.problem);
    const message = `Directive '${line.keyword}' is not allowed within a Match block`;
    return this.collector.report(at, { ...fatal('not-in-match', message), place: 'line' });
  }

  #check(step: Step): Outcome {
    const words = wordsOf(step.line);
    const input = { words, rest: step.line.rest.value, keyword: step.keyword, texts: sshdTexts };
    const check = checkArguments(step.row, input);
    return check.ok ? 'fine' : this.collector.report(step.at, check.problem);
  }

  #take(step: Step): Outcome {
    const outcome = this.#check(step);
    if (outcome !== 'fine') return outcome;
    const place = placeOf(step.at, this.#block);
    this.collector.add(step.row, { words: wordsOf(step.line), rest: step.line.rest.value, place }, this.#active);
    return 'fine';
  }

  #readMatch(step: Step, scope: FileScope): Outcome {
    const result = readCriteria(wordsOf(step.line), step.at.line, serverCriteria);
    if (!result.ok) {
      const problem = { code: 'bad-match', fatal: true, severity: 'error' } as const;
      this.collector.report(step.at, { ...problem, message: result.problem.message, place: result.problem.place });
      if (result.problem.fatal === true) return 'stop';
      return this.collector.report(step.at, { ...problem, message: 'Bad Match condition', place: 'line' });
    }
    this.#active = !scope.neverMatch && connectionMatches(result.criteria, this.#connection);
    this.#beforeBlocks = false;
    this.#block = { line: step.at.line, text: `${step.line.keyword} ${step.line.rest.value}` };
    return 'fine';
  }

  *#readInclude(step: Step, scope: FileScope): Run<Outcome> {
    const outcome = this.#check(step);
    if (outcome !== 'fine') return outcome;
    for (const word of wordsOf(step.line)) {
      const pattern = word.startsWith('/') ? word : `/etc/ssh/${word}`;
      const answer = yield { type: 'include', pattern };
      const files = answer.type === 'include' ? answer.files : [];
      for (const file of files) {
        if ((yield* this.#readIncluded(step, scope, file)) !== 'fine') return 'stop';
      }
    }
    return 'fine';
  }

  *#readIncluded(step: Step, scope: FileScope, file: IncludedFile): Run<Outcome> {
    if (scope.depth + 1 > this.#limits.includeDepth) {
      return this.collector.report(step.at, fatal('include-depth', 'Too many recursive configuration includes'));
    }
    if (!('text' in file)) {
      const reason = 'failure' in file ? file.failure : 'Permission denied';
      return this.collector.report(step.at, fatal('unreadable-include', `${file.path}: ${reason}`));
    }
    const active = this.#active;
    const block = this.#block;
    const beforeBlocks = this.#beforeBlocks;
    const source = { path: file.path, text: file.text, scope: 'system' } as const;
    const mayMatch = active || (beforeBlocks && this.#connection !== undefined);
    const outcome = yield* this.#readFile({
      source,
      depth: scope.depth + 1,
      neverMatch: scope.neverMatch || !mayMatch,
    });
    // Blocks of an included file end with it.
    this.#active = active;
    this.#block = block;
    this.#beforeBlocks = beforeBlocks;
    return outcome;
  }
}

function fatal(code: string, message: string): LineProblem {
  return { code, message, fatal: true, place: 'none', severity: 'error' };
}
