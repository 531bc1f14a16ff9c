/** ML-KEM-768 (FIPS 203), by noble, with the randomness always given. */
import { ml_kem768 as noble } from '@noble/post-quantum/ml-kem.js';
import { assert } from '../assertion.ts';
import type { Mlkem768 } from './provider.ts';

export const mlkem768PublicKeySizeBytes = 1184;
export const mlkem768CiphertextSizeBytes = 1088;
const seedSizeBytes = 64;
const randomSizeBytes = 32;

export const mlkem768: Mlkem768 = {
  keyPair(seed) {
    assert(seed.length === seedSizeBytes, 'an ML-KEM seed has 64 bytes');
    return noble.keygen(seed);
  },
  encapsulate(publicKey, random) {
    assert(random.length === randomSizeBytes, 'ML-KEM encapsulation takes 32 random bytes');
    if (publicKey.length !== mlkem768PublicKeySizeBytes) return undefined;
    try {
      const { cipherText, sharedSecret } = noble.encapsulate(publicKey, random);
      return { ciphertext: cipherText, sharedSecret };
    } catch {
      return undefined;
    }
  },
  decapsulate(ciphertext, secretKey) {
    if (ciphertext.length !== mlkem768CiphertextSizeBytes) return undefined;
    return noble.decapsulate(ciphertext, secretKey);
  },
};
