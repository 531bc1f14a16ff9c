/** ML-DSA-44 (FIPS 204), by noble; signing is deterministic, as section 3.4 allows. */
import { ml_dsa44 as noble } from '@noble/post-quantum/ml-dsa.js';
import { assert } from '../assertion.ts';
import type { Mldsa44 } from './provider.ts';

export const mldsa44SeedSizeBytes = 32;
export const mldsa44PublicKeySizeBytes = 1312;
export const mldsa44SignatureSizeBytes = 2420;
const maximumContextSizeBytes = 255;

export const mldsa44: Mldsa44 = {
  publicKey: (seed) => noble.keygen(seed).publicKey,
  sign({ message, context, seed }) {
    assert(context.length <= maximumContextSizeBytes, 'a context of ML-DSA has at most 255 bytes');
    return noble.sign(message, noble.keygen(seed).secretKey, { context, extraEntropy: false });
  },
  verify({ message, context, signature, publicKey }) {
    if (signature.length !== mldsa44SignatureSizeBytes || publicKey.length !== mldsa44PublicKeySizeBytes) return false;
    return noble.verify(signature, message, publicKey, { context });
  },
};
