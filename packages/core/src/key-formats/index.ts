/**
 * Entry `@seashell/core/key-formats`: the registry of all private key formats with all their ciphers, for who loads it only when a file
 * needs it: OpenSSH's own format with AES is `opensshFormat` with `aesKeyFileCiphers` of `@seashell/core/keys`, where all of this is too.
 */
export {
  findPrivateKeyFormat,
  inspectPrivateKey,
  openPrivateKey,
  privateKeyFormatOf,
  privateKeyFormats,
  writePrivateKey,
  type WritePrivateKeyOptions,
} from '../keys/formats/index.ts';
export { allKeyFileCiphers } from '../keys/formats/openssh-other-ciphers.ts';
