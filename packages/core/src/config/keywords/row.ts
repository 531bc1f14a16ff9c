/**
 * One row per keyword: name, aliases, grammar, first or all, allowed in Match, tokens, default by OpenSSH version, documentation.
 * Parser, evaluation, checks, completion, hover and reference page read the row, and no code branches on a keyword's name.
 */
import type { Grammar } from './grammar.ts';

export type OpenSshVersion = '10' | '6.6';

/** What reading a line with this keyword does: block structure and Include are of the evaluation, the rest are settings. */
export type KeywordEffect = 'setting' | 'host' | 'match' | 'include';

export interface KeywordRow<V> {
  /** As the man page spells it. */
  readonly name: string;
  /** Other spellings that mean the same, in lower case. */
  readonly aliases: readonly string[];
  readonly effect: KeywordEffect;
  readonly grammar: Grammar<V>;
  /** `first`: the first obtained value wins. `all`: the values collect. */
  readonly occurrence: 'first' | 'all';
  /** One value of the values of its lines, in order; undefined if there are none. */
  merge(values: readonly V[]): V | undefined;
  /** May it stand in a Match block? */
  readonly inMatch: boolean;
  /** The letters after `%` that are expanded in its value. */
  readonly tokens: string;
  /** Is `${NAME}` expanded in its value? */
  readonly environment: boolean;
  readonly defaults: Readonly<Record<OpenSshVersion, V>>;
  /** The versions that know it. */
  readonly versions: readonly OpenSshVersion[];
  /** One sentence. */
  readonly documentation: string;
  readonly manPage: 'ssh_config(5)' | 'sshd_config(5)';
}

/** Keywords that are known but do nothing. */
export interface RetiredKeyword {
  readonly name: string;
  readonly status: Readonly<Record<OpenSshVersion, RetiredStatus>>;
}

/** `ignored`: read in silence. `deprecated`, `unsupported`: read with a remark. `unknown`: a bad configuration option. */
export type RetiredStatus = 'ignored' | 'deprecated' | 'unsupported' | 'unknown';

/** The rows of a file format by keyword, from the map of their value types. */
export type KeywordRows<Values> = { readonly [Name in keyof Values]: KeywordRow<Values[Name]> };

/** The map of value types of a table of rows. */
export type ValuesOf<Rows> = { readonly [Name in keyof Rows]: Rows[Name] extends KeywordRow<infer V> ? V : never };
