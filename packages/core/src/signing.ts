/**
 * Signing asked of whoever holds the key: a computation that needs a signature is a generator that yields the request and is
 * answered with the signature blob, so that a key in memory, an agent and a test answer alike.
 */
import type { RandomSource } from './crypto/provider.ts';
import type { SignatureCrypto } from './keys/key-type.ts';
import type { PrivateKey, PublicKey } from './keys/key-types/index.ts';
import { signMessage } from './keys/signature.ts';

/** A signature that is wanted. */
export interface SigningRequest {
  /** The public half of the key that shall sign. */
  readonly key: PublicKey;
  readonly message: Uint8Array;
  /** The signature algorithm (RFC 8332), like `rsa-sha2-512`; the answer has to name it. */
  readonly algorithm: string;
}

/** A computation that asks for signatures. The answer to a request is the signature blob: algorithm and signature. */
export type Signing<T> = Generator<SigningRequest, T, Uint8Array>;

/** The key that answers, and what signing with it takes. */
export interface KeySigner {
  readonly key: PrivateKey;
  /** Blinds RSA; no signature depends on it. */
  readonly random: RandomSource;
  /** Another provider's primitives; noble's if not given. */
  readonly crypto?: SignatureCrypto;
}

/** Runs it to the end; the key signs. */
export function signWithKey<T>(work: Signing<T>, signer: KeySigner): T {
  let step = work.next();
  while (step.done !== true) {
    const { message, algorithm } = step.value;
    step = work.next(signMessage({ ...signer, message, algorithm }));
  }
  return step.value;
}

/** Runs it to the end; `sign` answers each request, for instance an agent. What it throws comes out of here. */
export async function signWithAgent<T>(
  work: Signing<T>,
  sign: (request: SigningRequest) => Promise<Uint8Array>,
): Promise<T> {
  let step = work.next();
  while (step.done !== true) step = work.next(await sign(step.value));
  return step.value;
}
