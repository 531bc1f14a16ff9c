/**
 * Evaluates ssh_config as ssh does: options of the command line first, then the user's file, then the system's; the first obtained
 * value wins. A generator: Include and `Match exec` are requests. ssh_config(5), OpenSSH's readconf.c.
 */
import { configLimits, type ConfigLimits } from '../limits.ts';
import type { KeywordRow, OpenSshVersion } from '../keywords/row.ts';
import { sshConfigRetired, sshConfigRows, type SshConfigValues } from '../keywords/ssh-config.ts';
import { sshTexts } from '../keywords/texts.ts';
import { matchPattern } from '../patterns/wildcard.ts';
import { parseConfig } from '../syntax/parse.ts';
import type { ConfigLine, DirectiveLine } from '../syntax/tree.ts';
import { clientCriteria, testCriterion, type ClientMatchFacts } from './client-match.ts';
import { Collector, placeOf, unreadProblem, wordsOf, type LinePosition, type Outcome } from './collector.ts';
import type { ConfigAnswer, ConfigRequest, ConfigSource, Evaluation, IncludedFile } from './evaluation.ts';
import { checkArguments, indexRetired, indexRows, interpretLine, type ConfigFormat } from './interpret.ts';
import { readCriteria, type Criterion } from './match-criteria.ts';
import { Settings, type Place, type SettingEntry } from './settings.ts';
import { clientTokens, expandTokens, type TokenValues } from './tokens.ts';

/** The settings of ssh, each with its provenance. */
export type SshSettings = Settings<SshConfigValues>;

/** The facts that Match and the tokens ask for. */
export interface ClientFacts {
  readonly localUser: string;
  readonly userId: number;
  readonly homeDirectory: string;
  readonly localHostname: string;
  readonly localAddresses?: readonly string[];
  readonly environment?: ReadonlyMap<string, string>;
  /** The remote command; empty for a shell. */
  readonly command?: string;
  /** `shell`, `exec`, `subsystem` or `none`. */
  readonly sessionType?: string;
  /** `OpenSSH_10.5`, for Match version. */
  readonly versionString?: string;
}

/** What the evaluation of ssh_config for one destination is given. */
export interface SshConfigInput {
  /** The name on the command line. */
  readonly host: string;
  /** The texts of -o, in order, such as `Port=2222`; what other flags set goes here, too. */
  readonly options: readonly string[];
  /** In the order in which they are read: the user's, then the system's. */
  readonly files: readonly ConfigSource[];
  readonly facts: ClientFacts;
  readonly version: OpenSshVersion;
  readonly limits?: ConfigLimits;
}

export const sshConfigFormat: ConfigFormat = {
  rows: indexRows(sshConfigRows),
  retired: indexRetired(sshConfigRetired),
  texts: sshTexts,
  spell: (keyword) => keyword.toLowerCase(),
  retiredRemark: (status, keyword) => (status === 'unsupported' ? `Unsupported option "${keyword}"` : undefined),
};

/** One run over the files. */
type Run<Result> = Generator<ConfigRequest, Result, ConfigAnswer>;

/** Evaluates the options and files for one destination. */
export function* evaluateSshConfig(input: SshConfigInput): Run<Evaluation<SshConfigValues>> {
  const evaluator = new ClientEvaluator(input);
  yield* evaluator.run();
  return evaluator.evaluation();
}

interface FileScope {
  readonly source: ConfigSource;
  readonly depth: number;
  /** Under an Include in a block that does not match: nothing matches here. */
  readonly neverMatch: boolean;
}

/** A line that is about to be obeyed. */
interface Step {
  readonly line: DirectiveLine;
  readonly at: LinePosition;
  readonly row: KeywordRow<unknown>;
  readonly keyword: string;
}

class ClientEvaluator {
  readonly #input: SshConfigInput;
  readonly #limits: ConfigLimits;
  readonly #collector = new Collector();
  readonly #settings: SshSettings;
  #active = true;
  #block: Place['block'];
  #finalPass = false;
  #finalHostname = '';
  #wantsFinalPass = false;

  constructor(input: SshConfigInput) {
    this.#input = input;
    this.#limits = input.limits ?? configLimits;
    const lines = (name: string): readonly SettingEntry[] => this.#collector.lines(name);
    this.#settings = new Settings({ rows: sshConfigRows, version: input.version, texts: sshTexts, lines });
  }

