/**
 * Entry `@seashell/core/ed25519-keys`: Ed25519 keys, their openssh-key-v1 files and fingerprints, and no more: for a page that makes
 * keys and counts its kilobytes. Files with a passphrase cost 6 kB more, and only who passes `ciphers: aesKeyFileCiphers` pays them.
 * `@seashell/core/keys` has the same functions for every type and format.
 */
import { ed25519 } from '../crypto/ed25519.ts';
import type { RandomSource } from '../crypto/provider.ts';
import { openOpensshKey, writeOpensshKey } from '../keys/formats/openssh.ts';
import type { KeyFileCiphers } from '../keys/formats/openssh-ciphers.ts';
import type { KeyTypes, OpenedPrivateKey, OpenOptions, WriteOptions } from '../keys/formats/private-key-file.ts';
import type { AnyKeyType } from '../keys/key-types/index.ts';
import { ed25519KeyType, type Ed25519PrivateKey } from '../keys/key-types/ed25519.ts';
import type { Ed25519PublicKey } from '../keys/public-key-types/ed25519.ts';
import type { LongWork } from '../long-work.ts';
import { base64Encode } from '../wire/base64.ts';
import { copyBytes } from '../wire/bytes.ts';

export { fingerprint } from '../keys/fingerprint.ts';
export { aesKeyFileCiphers, type KeyFileCiphers } from '../keys/formats/openssh-ciphers.ts';
export type { OpenedPrivateKey, OpenOptions, WriteOptions } from '../keys/formats/private-key-file.ts';
export type { Ed25519PrivateKey } from '../keys/key-types/ed25519.ts';
export type { Ed25519PublicKey } from '../keys/public-key-types/ed25519.ts';
export { runAtOnce, runInSlices, type LongStep, type LongWork, type Progress, type Slices } from '../long-work.ts';

const seedSizeBytes = 32;
const row: AnyKeyType = ed25519KeyType;
const keyTypes: KeyTypes = { find: (name) => (name === row.name ? row : undefined) };

/**
 * A new key of 32 random bytes; the same bytes make the same key.
 *
 * @example
 * const made = generateEd25519Key(random);
 * const privateFile = runAtOnce(writeEd25519Key(made, { comment: 'demo@laptop', random }));
 * console.log(privateFile, printEd25519Line(made, 'demo@laptop'), fingerprint(ed25519Blob(made)));
 */
export function generateEd25519Key(random: RandomSource): Ed25519PrivateKey {
  const seed = copyBytes(random(seedSizeBytes));
  return { type: 'ssh-ed25519', publicKey: ed25519.publicKey(seed), seed };
}

/** The public key blob, for `fingerprint`. */
export function ed25519Blob(key: Ed25519PublicKey): Uint8Array<ArrayBuffer> {
  return ed25519KeyType.publicKey.encode(key);
}

/** The line of the `.pub` file, without a line end. */
export function printEd25519Line(key: Ed25519PublicKey, comment = ''): string {
  return `${key.type} ${base64Encode(ed25519Blob(key))} ${comment.replaceAll(/[\r\n]/g, ' ')}`.trimEnd();
}

/** What encrypted files need; AES is all that OpenSSH has written without being asked for another. */
export interface Encryption {
  readonly ciphers?: KeyFileCiphers;
}

/** The text of the private key file. A passphrase without `ciphers` is an assertion. */
export function writeEd25519Key(key: Ed25519PrivateKey, options: WriteOptions & Encryption): LongWork<string> {
  return writeOpensshKey(key, { ...options, keyTypes });
}

/** Opens a private key file; another key type, and encryption without `ciphers`, are outcomes. Throws DecodeError. */
export function openEd25519Key(file: Uint8Array, options: OpenOptions & Encryption = {}): LongWork<OpenedPrivateKey> {
  return openOpensshKey(file, { ...options, keyTypes });
}
