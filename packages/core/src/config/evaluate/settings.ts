/** Settings: for each keyword the value that holds, typed by its row, and where it came from. */
import type { Span } from '../../diagnostic.ts';
import type { GrammarTexts } from '../keywords/grammar.ts';
import type { KeywordRow, KeywordRows, OpenSshVersion } from '../keywords/row.ts';

/** Where a value stands. `file` is the path as read, or `command-line` for -o. */
export interface Place {
  readonly file: string;
  /** From 1; 0 for the command line. */
  readonly line: number;
  readonly span: Span;
  /** The Host or Match line that it stands under, as written. */
  readonly block?: { readonly line: number; readonly text: string };
  /** It stands in a file of the whole system, not of one user. */
  readonly isSystemWide?: boolean;
}

/** A value that a line gave. */
export interface Candidate<V> {
  readonly value: V;
  readonly place: Place;
}

/** Why a value that stands in a file does not hold. */
export type LosingReason =
  | 'an-earlier-value-won'
  | 'a-later-value-won'
  | 'block-does-not-match'
  | 'a-match-block-won'
  | 'leaves-it-open';

/** Where the value of a keyword comes from, and which values lost to it. */
export interface Provenance<V> {
  /** Empty if the default holds; several for a keyword that collects. */
  readonly winners: readonly Candidate<V>[];
  readonly losers: readonly (Candidate<V> & { readonly reason: LosingReason })[];
}

/** The arguments of one line of a keyword. `lost` says why its value does not hold. */
export interface SettingEntry {
  readonly words: readonly string[];
  readonly rest: string;
  readonly place: Place;
  readonly lost?: LosingReason;
}

/** The lines of a keyword, in the order in which they took effect. */
export type SettingLines = (name: string) => readonly SettingEntry[];

export interface SettingsSource<Values> {
  readonly rows: KeywordRows<Values>;
  readonly version: OpenSshVersion;
  readonly texts: GrammarTexts;
  readonly lines: SettingLines;
}

/** The settings of one evaluation. */
export class Settings<Values> {
  readonly rows: KeywordRows<Values>;
  readonly version: OpenSshVersion;
  readonly #source: SettingsSource<Values>;

  constructor(source: SettingsSource<Values>) {
    this.rows = source.rows;
    this.version = source.version;
    this.#source = source;
  }

  /** The value that holds, the version's default included; undefined where OpenSSH has none. */
  get<Name extends keyof Values & string>(name: Name): Values[Name] {
    const row: KeywordRow<Values[Name]> = this.rows[name];
    const won = this.#candidates(row).winners.map((candidate) => candidate.value);
    return row.merge(won) ?? row.defaults[this.version];
  }

  /** Whether a file or an option set it. */
  has(name: keyof Values & string): boolean {
    return this.#source.lines(name).some((entry) => entry.lost === undefined);
  }

  provenance<Name extends keyof Values & string>(name: Name): Provenance<Values[Name]> {
    const row: KeywordRow<Values[Name]> = this.rows[name];
    return this.#candidates(row);
  }

  /** The argument texts of the value that holds, as `ssh -G` and `sshd -T` print them; none if there is no value. */
  format(name: keyof Values & string): readonly string[] {
    const row: KeywordRow<Values[typeof name]> = this.rows[name];
    const value = this.get(name);
    return value === undefined ? [] : row.grammar.format(value);
  }

  #candidates<V>(row: KeywordRow<V>): Provenance<V> {
    const winners: Candidate<V>[] = [];
    const losers: (Candidate<V> & { readonly reason: LosingReason })[] = [];
    for (const entry of this.#source.lines(row.name)) {
      const { words, rest, place, lost } = entry;
      const result = row.grammar.parse({ words, rest, keyword: row.name, texts: this.#source.texts });
      if (result.ok && lost === undefined) winners.push({ value: result.value, place });
      if (result.ok && lost !== undefined) losers.push({ value: result.value, place, reason: lost });
    }
    return { winners, losers };
  }
}