  *run(): Run<void> {
    if (this.#readOptions() === 'stop') return;
    if ((yield* this.#readFiles()) === 'stop') return;
    if (!this.#wantsFinalPass && this.#settings.get('CanonicalizeHostname') === 'no') return;
    this.#finalHostname = this.#hostname().toLowerCase();
    this.#finalPass = true;
    // The name to connect to, and how it is completed, are settled by now.
    for (const name of ['HostName', 'CanonicalizeHostname', 'CanonicalizeMaxDots', 'CanonicalizeFallbackLocal']) {
      this.#collector.settle(name);
    }
    yield* this.#readFiles();
  }

  evaluation(): Evaluation<SshConfigValues> {
    const { diagnostics, printed, failed } = this.#collector;
    return { settings: this.#settings, diagnostics, printed, failed };
  }

  #readOptions(): Outcome {
    for (const [index, option] of this.#input.options.entries()) {
      const [line] = parseConfig(option, this.#limits).lines;
      // Two options may have the same span; a count keeps their places apart.
      const span = { start: index, end: index + option.length };
      const at = { file: 'command-line', line: 0, span };
      if (line?.type === 'directive' && this.#readOption(line, at) !== 'fine') return 'stop';
    }
    return 'fine';
  }

  #readOption(line: DirectiveLine, at: LinePosition): Outcome {
    const meaning = this.#interpret(line);
    if (meaning.type === 'nothing') return 'fine';
    if (meaning.type === 'problem') return this.#collector.report(at, meaning.problem);
    const step = { line, at, row: meaning.row, keyword: meaning.keyword };
    if (meaning.row.effect === 'setting') return this.#take(step);
    const message = `${meaning.row.name} directive not supported as a command-line option`;
    return this.#collector.report(at, {
      code: 'not-an-option',
      message,
      fatal: true,
      place: 'none',
      severity: 'error',
    });
  }

  #interpret(line: DirectiveLine) {
    const ignoreUnknown = this.#settings.get('IgnoreUnknown')?.toLowerCase();
    return interpretLine(line, { format: sshConfigFormat, version: this.#input.version, ignoreUnknown });
  }

  *#readFiles(): Run<Outcome> {
    for (const source of this.#input.files) {
      this.#active = true;
      this.#block = undefined;
      if ((yield* this.#readFile({ source, depth: 0, neverMatch: false })) === 'stop') return 'stop';
    }
    return 'fine';
  }

  *#readFile(scope: FileScope): Run<Outcome> {
    const { path, text } = scope.source;
    const file = scope.source.scope === 'system' ? { file: path, isSystemWide: true } : { file: path };
    let bad = 0;
    for (const line of parseConfig(text, this.#limits).lines) {
      const outcome = yield* this.#readLine(line, { ...file, line: line.number, span: line.span }, scope);
      if (outcome === 'stop') return 'stop';
      if (outcome === 'bad') bad += 1;
    }
    return bad === 0 ? 'fine' : this.#collector.terminate(path, bad);
  }

  *#readLine(line: ConfigLine, at: LinePosition, scope: FileScope): Run<Outcome> {
    if (line.type === 'unread') return this.#collector.report(at, unreadProblem);
    if (line.type !== 'directive') return 'fine';
    const meaning = this.#interpret(line);
    if (meaning.type === 'nothing') return 'fine';
    if (meaning.type === 'problem') return this.#collector.report(at, meaning.problem);
    const step = { line, at, row: meaning.row, keyword: meaning.keyword };
    switch (meaning.row.effect) {
      case 'host':
        return this.#readHost(step, scope);
      case 'match':
        return yield* this.#readMatch(step, scope);
      case 'include':
        return yield* this.#readInclude(step, scope);
      case 'setting':
        return this.#take(step);
    }
  }

  #check(step: Step): Outcome | 'open' {
    const words = wordsOf(step.line);
    const input = { words, rest: step.line.rest.value, keyword: step.keyword, texts: sshTexts };
    const check = checkArguments(step.row, input);
    if (!check.ok) return this.#collector.report(step.at, check.problem);
    return check.leavesOpen ? 'open' : 'fine';
  }

  #take(step: Step): Outcome {
    const outcome = this.#check(step);
    if (outcome !== 'fine' && outcome !== 'open') return outcome;
    const entry = { words: wordsOf(step.line), rest: step.line.rest.value, place: placeOf(step.at, this.#block) };
    const taken: SettingEntry = outcome === 'open' ? { ...entry, lost: 'leaves-it-open' } : entry;
    this.#collector.add(step.row, taken, this.#active);
    return 'fine';
  }

  #beginBlock(step: Step, active: boolean): Outcome {
    this.#active = active;
    this.#block = { line: step.at.line, text: `${step.line.keyword} ${step.line.rest.value}` };
    return 'fine';
  }

  #readHost(step: Step, scope: FileScope): Outcome {
    const outcome = this.#check(step);
    if (outcome !== 'fine' && outcome !== 'open') return outcome;
    const host = this.#finalPass ? this.#finalHostname : this.#input.host;
    return this.#beginBlock(step, !scope.neverMatch && matchesHostPatterns(host, wordsOf(step.line)));
  }

  *#readMatch(step: Step, scope: FileScope): Run<Outcome> {
    const result = readCriteria(wordsOf(step.line), step.at.line, clientCriteria);
    if (!result.ok) {
      const problem = { code: 'bad-match', fatal: false, severity: 'error' } as const;
      this.#collector.report(step.at, { ...problem, message: result.problem.message, place: result.problem.place });
      return this.#collector.report(step.at, { ...problem, message: 'Bad Match condition', place: 'line' });
    }
    if (result.criteria.some((criterion) => criterion.name === 'final')) this.#wantsFinalPass = true;
    const active = !scope.neverMatch && (yield* this.#allHold(result.criteria));
    return this.#beginBlock(step, active);
  }

  *#allHold(criteria: readonly Criterion[]): Run<boolean> {
    const facts = this.#matchFacts();
    for (const criterion of criteria) {
      const holds = testCriterion(criterion, facts) ?? (yield* this.#execHolds(criterion.argument));
      // A command is not run once an earlier criterion has failed.
      if (holds === criterion.negated) return false;
    }
    return true;
  }

  *#execHolds(argument: string): Run<boolean> {
    const expansion = expandTokens(argument, { tokens: this.#tokens(), ...this.#environment() });
    if (!expansion.ok) return false;
    const answer = yield { type: 'match-exec', command: expansion.value };
    return answer.type === 'match-exec' && answer.exitStatus === 0;
  }

  #environment(): { readonly environment?: ReadonlyMap<string, string> } {
    const { environment } = this.#input.facts;
    return environment === undefined ? {} : { environment };
  }

  /** The name to connect to as far as it is settled. */
  #hostname(): string {
    if (this.#finalPass) return this.#finalHostname;
    const name = this.#settings.get('HostName');
    if (name === undefined) return this.#input.host;
    const expansion = expandTokens(name, { tokens: { h: this.#input.host } });
    return expansion.ok ? expansion.value : name;
  }

  #matchFacts(): ClientMatchFacts {
    const { facts, host } = this.#input;
    return {
      host: this.#hostname(),
      originalHost: host,
      remoteUser: this.#settings.get('User') ?? facts.localUser,
      localUser: facts.localUser,
      tag: this.#settings.get('Tag') ?? '',
      command: this.#settings.get('RemoteCommand') ?? facts.command ?? '',
      sessionType: facts.sessionType ?? 'shell',
      versionString: facts.versionString ?? '',
      localAddresses: facts.localAddresses ?? [],
      finalPass: this.#finalPass,
    };
  }

  #tokens(): TokenValues {
    const { facts, host } = this.#input;
    return clientTokens({
      localHostname: facts.localHostname,
      homeDirectory: facts.homeDirectory,
      userId: facts.userId,
      localUser: facts.localUser,
      hostname: this.#hostname(),
      originalHost: host,
      port: this.#settings.get('Port'),
      remoteUser: this.#settings.get('User') ?? facts.localUser,
      jumpHost: this.#settings.get('ProxyJump') ?? '',
      hostKeyAlias: this.#settings.get('HostKeyAlias') ?? host,
    });
  }

  *#readInclude(step: Step, scope: FileScope): Run<Outcome> {
    const outcome = this.#check(step);
    if (outcome !== 'fine' && outcome !== 'open') return outcome;
    for (const word of wordsOf(step.line)) {
      const expansion = expandTokens(word, { tokens: this.#tokens(), ...this.#environment() });
      if (!expansion.ok) {
        const message = `Unable to expand user config file '${word}'`;
        return this.#collector.report(step.at, {
          code: 'bad-include',
          message,
          fatal: false,
          place: 'line',
          severity: 'error',
        });
      }
      const answer = yield { type: 'include', pattern: this.#includePath(expansion.value, scope) };
      const files = answer.type === 'include' ? answer.files : [];
      for (const file of files) {
        if ((yield* this.#readIncluded(step, scope, file)) !== 'fine') return 'stop';
      }
    }
    return 'fine';
  }

  #includePath(path: string, scope: FileScope): string {
    const home = this.#input.facts.homeDirectory;
    if (path.startsWith('~/')) return `${home}${path.slice(1)}`;
    if (path.startsWith('/') || path.startsWith('~')) return path;
    return scope.source.scope === 'user' ? `${home}/.ssh/${path}` : `/etc/ssh/${path}`;
  }

  *#readIncluded(step: Step, scope: FileScope, file: IncludedFile): Run<Outcome> {
    const fatal = (code: string, message: string): Outcome =>
      this.#collector.report(step.at, { code, message, fatal: true, place: 'none', severity: 'error' });
    if (scope.depth + 1 > this.#limits.includeDepth)
      return fatal('include-depth', 'Too many recursive configuration includes');
    if ('badPermissions' in file) return fatal('bad-permissions', `Bad owner or permissions on ${file.path}`);
    if ('failure' in file) {
      const message = `Can't open user config file ${file.path}: ${file.failure}`;
      return this.#collector.report(step.at, {
        code: 'unreadable-include',
        message,
        fatal: true,
        place: 'line',
        severity: 'error',
      });
    }
    const { path, text } = file;
    const active = this.#active;
    const block = this.#block;
    const source = { path, text, scope: scope.source.scope };
    const outcome = yield* this.#readFile({ source, depth: scope.depth + 1, neverMatch: scope.neverMatch || !active });
    // Blocks of an included file end with it.
    this.#active = active;
    this.#block = block;
    return outcome;
  }
}

/** The patterns of a Host line; one with `!` that matches settles it. */
function matchesHostPatterns(host: string, patterns: readonly string[]): boolean {
  let matched = false;
  for (const word of patterns) {
    const negated = word.startsWith('!');
    if (!matchPattern(host, negated ? word.slice(1) : word)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}
