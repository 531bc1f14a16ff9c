/** `@seashell/core/files`: known_hosts, authorized_keys and shadow as lossless text; key revocation lists; SSHFP records. */
export type { LineFault, LineFile, LinePlace, OtherLine } from './lines.ts';
export { appendLine, printLines } from './lines.ts';
export type { LineKey } from './public-key-line.ts';
export { isSameKey, printLineKey, readLineKey } from './public-key-line.ts';
export type {
  FoundHostKey,
  HostKeyStatus,
  KnownHostsEntry,
  KnownHostsFile,
  KnownHostsMarker,
  KnownHostsSource,
  NewKnownHost,
  Removal,
} from './known-hosts.ts';
export {
  formatKnownHost,
  hashKnownHost,
  hostEntries,
  isEntryOf,
  knownHostsName,
  lookUpHostKey,
  otherNamesOfKey,
  parseKnownHosts,
  removeKnownHost,
} from './known-hosts.ts';
export type { AuthorizedKeyEntry, AuthorizedKeysFile } from './authorized-keys.ts';
export { parseAuthorizedKeys } from './authorized-keys.ts';
export type { AuthorizedKeyOptions, KeyOptionsResult, Permission } from './authorized-keys-options.ts';
export { parseKeyOptions } from './authorized-keys-options.ts';
export type { ShadowEntry } from './shadow.ts';
export { parseShadow } from './shadow.ts';
export { krlFaults } from './krl-codec.ts';
export { parseKrlSpecification, type KrlAuthority, type KrlSpecification } from './krl-specification.ts';
export type { SerialRange } from './krl-serials.ts';
export {
  decodeKrl,
  emptyKrl,
  encodeKrl,
  findRevocation,
  krlSpans,
  revocationOf,
  revoke,
  type CertificateRevocation,
  type Krl,
  type RevocableKey,
  type Revocation,
  type RevokedBy,
  type RevokedCertificates,
} from './krl.ts';
export {
  matchesSshfp,
  parseSshfp,
  printSshfp,
  sshfpAlgorithms,
  sshfpHashNames,
  sshfpRecord,
  type SshfpHashName,
  type SshfpRecord,
} from './sshfp.ts';
