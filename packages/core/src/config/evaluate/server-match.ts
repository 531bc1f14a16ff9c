/** The criteria of Match in sshd_config(5). Each looks at the connection; before there is one, only `all` holds. */
import { findInvalidAddress, matchAddressList } from '../patterns/address.ts';
import { matchHostname, matchPatternList } from '../patterns/pattern-list.ts';
import { parsePort } from '../keywords/grammars/number.ts';
import type { CriteriaRules, Criterion } from './match-criteria.ts';

/** What is known of a connection and of the user who wants to log in. */
export interface ConnectionFacts {
  readonly user: string;
  /** No account has the name. */
  readonly invalidUser?: boolean;
  readonly groups: readonly string[];
  /** The client's name, or its address where UseDNS is off. */
  readonly host: string;
  readonly address: string;
  readonly localAddress: string;
  readonly localPort: number;
  readonly routingDomain?: string;
  /** The server's own `OpenSSH_10.5`, for Match version. */
  readonly versionString?: string;
}

type Test = (facts: ConnectionFacts, argument: string) => boolean;

const matches = (text: string, list: string): boolean => matchPatternList(text, list) === 'matched';

/** A group with `!` that matches settles it, whatever other groups match. */
function groupMatches(groups: readonly string[], list: string): boolean {
  const results = groups.map((group) => matchPatternList(group, list));
  return !results.includes('negated') && results.includes('matched');
}

const tests: Readonly<Record<string, Test>> = {
  user: (facts, list) => matches(facts.user, list),
  group: (facts, list) => groupMatches(facts.groups, list),
  host: (facts, list) => matchHostname(facts.host, list) === 'matched',
  address: (facts, list) => matchAddressList(facts.address, list) === 'matched',
  localaddress: (facts, list) => matchAddressList(facts.localAddress, list) === 'matched',
  localport: (facts, port) => facts.localPort === parsePort(port),
  rdomain: (facts, list) => matches(facts.routingDomain ?? '', list),
  version: (facts, list) => matches(facts.versionString ?? '', list),
  'invalid-user': (facts) => facts.invalidUser === true,
};

/** Whether all criteria hold. */
export function connectionMatches(criteria: readonly Criterion[], facts: ConnectionFacts | undefined): boolean {
  return criteria.every(({ name, argument }) => {
    if (name === 'all') return true;
    return facts !== undefined && (tests[name]?.(facts, argument) ?? false);
  });
}

const cannotCombine = "'all' cannot be combined with other Match attributes";

export const serverCriteria: CriteriaRules = {
  flags: ['all', 'invalid-user'],
  withArgument: Object.keys(tests).filter((name) => name !== 'invalid-user'),
  emptyAllowed: [],
  negatable: false,
  mostBeforeAll: 0,
  missing: (word) => ({ message: `Missing Match criteria for ${word}`, place: 'none' }),
  notCombinable: () => ({ message: cannotCombine, place: 'none' }),
  check: (name, argument, lineNumber) => {
    if ((name === 'address' || name === 'localaddress') && findInvalidAddress(argument) !== undefined) {
      const message = `Invalid Match ${name} argument '${argument}' at line ${lineNumber}`;
      return { message, place: 'none', fatal: true };
    }
    if (name === 'localport' && parsePort(argument) === undefined) {
      return { message: `Invalid LocalPort '${argument}' on Match line`, place: 'none' };
    }
    return undefined;
  },
};
