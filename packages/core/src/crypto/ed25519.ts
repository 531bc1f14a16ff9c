/** Ed25519 (RFC 8032), by noble: strict verification, as `zip215: false` says; a bad length is false, not an error. */
import { ed25519 as noble } from '@noble/curves/ed25519.js';
import type { Ed25519 } from './provider.ts';

export const ed25519: Ed25519 = {
  publicKey: (seed) => noble.getPublicKey(seed),
  sign: (message, seed) => noble.sign(message, seed),
  verify({ message, signature, publicKey }) {
    if (signature.length !== 64 || publicKey.length !== 32) return false;
    return noble.verify(signature, message, publicKey, { zip215: false });
  },
};
