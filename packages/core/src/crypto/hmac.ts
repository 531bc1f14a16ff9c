/** HMAC (RFC 2104), by noble: the key is set once and its state copied for each message. */
import { hmac as nobleHmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { HashName, KeyedMac } from './provider.ts';

const hashes = { md5, sha1, sha256, sha384, sha512 } as const;

/** HMAC over one of the hashes, with its key set. */
export function hmac(hash: HashName, key: Uint8Array): KeyedMac {
  const keyed = nobleHmac.create(hashes[hash], key);
  return {
    compute(...parts) {
      const running = keyed.clone();
      for (const part of parts) running.update(part);
      return running.digest();
    },
  };
}
