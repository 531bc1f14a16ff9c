/** `@seashell/core/files`: known_hosts, authorized_keys and shadow as lossless text. */
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
export type { AuthorizedKeyOptions, ExpiryTime, KeyOptionsResult, Permission } from './authorized-keys-options.ts';
export { parseExpiryTime, parseKeyOptions } from './authorized-keys-options.ts';
export type { ShadowEntry } from './shadow.ts';
export { parseShadow } from './shadow.ts';
