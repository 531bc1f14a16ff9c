/** Which algorithms ssh offers: the version's default lists, as the configuration changes them, cut to what is implemented. */
import { applyAlgorithmList, type AlgorithmList, type SshSettings } from '@seashell/core/config';
import { findKeyType, keyTypes } from '@seashell/core/keys';
import { defaultPreferences, supportedAlgorithms, type AlgorithmPreferences } from '@seashell/protocol';
import type { HostFacts } from '@seashell/system';

export type ChosenPreferences =
  | { readonly type: 'preferences'; readonly preferences: AlgorithmPreferences }
  /** The configuration names nothing that is implemented. */
  | { readonly type: 'later'; readonly keyword: string };

const lists = [
  { keyword: 'KexAlgorithms', list: 'kex' },
  { keyword: 'HostKeyAlgorithms', list: 'hostKey' },
  { keyword: 'Ciphers', list: 'cipher' },
  { keyword: 'MACs', list: 'mac' },
] as const;

export function choosePreferences(settings: SshSettings, version: HostFacts['openSsh']): ChosenPreferences {
  const known = supportedAlgorithms(version);
  let preferences = defaultPreferences(version);
  for (const { keyword, list } of lists) {
    const wanted: AlgorithmList | undefined = settings.get(keyword);
    const names = applyAlgorithmList(wanted, preferences[list], known[list]).filter((name) =>
      known[list].includes(name),
    );
    if (names.length === 0) return { type: 'later', keyword };
    preferences = { ...preferences, [list]: names };
  }
  return { type: 'preferences', preferences };
}

/**
 * order_hostkeyalgs(): types of which a key is known come first, so that a known host is not asked about again; unless the best
 * one is among them already.
 */
export function orderHostKeyAlgorithms(
  algorithms: readonly string[],
  knownTypes: ReadonlySet<string>,
): readonly string[] {
  const isKnown = (name: string) => knownTypes.has(keyTypeOfAlgorithm(name));
  const [best] = algorithms;
  if (best === undefined || isKnown(best)) return algorithms;
  return [...algorithms.filter(isKnown), ...algorithms.filter((name) => !isKnown(name))];
}

/** `ssh-rsa` for `rsa-sha2-512`. */
function keyTypeOfAlgorithm(algorithm: string): string {
  const own = findKeyType(algorithm);
  return own?.name ?? keyTypes.find((row) => row.signatureAlgorithms.includes(algorithm))?.name ?? algorithm;
}
