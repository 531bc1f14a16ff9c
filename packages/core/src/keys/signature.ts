/** Signature blobs: a string with the signature algorithm's name, a string with the signature (RFC 4253 section 6.6, RFC 8332). */
import { ed25519 } from '../crypto/ed25519.ts';
import type { RandomSource } from '../crypto/provider.ts';
import { rsa } from '../crypto/rsa.ts';
import { assert } from '../assertion.ts';
import { struct } from '../wire/composites.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { name, string } from '../wire/primitives.ts';
import type { SignatureCrypto } from './key-type.ts';
import { keyTypeOf, type PrivateKey, type PublicKey } from './key-types/index.ts';

/** The codec of a signature blob. */
export const signatureBlob = struct('signature', { algorithm: name, signature: string });

const nobleCrypto: SignatureCrypto = { ed25519, rsa };

export interface SignatureRequest {
  readonly key: PrivateKey;
  readonly message: Uint8Array;
  /** One of `signatureAlgorithmsOf(key)`; the first of them if not given. */
  readonly algorithm?: string;
  /** Blinds RSA; no signature depends on it. */
  readonly random: RandomSource;
  /** Another provider's primitives; noble's if not given. */
  readonly crypto?: SignatureCrypto;
}

/** Signs, and gives the signature blob. */
export function signMessage(request: SignatureRequest): Uint8Array<ArrayBuffer> {
  const { key, message, random, crypto = nobleCrypto } = request;
  const row = keyTypeOf(key);
  const algorithm = request.algorithm ?? row.signatureAlgorithms[0] ?? '';
  assert(row.signatureAlgorithms.includes(algorithm), `${algorithm} is no signature algorithm of ${key.type}`);
  return signatureBlob.encode({ algorithm, signature: row.sign({ key, message, algorithm, random, crypto }) });
}

export interface SignatureCheck {
  readonly key: PublicKey;
  readonly message: Uint8Array;
  /** The signature blob, as it came. */
  readonly signature: Uint8Array;
  /** The blob must name one of these: the algorithm that was agreed or offered. */
  readonly algorithms: readonly string[];
  readonly crypto?: SignatureCrypto;
}

/** Whether the blob is well formed, names an allowed algorithm of this key's type, and signs the message. */
export function verifySignature(check: SignatureCheck): boolean {
  const { key, message, algorithms, crypto = nobleCrypto } = check;
  const blob = tryDecode(check.signature);
  const row = keyTypeOf(key);
  if (blob === undefined || !algorithms.includes(blob.algorithm)) return false;
  if (!row.signatureAlgorithms.includes(blob.algorithm)) return false;
  return row.verify({ key, message, algorithm: blob.algorithm, signature: blob.signature, crypto });
}

function tryDecode(bytes: Uint8Array): ReturnType<typeof signatureBlob.decode> | undefined {
  try {
    return signatureBlob.decode(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** The signature algorithms a key can make, the preferred one first. */
export function signatureAlgorithmsOf(key: PublicKey): readonly string[] {
  return keyTypeOf(key).signatureAlgorithms;
}
