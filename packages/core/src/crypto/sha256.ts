/** SHA-256 (FIPS 180-4), by noble. */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { nobleHash } from './noble-hash.ts';
import type { Hash } from './provider.ts';

export const sha256: Hash = nobleHash(nobleSha256);
