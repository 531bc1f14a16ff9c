/** The criteria of Match in ssh_config(5). Each looks at what is settled so far: the rest of the files is not read yet. */
import { findInvalidAddress, matchAddressList } from '../patterns/address.ts';
import { matchHostname, matchPatternList } from '../patterns/pattern-list.ts';
import type { CriteriaRules, Criterion } from './match-criteria.ts';

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

type Test = (facts: ClientMatchFacts, argument: string) => boolean;

const matches = (text: string, list: string): boolean => matchPatternList(text, list) === 'matched';
const hostMatches = (host: string, list: string): boolean => matchHostname(host, list) === 'matched';

const flags: Readonly<Record<string, Test>> = {
  all: () => true,
  canonical: (facts) => facts.finalPass,
  final: (facts) => facts.finalPass,
};

/** `exec` is not here: it asks the outside. */
const tests: Readonly<Record<string, Test>> = {
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
  const test = flags[criterion.name] ?? tests[criterion.name];
  return test?.(facts, criterion.argument);
}

export const clientCriteria: CriteriaRules = {
  flags: Object.keys(flags),
  withArgument: [...Object.keys(tests), 'exec'],
  emptyAllowed: ['tagged', 'command'],
  negatable: true,
  mostBeforeAll: 1,
  missing: (word) => ({ message: `missing argument for Match '${word}'`, place: 'line' }),
  notCombinable: (word) => ({ message: `'${word}' cannot be combined with other Match attributes`, place: 'line' }),
  check: (name, argument) => {
    const invalid = name === 'localnetwork' ? findInvalidAddress(argument) : undefined;
    if (invalid === undefined) return undefined;
    return { message: `Inconsistent mask length for network "${invalid}"`, place: 'none' };
  },
};
