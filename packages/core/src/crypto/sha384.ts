/** SHA-384 (FIPS 180-4), by noble. */
import { sha384 as nobleSha384 } from '@noble/hashes/sha2.js';
import { nobleHash } from './noble-hash.ts';
import type { Hash } from './provider.ts';

export const sha384: Hash = nobleHash(nobleSha384);
