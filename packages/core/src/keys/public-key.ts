/** Public key blobs (RFC 4253 section 6.6): the registry's codecs behind one pair of functions. */
import { name as nameCodec } from '../wire/primitives.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { findPublicKeyType, publicKeyTypeOf, type PublicKey } from './public-key-types/index.ts';

/** The key type's name at the start of a blob, known or not. Throws DecodeError. */
export function publicKeyBlobType(blob: Uint8Array): string {
  return nameCodec.decodePrefix(blob).value;
}

/** The key of a blob. Throws DecodeError: malformed, trailing bytes, or a key type that is not known. */
export function decodePublicKey(blob: Uint8Array): PublicKey {
  const name = publicKeyBlobType(blob);
  const row = findPublicKeyType(name);
  if (row === undefined) throw new DecodeError(`unknown key type ${name}`, { path: 'type', offset: 4 });
  return row.publicKey.decode(blob);
}

/** The blob of a key; of a private key, its public half. */
export function encodePublicKey(key: PublicKey): Uint8Array<ArrayBuffer> {
  return publicKeyTypeOf(key).publicKey.encode(key);
}

/** The public half of a private key alone, with nothing secret in it. */
export function publicKeyOf(key: PublicKey): PublicKey {
  return publicKeyTypeOf(key).publicHalf(key);
}

/** Bits of a key, as `ssh-keygen -l` prints them. */
export function keyBits(key: PublicKey): number {
  return publicKeyTypeOf(key).bits(key);
}
