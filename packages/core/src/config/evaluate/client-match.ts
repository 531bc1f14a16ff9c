/** The criteria of Match in ssh_config(5). Each looks at what is settled so far: the rest of the files is not read yet. */
import { findInvalidAddress, matchAddressList } from '../patterns/address.ts';
import { matchHostname, matchPatternList } from '../patterns/pattern-list.ts';

/** What the criteria ask, at the moment when the Match line is read. */
export interface ClientMatchFacts {
  readonly host: string;
  readonly originalHost: string;
  readonly remoteUser: string;
  readonly localUser: string;
  readonly tag: string;
  readonly command: string;
  readonly sessionType: string;
  readonly versionString: string;
  readonly localAddresses: readonly string[];
  readonly finalPass: boolean;
}

/** One criterion of a Match line, its argument read but not looked at. */
export interface Criterion {
  readonly name: string;
  readonly negated: boolean;
  readonly argument: string;
}

export type CriteriaResult =
  | { readonly ok: true; readonly criteria: readonly Criterion[] }
  | { readonly ok: false; readonly message: string; readonly place: 'line' | 'none' };

const withoutArgument: readonly string[] = ['all', 'canonical', 'final'];

type Test = (facts: ClientMatchFacts, argument: string) => boolean;

const matches = (text: string, list: string): boolean => matchPatternList(text, list) === 'matched';
const hostMatches = (host: string, list: string): boolean => matchHostname(host, list) === 'matched';

/** `exec` is not here: it asks the outside. */
const tests: Readonly<Record<string, Test>> = {
  all: () => true,
  canonical: (facts) => facts.finalPass,
  final: (facts) => facts.finalPass,
  host: (facts, list) => hostMatches(facts.host, list),
  originalhost: (facts, list) => hostMatches(facts.originalHost, list),
  user: (facts, list) => matches(facts.remoteUser, list),
  localuser: (facts, list) => matches(facts.localUser, list),
  tagged: (facts, list) => matches(facts.tag, list),
  command: (facts, list) => matches(facts.command, list),
  sessiontype: (facts, list) => matches(facts.sessionType, list),
  version: (facts, list) => matches(facts.versionString, list),
  localnetwork: (facts, list) => facts.localAddresses.some((address) => matchAddressList(address, list) === 'matched'),
};

/** Whether a criterion holds; undefined if it has to be asked of the outside. */
export function testCriterion(criterion: Criterion, facts: ClientMatchFacts): boolean | undefined {
  const test = Object.hasOwn(tests, criterion.name) ? tests[criterion.name] : undefined;
  return test?.(facts, criterion.argument);
}

/** Reads the words of a Match line. */
export function readCriteria(words: readonly string[]): CriteriaResult {
  const criteria: Criterion[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    at += 1;
    const { name, negated, inline } = splitCriterion(word);
    if (name === 'all' && inline === undefined) {
      if (criteria.length > 1 || at < words.length) return notCombinable(word);
      return { ok: true, criteria: [...criteria, { name, negated, argument: '' }] };
    }
    if (withoutArgument.includes(name) && inline === undefined) {
      criteria.push({ name, negated, argument: '' });
      continue;
    }
    const argument = inline ?? words[at];
    if (inline === undefined) at += 1;
    const problem = criterionProblem({ word, name, argument });
    if (problem !== undefined) return problem;
    criteria.push({ name, negated, argument: argument ?? '' });
  }
  if (criteria.length === 0) return { ok: false, message: 'One or more attributes required for Match', place: 'none' };
  return { ok: true, criteria };
}

function splitCriterion(word: string): { name: string; negated: boolean; inline: string | undefined } {
  const equals = word.indexOf('=');
  const left = equals === -1 ? word : word.slice(0, equals);
  const negated = left.startsWith('!');
  const name = (negated ? left.slice(1) : left).toLowerCase();
  return { name, negated, inline: equals === -1 ? undefined : word.slice(equals + 1) };
}

function notCombinable(word: string): CriteriaResult {
  return { ok: false, message: `'${word}' cannot be combined with other Match attributes`, place: 'line' };
}

interface CriterionWords {
  readonly word: string;
  readonly name: string;
  readonly argument: string | undefined;
}

function criterionProblem({ word, name, argument }: CriterionWords): CriteriaResult | undefined {
  if (argument === undefined || withoutArgument.includes(name)) {
    return { ok: false, message: `missing argument for Match '${word}'`, place: 'line' };
  }
  const attribute = word.split('=', 1)[0]?.replace(/^!/, '') ?? '';
  if (argument === '' && name !== 'tagged' && name !== 'command') {
    return { ok: false, message: `Missing Match criteria for ${attribute}`, place: 'none' };
  }
  if (name !== 'exec' && !Object.hasOwn(tests, name)) {
    return { ok: false, message: `Unsupported Match attribute ${attribute}`, place: 'none' };
  }
  const invalid = name === 'localnetwork' ? findInvalidAddress(argument) : undefined;
  if (invalid === undefined) return undefined;
  return { ok: false, message: `Inconsistent mask length for network "${invalid}"`, place: 'none' };
}
