/**
 * How the two versions of PPK make keys of a passphrase, and their MACs (PuTTY User Manual, appendix C): 2 by SHA-1, with all-zero IV;
 * 3 by argon2. The cipher is AES-256-CBC in both.
 */
import { argon2, type Argon2Variant } from '../../crypto/argon2.ts';
import { hmac } from '../../crypto/hmac.ts';
import { sha1 } from '../../crypto/sha1.ts';
import type { HashName } from '../../crypto/provider.ts';
import type { LongWork } from '../../long-work.ts';
import { concatBytes } from '../../wire/bytes.ts';
import { struct } from '../../wire/composites.ts';
import { string, uint32 } from '../../wire/primitives.ts';
import { utf8Encode } from '../../wire/text.ts';
import type { PpkText, PpkVersion } from './ppk-text.ts';

export const ppkCipher = 'aes256-cbc';
export const ppkBlockSizeBytes = 16;
const cipherKeySizeBytes = 32;
const macKeySizeBytes = 32;

export interface PpkSecret {
  readonly cipherKey: Uint8Array;
  readonly iv: Uint8Array;
  readonly macKey: Uint8Array;
}

/** argon2's names as PPK has them. */
export const ppkArgon2Variants: ReadonlyMap<string, Argon2Variant> = new Map([
  ['Argon2id', 'argon2id'],
  ['Argon2i', 'argon2i'],
  ['Argon2d', 'argon2d'],
]);

/** The key of the MAC in a file without a passphrase. */
export function plainMacKey(version: PpkVersion): Uint8Array {
  return version === 2 ? sha1.digest(macKeyPrefix) : new Uint8Array();
}

const macKeyPrefix = utf8Encode('putty-private-key-file-mac-key');

/** The keys of an encrypted file, as long work. The derivation of version 3 has been checked. */
export function* derivePpkSecret(text: PpkText, passphrase: Uint8Array): LongWork<PpkSecret> {
  const { derivation } = text;
  if (derivation === undefined) return deriveBySha1(passphrase);
  const variant = ppkArgon2Variants.get(derivation.name) ?? 'argon2id';
  const sizeBytes = cipherKeySizeBytes + ppkBlockSizeBytes + macKeySizeBytes;
  const material = yield* argon2({ ...derivation, variant, passphrase, sizeBytes });
  return {
    cipherKey: material.slice(0, cipherKeySizeBytes),
    iv: material.slice(cipherKeySizeBytes, cipherKeySizeBytes + ppkBlockSizeBytes),
    macKey: material.slice(cipherKeySizeBytes + ppkBlockSizeBytes),
  };
}

function deriveBySha1(passphrase: Uint8Array): PpkSecret {
  const halves = [0, 1].map((number) => sha1.digest(concatBytes(uint32.encode(number), passphrase)));
  return {
    cipherKey: concatBytes(...halves).slice(0, cipherKeySizeBytes),
    iv: new Uint8Array(ppkBlockSizeBytes),
    macKey: sha1.digest(concatBytes(macKeyPrefix, passphrase)),
  };
}

const authenticated = struct('ppk', {
  keyType: string,
  encryption: string,
  comment: string,
  publicBlob: string,
  privateBlob: string,
});

const macHashes: Readonly<Record<PpkVersion, HashName>> = { 2: 'sha1', 3: 'sha256' };

/** The MAC over everything that counts, `privateBlob` in the clear with its padding. */
export function ppkMac(text: Omit<PpkText, 'mac'>, privateBlob: Uint8Array, macKey: Uint8Array): Uint8Array {
  const { comment, publicBlob } = text;
  const [keyType, encryption] = [utf8Encode(text.keyType), utf8Encode(text.encryption)];
  const data = authenticated.encode({ keyType, encryption, comment, publicBlob, privateBlob });
  return hmac(macHashes[text.version], macKey).compute(data);
}
