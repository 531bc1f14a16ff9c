/**
 * What one key type has to say of itself, in two halves: the public side (names, blob, verification), which needs no primitive of
 * its own, and the private side (key files, generation, signing). The registries are `public-key-types/` and `key-types/`.
 */
import type { OpenSshVersion } from '../config/keywords/row.ts';
import type { RandomSource, SignatureCrypto } from '../crypto/provider.ts';
export type { SignatureCrypto } from '../crypto/provider.ts';
import type { LongWork } from '../long-work.ts';
import type { Codec } from '../wire/codec.ts';

/** What every public key has: the key type's name. */
export interface TypedKey {
  readonly type: string;
}

/** What a row's `verify` is given. */
export interface VerifyRequest<P> {
  readonly key: P;
  readonly message: Uint8Array;
  /** One of the row's signature algorithms, the one that the signature names. */
  readonly algorithm: string;
  /** The inner bytes, without the algorithm's name. */
  readonly signature: Uint8Array;
  /** What stands after the inner bytes in the blob: empty but for key types with `signatureHasExtra`. */
  readonly extra: Uint8Array;
  readonly crypto: SignatureCrypto;
}

/** Bits that a key can be made with. */
export interface AllowedBits {
  readonly minimum: number;
  readonly maximum: number;
  readonly usual: number;
}

/** The public side of one key type. `P` is its public key. */
export interface PublicKeyType<P extends TypedKey = TypedKey> {
  /** The name in key blobs, like `ssh-ed25519`. */
  readonly name: P['type'];
  /** As `ssh-keygen -l` prints it, like `ED25519`. */
  readonly shortName: string;
  /** As `ssh-keygen -t` takes it, like `ed25519`; several key types can share it and differ in `allowedBits`. */
  readonly keygenName: string;
  /** The file below ~/.ssh that ssh-keygen proposes and ssh tries, like `id_ed25519`. */
  readonly identityFile: string;
  /** The versions of OpenSSH that know this key type. */
  readonly openSshVersions: readonly OpenSshVersion[];
  /** Names of RFC 8332 section 3's kind, the preferred one first. */
  readonly signatureAlgorithms: readonly string[];
  /** Bits that a key can be made with; where `minimum` is `maximum` there is no choice. */
  readonly allowedBits: AllowedBits;
  /** Whether the key lies in an authenticator (PROTOCOL.u2f): it neither generates nor signs here. */
  readonly inAuthenticator: boolean;
  /** Whether more stands in the signature blob after the signature itself (PROTOCOL.u2f); elsewhere such bytes are refused. */
  readonly signatureHasExtra: boolean;
  /** The public key blob, type name included. */
  readonly publicKey: Codec<P>;
  /** The public fields alone, of a key that may have private ones too. */
  publicHalf(key: P): P;
  bits(key: P): number;
  verify(request: VerifyRequest<P>): boolean;
}

/** What a row's `sign` is given. */
export interface SignRequest<S> {
  readonly key: S;
  readonly message: Uint8Array;
  /** One of the row's signature algorithms. */
  readonly algorithm: string;
  /** Blinds RSA; no signature depends on it. */
  readonly random: RandomSource;
  readonly crypto: SignatureCrypto;
}

/** What a row's `generate` is given. */
export interface KeyGeneration {
  /** Bits of the key; checked against `allowedBits` before. */
  readonly bits: number;
  readonly random: RandomSource;
}

/** One key type, both sides. `P` and `S` are its public and private keys. */
export interface KeyType<P extends TypedKey = TypedKey, S extends P = P> extends PublicKeyType<P> {
  /** The private section of openssh-key-v1, type name included; refuses halves that do not fit. */
  readonly privateKey: Codec<S>;
  /** Absent where the key is made in an authenticator. */
  generate?(generation: KeyGeneration): LongWork<S>;
  /** The inner signature bytes. Absent where an authenticator signs. */
  sign?(request: SignRequest<S>): Uint8Array;
}
