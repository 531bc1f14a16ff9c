/** The inner signature of ECDSA keys: mpint r, mpint s (RFC 5656 section 3.1.2), strictly. */
import type { SignaturePair } from '../crypto/provider.ts';
import { struct } from '../wire/composites.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { mpint } from '../wire/primitives.ts';

const signaturePair = struct('signature', { r: mpint, s: mpint });

/** The bytes of both numbers. */
export function encodeSignaturePair(pair: SignaturePair): Uint8Array<ArrayBuffer> {
  return signaturePair.encode(pair);
}

/** Both numbers; undefined for bytes that are not exactly that. */
export function decodeSignaturePair(bytes: Uint8Array): SignaturePair | undefined {
  try {
    return signaturePair.decode(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
