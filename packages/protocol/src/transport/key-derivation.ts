/** Keys from the shared secret and the exchange hash. Specification: RFC 4253 7.2. */
import type { Hash } from '@seashell/core/crypto';
import { concatBytes, utf8Encode } from '@seashell/core/wire';

/** What one key exchange gives to derive keys from. */
export interface KeySource {
  readonly hash: Hash;
  /** K as it is hashed: an mpint, or a string for hybrid exchanges. */
  readonly sharedSecret: Uint8Array;
  readonly exchangeHash: Uint8Array;
  readonly sessionId: Uint8Array;
}

/** `A` and `B` are the initial IVs, `C` and `D` the encryption keys, `E` and `F` the integrity keys; client to server first. */
export type KeyLetter = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

/** So many bytes of the key with this letter: K1 || K2 || ..., each the hash of all before it. */
export function deriveKey(source: KeySource, letter: KeyLetter, sizeBytes: number): Uint8Array {
  const { hash, sharedSecret, exchangeHash, sessionId } = source;
  let key = hash.digest(concatBytes(sharedSecret, exchangeHash, utf8Encode(letter), sessionId));
  while (key.length < sizeBytes) {
    key = concatBytes(key, hash.digest(concatBytes(sharedSecret, exchangeHash, key)));
  }
  return key.subarray(0, sizeBytes);
}
