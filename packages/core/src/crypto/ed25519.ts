/**
 * Ed25519 (RFC 8032), by @noble/ed25519: half the size of noble/curves' and not slower. Strict verification, as `zip215: false` says; a bad
 * length is false, not an error.
 */
import { getPublicKey, hashes, sign, verify } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import type { Ed25519 } from './provider.ts';

/** The library brings no hash of its own, and WebCrypto's is asynchronous. */
hashes.sha512 = sha512;

export const ed25519: Ed25519 = {
  publicKey: (seed) => getPublicKey(seed),
  sign: (message, seed) => sign(message, seed),
  verify({ message, signature, publicKey }) {
    if (signature.length !== 64 || publicKey.length !== 32) return false;
    return verify(signature, message, publicKey, { zip215: false });
  },
};
