/** SHA-512 (FIPS 180-4), by noble. */
import { sha512 as nobleSha512 } from '@noble/hashes/sha2.js';
import { nobleHash } from './noble-hash.ts';
import type { Hash } from './provider.ts';

export const sha512: Hash = nobleHash(nobleSha512);
