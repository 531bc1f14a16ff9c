/** Signature blobs: a string with the signature algorithm's name, a string with the signature (RFC 4253 section 6.6, RFC 8332). */
import { nobleSignatures } from '../crypto/noble-signatures.ts';
import type { RandomSource, SignatureCrypto } from '../crypto/provider.ts';
import { assert } from '../assertion.ts';
import { struct } from '../wire/composites.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { name, rest, string } from '../wire/primitives.ts';
import { authenticatorData, userPresenceFlag, userVerificationFlag } from './authenticator-data.ts';
import { keyTypeOf, type PrivateKey } from './key-types/index.ts';
import { publicKeyTypeOf, type PublicKey } from './public-key-types/index.ts';

/** The codec of a signature blob. `extra` is empty but for keys in an authenticator (PROTOCOL.u2f). */
export const signatureBlob = struct('signature', { algorithm: name, signature: string, extra: rest });

/** What is to be signed, by which key and how. */
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

/** Signs, and gives the signature blob. A key in an authenticator is an assertion: ask `keyTypeOf(key).inAuthenticator` first. */
export function signMessage(request: SignatureRequest): Uint8Array<ArrayBuffer> {
  const { key, message, random, crypto = nobleSignatures } = request;
  const row = keyTypeOf(key);
  const algorithm = request.algorithm ?? row.signatureAlgorithms[0] ?? '';
  assert(row.signatureAlgorithms.includes(algorithm), `${algorithm} is no signature algorithm of ${key.type}`);
  assert(row.sign !== undefined, `keys of type ${key.type} sign in their authenticator`);
  const signature = row.sign({ key, message, algorithm, random, crypto });
  return signatureBlob.encode({ algorithm, signature, extra: new Uint8Array() });
}

/** What a signature is verified against. */
export interface SignatureCheck {
  readonly key: PublicKey;
  readonly message: Uint8Array;
  /** The signature blob, as it came. */
  readonly signature: Uint8Array;
  /** The blob must name one of these: the algorithm that was agreed or offered. */
  readonly algorithms: readonly string[];
  /** Another provider's primitives; noble's if not given. */
  readonly crypto?: SignatureCrypto;
}

/** Whether the blob is well formed, names an allowed algorithm of this key's type, and signs the message. */
export function verifySignature(check: SignatureCheck): boolean {
  const { key, message, algorithms, crypto = nobleSignatures } = check;
  const blob = tryDecode(check.signature);
  const row = publicKeyTypeOf(key);
  if (blob === undefined || !algorithms.includes(blob.algorithm)) return false;
  if (!row.signatureAlgorithms.includes(blob.algorithm)) return false;
  if (blob.extra.length > 0 && !row.signatureHasExtra) return false;
  return row.verify({ key, message, ...blob, crypto });
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
  return publicKeyTypeOf(key).signatureAlgorithms;
}

/** What an authenticator says of one of its signatures (PROTOCOL.u2f): who was there, and how often it has signed. */
export interface AuthenticatorStatement {
  readonly userPresent: boolean;
  readonly userVerified: boolean;
  readonly counter: number;
}

/**
 * The statement of a signature that has been verified; undefined for a key that lies in no authenticator. Whether presence is asked
 * for is the verifier's to decide: sshd does unless `no-touch-required`.
 */
export function authenticatorStatementOf(key: PublicKey, signature: Uint8Array): AuthenticatorStatement | undefined {
  const blob = tryDecode(signature);
  if (blob === undefined || !publicKeyTypeOf(key).inAuthenticator) return undefined;
  const { flags, counter } = authenticatorData.decodePrefix(blob.extra).value;
  return {
    userPresent: (flags & userPresenceFlag) !== 0,
    userVerified: (flags & userVerificationFlag) !== 0,
    counter,
  };
}
