/** What one key type has to say of itself; the registry `key-types/index.ts` holds one row each. */
import type { Ed25519, RandomSource, Rsa } from '../crypto/provider.ts';
import type { LongWork } from '../long-work.ts';
import type { Codec } from '../wire/codec.ts';

/** The primitives that signatures need: a slice of the CryptoProvider. */
export interface SignatureCrypto {
  readonly ed25519: Ed25519;
  readonly rsa: Rsa;
}

/** What every public key has: the key type's name. */
export interface TypedKey {
  readonly type: string;
}

export interface SignRequest<S> {
  readonly key: S;
  readonly message: Uint8Array;
  /** One of the row's signature algorithms. */
  readonly algorithm: string;
  readonly random: RandomSource;
  readonly crypto: SignatureCrypto;
}

export interface VerifyRequest<P> {
  readonly key: P;
  readonly message: Uint8Array;
  /** One of the row's signature algorithms, the one that the signature names. */
  readonly algorithm: string;
  /** The inner bytes, without the algorithm's name. */
  readonly signature: Uint8Array;
  readonly crypto: SignatureCrypto;
}

export interface KeyGeneration {
  /** Bits of the key; checked against `allowedBits` before. */
  readonly bits: number;
  readonly random: RandomSource;
}

/** One key type. `P` and `S` are its public and private keys. */
export interface KeyType<P extends TypedKey = TypedKey, S extends P = P> {
  /** The name in key blobs, like `ssh-ed25519`. */
  readonly name: P['type'];
  /** As `ssh-keygen -l` prints it, like `ED25519`. */
  readonly shortName: string;
  /** As `ssh-keygen -t` takes it, like `ed25519`. */
  readonly keygenName: string;
  /** Names of RFC 8332 section 3's kind, the preferred one first. */
  readonly signatureAlgorithms: readonly string[];
  /** Bits that `generate` takes. */
  readonly allowedBits: { readonly minimum: number; readonly maximum: number; readonly usual: number };
  /** The public key blob, type name included. */
  readonly publicKey: Codec<P>;
  /** The private section of openssh-key-v1, type name included; refuses halves that do not fit. */
  readonly privateKey: Codec<S>;
  /** The public half alone. */
  publicHalf(key: S): P;
  bits(key: P): number;
  generate(generation: KeyGeneration): LongWork<S>;
  /** The inner signature bytes. */
  sign(request: SignRequest<S>): Uint8Array;
  verify(request: VerifyRequest<P>): boolean;
}
