/** SHA-1 (FIPS 180-4), by noble. Broken for signatures; here for hmac-sha1 and the ssh-rsa of 2014. */
import { sha1 as nobleSha1 } from '@noble/hashes/legacy.js';
import { nobleHash } from './noble-hash.ts';
import type { Hash } from './provider.ts';

export const sha1: Hash = nobleHash(nobleSha1);
