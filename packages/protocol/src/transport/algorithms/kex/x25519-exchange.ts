/** X25519 as key exchanges use it: fresh secrets, and values that must be refused (RFC 8731 3). */
import { disconnectReasons, ProtocolError } from '../../../protocol-error.ts';
import type { KexArithmetic } from './row.ts';

export const x25519SizeBytes = 32;

interface X25519Half {
  readonly ownPublic: Uint8Array;
  /** 32 bytes. Throws ProtocolError for a wrong length or a point of low order. */
  sharedWith(theirPublic: Uint8Array): Uint8Array;
}

export function x25519Half({ crypto, random }: KexArithmetic): X25519Half {
  const secret = random(x25519SizeBytes);
  return {
    ownPublic: crypto.x25519.publicKey(secret),
    sharedWith(theirPublic) {
      const shared = crypto.x25519.sharedSecret(secret, theirPublic);
      if (shared === undefined) throw refusedValue('expected a curve25519 value of 32 bytes and not of low order');
      return shared;
    },
  };
}

/** The peer's value cannot be used. */
export function refusedValue(message: string): ProtocolError {
  return new ProtocolError('key-exchange', message, {
    clause: 'RFC 8731 3',
    reason: disconnectReasons.keyExchangeFailed,
  });
}
