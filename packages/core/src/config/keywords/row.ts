/**
 * One row per keyword: name, aliases, grammar, first or all, allowed in Match, tokens, default by OpenSSH version, documentation.
 * Parser, evaluation, checks, completion, hover and reference page read the row, and no code branches on a keyword's name.
 */
import type { Grammar } from './grammar.ts';

/** The versions of OpenSSH that are modelled: 10, and 6.6 of 2014. */
export type OpenSshVersion = '10' | '6.6';
/** Where a keyword is documented. */
export type ManPage = 'ssh_config(5)' | 'sshd_config(5)';

/** What a line with this keyword does: block structure and Include belong to evaluation, the rest are settings. */
export type KeywordEffect = 'setting' | 'host' | 'match' | 'include';

/** One keyword: `V` is the type of its value. */
export interface KeywordRow<V> {
  /** As the man page spells it. */
  readonly name: string;
  /** Other spellings that mean the same, in lower case. */
  readonly aliases: readonly string[];
  readonly effect: KeywordEffect;
  readonly grammar: Grammar<V>;
  /** `first`: the first obtained value wins. `last`: the last does. `all`: the values collect. `parts`:
   * the lines make one value together, each part by its first line. */
  readonly occurrence: 'first' | 'last' | 'all' | 'parts';
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
  readonly manPage: ManPage;
  /** Does a value leave the keyword open for a later line, as `none` does for times in ssh? */
  leavesOpen(value: V): boolean;
  /** One value of the values of its lines, in order. */
  merge(values: readonly V[]): V | undefined;
}

/** Keywords that are known but do nothing. `ignored` is read in silence, the others with a remark; `unknown` is a bad option. */
export type RetiredStatus = 'ignored' | 'deprecated' | 'unsupported' | 'unknown';

/** A keyword that a version knows and does nothing for. */
export interface RetiredKeyword {
  readonly name: string;
  readonly status: Readonly<Record<OpenSshVersion, RetiredStatus>>;
  /** May it stand in a Match block? */
  readonly inMatch: boolean;
}

/** Rows of retired keywords: names by spaces. */
export function retired(names: string, status: RetiredKeyword['status'], inMatch: boolean): readonly RetiredKeyword[] {
  return names.split(' ').map((name) => ({ name, status, inMatch }));
}

/** The rows of a file format by keyword, from the map of their value types. */
export type KeywordRows<Values> = { readonly [Name in keyof Values]: KeywordRow<Values[Name]> };

/** The map of value types of a table of rows. */
export type ValuesOf<Rows> = { readonly [Name in keyof Rows]: Rows[Name] extends KeywordRow<infer V> ? V : never };

/** All that a row says beyond name and grammar. What is left out has the common answer. */
export interface RowFacts<D> {
  readonly documentation: string;
  readonly default?: D;
  /** Where 6.6 of 2014 has another default. */
  readonly defaultOf66?: D;
  readonly aliases?: readonly string[];
  readonly effect?: KeywordEffect;
  readonly inMatch?: boolean;
  readonly tokens?: string;
  readonly environment?: boolean;
  /** 6.6 does not know it. */
  readonly since10?: true;
}

/** What all rows have alike. */
function commonOf(manPage: ManPage, name: string, facts: RowFacts<unknown>) {
  const versions: readonly OpenSshVersion[] = facts.since10 === true ? ['10'] : ['10', '6.6'];
  return {
    name,
    aliases: facts.aliases ?? [],
    effect: facts.effect ?? 'setting',
    inMatch: facts.inMatch ?? manPage === 'ssh_config(5)',
    tokens: facts.tokens ?? '',
    environment: facts.environment ?? false,
    versions,
    documentation: facts.documentation,
    manPage,
    leavesOpen: () => false,
  } as const;
}

/** Makes the rows of one man page. */
export function rowMaker(manPage: ManPage) {
  /** A keyword whose first value wins. Without a default its value may be undefined. */
  function first<V, D extends V | undefined = undefined>(
    name: string,
    grammar: Grammar<V>,
    facts: RowFacts<D> & (undefined extends D ? unknown : { readonly default: D }),
  ): KeywordRow<V | D>;
  function first<V>(name: string, grammar: Grammar<V>, facts: RowFacts<V | undefined>): KeywordRow<V | undefined> {
    const defaults = { '10': facts.default, '6.6': facts.defaultOf66 ?? facts.default };
    return { ...commonOf(manPage, name, facts), grammar, occurrence: 'first', defaults, merge: (values) => values[0] };
  }

  /** A keyword whose first value wins, unless that is undefined. */
  function firstDefined<V, D extends V | undefined = undefined>(
    name: string,
    grammar: Grammar<V | undefined>,
    facts: RowFacts<D> & (undefined extends D ? unknown : { readonly default: D }),
  ): KeywordRow<V | D>;
  function firstDefined<V>(
    name: string,
    grammar: Grammar<V | undefined>,
    facts: RowFacts<V | undefined>,
  ): KeywordRow<V | undefined> {
    return { ...first(name, grammar, facts), leavesOpen: (value) => value === undefined };
  }

  /** A keyword whose lines make one value together. */
  function parts<V>(
    name: string,
    grammar: Grammar<V>,
    facts: RowFacts<V> & { readonly default: V; merge(this: void, values: readonly V[]): V | undefined },
  ): KeywordRow<V> {
    const defaults = { '10': facts.default, '6.6': facts.defaultOf66 ?? facts.default };
    return { ...commonOf(manPage, name, facts), grammar, occurrence: 'parts', defaults, merge: facts.merge };
  }

  /** A keyword whose last value wins, against the rule of the man page. */
  function last<V>(name: string, grammar: Grammar<V>, facts: RowFacts<V> & { readonly default: V }): KeywordRow<V> {
    const defaults = { '10': facts.default, '6.6': facts.defaultOf66 ?? facts.default };
    return {
      ...commonOf(manPage, name, facts),
      grammar,
      occurrence: 'last',
      defaults,
      merge: (values) => values.at(-1),
    };
  }

  /** A keyword whose values collect. */
  function all<T>(
    name: string,
    grammar: Grammar<readonly T[]>,
    facts: RowFacts<readonly T[]> & { merge?(this: void, values: readonly (readonly T[])[]): readonly T[] },
  ): KeywordRow<readonly T[]> {
    const value = facts.default ?? [];
    const merge = facts.merge ?? ((values: readonly (readonly T[])[]) => values.flat());
    return {
      ...commonOf(manPage, name, facts),
      grammar,
      occurrence: 'all',
      defaults: { '10': value, '6.6': facts.defaultOf66 ?? value },
      merge: (values) => (values.length === 0 ? undefined : merge(values)),
    };
  }

  return { first, firstDefined, last, parts, all };
}
