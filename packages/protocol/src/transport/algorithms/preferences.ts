/** What one side offers, as lists of names in order of preference (RFC 4253 7.1), and what each OpenSSH version offers by default. */
import { cipherRows } from './cipher/index.ts';
import { hostKeyRows } from './hostkey/index.ts';
import { kexRows } from './kex/index.ts';
import { macRows } from './mac/index.ts';
import { defaultNames, supportedNames, type OpenSshVersion } from './offered.ts';

/** Names of implemented algorithms, best first. Both directions get the same lists, as in OpenSSH. */
export interface AlgorithmPreferences {
  readonly kex: readonly string[];
  /** Signature algorithms of host keys. */
  readonly hostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly mac: readonly string[];
  readonly compression: readonly string[];
  /** Offers strict key exchange (OpenSSH PROTOCOL 1.10). */
  readonly strictKeyExchange: boolean;
  /** Offers and sends SSH_MSG_EXT_INFO (RFC 8308). */
  readonly extensionInfo: boolean;
}

/** The lists of an OpenSSH version, cut to what is implemented. */
export function defaultPreferences(version: OpenSshVersion): AlgorithmPreferences {
  return {
    kex: defaultNames(kexRows, version),
    hostKey: defaultNames(hostKeyRows, version),
    cipher: defaultNames(cipherRows, version),
    mac: defaultNames(macRows, version),
    compression: ['none'],
    ...abilities[version],
  };
}

/** What a version's programs know beside algorithms. */
const abilities = {
  '10': { strictKeyExchange: true, extensionInfo: true },
  '6.6': { strictKeyExchange: false, extensionInfo: false },
} as const;

/** Implemented names that a version knows, for `ssh -Q` and for checking what a configuration names. */
export function supportedAlgorithms(
  version: OpenSshVersion,
): Omit<AlgorithmPreferences, keyof (typeof abilities)['10']> {
  return {
    kex: supportedNames(kexRows, version),
    hostKey: supportedNames(hostKeyRows, version),
    cipher: supportedNames(cipherRows, version),
    mac: supportedNames(macRows, version),
    compression: ['none'],
  };
}
