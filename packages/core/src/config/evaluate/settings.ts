/** Settings: for each keyword the value that holds, typed by its row, and where it came from. */
import type { Span } from '../../diagnostic.ts';
import type { KeywordRow, KeywordRows, OpenSshVersion } from '../keywords/row.ts';

/** Where a value stands. `file` is the path as read, or `command-line` for -o. */
export interface Place {
  readonly file: string;
  /** From 1; 0 for the command line. */
  readonly line: number;
  readonly span: Span;
  /** The Host or Match line that it stands under, as written. */
  readonly block?: { readonly line: number; readonly text: string };
}

/** A value that a line gave. */
export interface Candidate<V> {
  readonly value: V;
  readonly place: Place;
}

export type LosingReason = 'an-earlier-value-won' | 'block-does-not-match' | 'a-later-line-removed-it';

export interface Provenance<V> {
  /** Empty if the default holds; several for a keyword that collects. */
  readonly winners: readonly Candidate<V>[];
  readonly losers: readonly (Candidate<V> & { readonly reason: LosingReason })[];
}

interface Entry {
  readonly words: readonly string[];
  readonly rest: string;
  readonly place: Place;
}
export type SettingEntry = Entry & { readonly lost?: LosingReason };
export type SettingEntries = ReadonlyMap<string, readonly SettingEntry[]>;

export interface Settings<Values> {
  /** The value that holds, the version's default included; undefined where OpenSSH has none. */
  get<Name extends keyof Values & string>(name: Name): Values[Name];
  /** Whether a file or an option set it. */
  has(name: keyof Values & string): boolean;
  provenance<Name extends keyof Values & string>(name: Name): Provenance<Values[Name]>;
  readonly version: OpenSshVersion;
  readonly rows: KeywordRows<Values>;
}
export type AnyRow = KeywordRow<unknown>;
