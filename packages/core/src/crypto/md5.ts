/** MD5 (RFC 1321), by noble. Broken; here for old fingerprints and old key files only. */
import { md5 as nobleMd5 } from '@noble/hashes/legacy.js';
import { nobleHash } from './noble-hash.ts';
import type { Hash } from './provider.ts';

export const md5: Hash = nobleHash(nobleMd5);
