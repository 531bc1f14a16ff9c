/** Comma-separated pattern lists with negation: ssh_config(5) PATTERNS, and OpenSSH's match.c. */
import { matchAddressList } from './address.ts';
import { matchPattern, type ListMatch } from './wildcard.ts';

/** OpenSSH's limit of one pattern of a list; a longer one makes the list match nothing. */
const longestPattern = 1022;

/** Whether the text matches the list: any negated pattern that matches decides, else one that matches is enough. */
export function matchPatternList(text: string, list: string): ListMatch {
  let result: ListMatch = 'none';
  const items = list.split(',');
  // As match_pattern_list() reads it: nothing stands behind the last comma, nor in an empty list.
  if (items.at(-1) === '') items.pop();
  for (const item of items) {
    const negated = item.startsWith('!');
    const pattern = negated ? item.slice(1) : item;
    if (pattern.length > longestPattern) return 'none';
    if (matchPattern(text, pattern)) {
      if (negated) return 'negated';
      result = 'matched';
    }
  }
  return result;
}

/** Host names match in lower case. */
export function matchHostname(host: string, list: string): ListMatch {
  return matchPatternList(host.toLowerCase(), list.toLowerCase());
}

/** Whether a host's name or address is on the list: `from=` of authorized_keys. `invalid` if an address mask is wrong. */
export function matchHostAndAddress(host: string, address: string, list: string): ListMatch | 'invalid' {
  const byAddress = matchAddressList(address, list);
  if (byAddress === 'invalid' || byAddress === 'negated') return byAddress;
  const byName = matchHostname(host, list);
  if (byName === 'negated') return 'negated';
  return byName === 'matched' || byAddress === 'matched' ? 'matched' : 'none';
}

/** Who logs in from where. `host` is the client's name, or its address where none is looked up. */
export interface UserFacts {
  readonly user: string;
  readonly host: string;
  readonly address: string;
}

/** One pattern of AllowUsers or DenyUsers: `user`, or `user@host`. `invalid` if its address mask is wrong. */
export function matchUser(facts: UserFacts, pattern: string): ListMatch | 'invalid' {
  const at = pattern.lastIndexOf('@');
  if (at === -1) return matchPattern(facts.user, pattern) ? 'matched' : 'none';
  if (!matchPattern(facts.user, pattern.slice(0, at))) return 'none';
  return matchHostAndAddress(facts.host, facts.address, pattern.slice(at + 1));
}
