/** Which algorithms sshd offers: the version's lists, as sshd_config changes them, cut to what is implemented and to its host keys. */
import { applyAlgorithmList, type AlgorithmList, type SshdSettings } from '@seashell/core/config';
import { keyTypeOf } from '@seashell/core/keys';
import { defaultPreferences, supportedAlgorithms, type AlgorithmPreferences } from '@seashell/protocol';
import type { HostKey } from './host-keys.ts';

const lists = [
  { keyword: 'KexAlgorithms', list: 'kex' },
  { keyword: 'Ciphers', list: 'cipher' },
  { keyword: 'MACs', list: 'mac' },
] as const;

export function serverPreferences(settings: SshdSettings, hostKeys: readonly HostKey[]): AlgorithmPreferences {
  const { version } = settings;
  const known = supportedAlgorithms(version);
  let preferences = defaultPreferences(version);
  for (const { keyword, list } of lists) {
    const names = applyAlgorithmList(settings.get(keyword), preferences[list], known[list]);
    preferences = { ...preferences, [list]: names.filter((name) => known[list].includes(name)) };
  }
  const allowed = applyAlgorithmList(settings.get('HostKeyAlgorithms'), preferences.hostKey, known.hostKey);
  // sshd lists the algorithms in the order of its keys, list_hostkey_types().
  const hostKey = hostKeys.flatMap(({ key }) =>
    keyTypeOf(key).signatureAlgorithms.filter((name) => allowed.includes(name) && known.hostKey.includes(name)),
  );
  return { ...preferences, hostKey: [...new Set(hostKey)] };
}

/** Signature algorithms of users' keys: PubkeyAcceptedAlgorithms. */
export function acceptedKeyAlgorithms(settings: SshdSettings): readonly string[] {
  return resolveKeyAlgorithms(settings, settings.get('PubkeyAcceptedAlgorithms'));
}

/** What is accepted before the user is known, and then what any Match block could accept besides. */
export function conceivableKeyAlgorithms(settings: SshdSettings): readonly string[] {
  const { winners, losers } = settings.provenance('PubkeyAcceptedAlgorithms');
  const others = [...winners, ...losers].flatMap(({ value }) => resolveKeyAlgorithms(settings, value));
  return [...new Set([...acceptedKeyAlgorithms(settings), ...others])];
}

function resolveKeyAlgorithms({ version }: SshdSettings, value: AlgorithmList | undefined): readonly string[] {
  const known = supportedAlgorithms(version).hostKey;
  const usual = defaultPreferences(version).hostKey;
  return applyAlgorithmList(value, usual, known).filter((name) => known.includes(name));
}
