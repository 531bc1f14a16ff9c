/** X25519 (RFC 7748), by noble. A shared secret of zeros is refused, as RFC 8731 section 3 demands. */
import { x25519 as noble } from '@noble/curves/ed25519.js';
import type { X25519 } from './provider.ts';

export const x25519: X25519 = {
  publicKey: (privateKey) => noble.getPublicKey(privateKey),
  sharedSecret(privateKey, publicKey) {
    if (publicKey.length !== 32) return undefined;
    try {
      return noble.getSharedSecret(privateKey, publicKey);
    } catch {
      return undefined;
    }
  },
};
