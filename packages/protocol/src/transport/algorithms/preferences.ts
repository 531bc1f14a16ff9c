/** What one side offers, as lists of names in order of preference (RFC 4253 7.1). */

/** Names of implemented algorithms, best first. Both directions get the same lists, as in OpenSSH. */
export interface AlgorithmPreferences {
  readonly kex: readonly string[];
  /** Signature algorithms of host keys. */
  readonly hostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly mac: readonly string[];
  readonly compression: readonly string[];
}
