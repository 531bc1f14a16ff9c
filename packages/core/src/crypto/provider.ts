/**
 * The one seam to cryptography: everything SSH computes with, as pure synchronous functions of their arguments. Randomness
 * is an argument too. Implementations: `noble.ts` here, and one over Node's own crypto; `contract.ts` compares them.
 */

/** Gives so many random bytes; the caller's, since the core has no randomness of its own. */
export type RandomSource = (sizeBytes: number) => Uint8Array;

export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** A hash that takes its message in pieces. */
export interface RunningHash {
  update(bytes: Uint8Array): RunningHash;
  /** The digest; the hash is used up. */
  digest(): Uint8Array;
}

export interface Hash {
  readonly digestSizeBytes: number;
  digest(message: Uint8Array): Uint8Array;
  start(): RunningHash;
}

/** A MAC with its key set: gives the tag over the parts, as if they stood one after another. */
export interface KeyedMac {
  compute(...parts: readonly Uint8Array[]): Uint8Array;
}

export interface Ed25519 {
  /** The 32 bytes of the public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array;
  /** The 64-byte signature of RFC 8032, always the same. */
  sign(message: Uint8Array, seed: Uint8Array): Uint8Array;
  /** Strict: false also for wrong lengths, points of small order and encodings that are not canonical. */
  verify(signed: { message: Uint8Array; signature: Uint8Array; publicKey: Uint8Array }): boolean;
}

export interface X25519 {
  /** The 32 bytes of the public key of 32 random bytes. */
  publicKey(privateKey: Uint8Array): Uint8Array;
  /** The 32 bytes of the shared secret; undefined for a wrong length or a point of low order (an all-zero secret). */
  sharedSecret(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined;
}

export interface Mlkem768 {
  /** FIPS 203 ML-KEM.KeyGen_internal of a 64-byte seed: 1,184 bytes of public key, 2,400 of secret key. */
  keyPair(seed: Uint8Array): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  /** With 32 random bytes. Undefined when the public key has the wrong length or is not reduced. */
  encapsulate(
    publicKey: Uint8Array,
    random: Uint8Array,
  ): { readonly ciphertext: Uint8Array; readonly sharedSecret: Uint8Array } | undefined;
  /** Undefined when the ciphertext has the wrong length; a wrong ciphertext gives another secret (implicit rejection). */
  decapsulate(ciphertext: Uint8Array, secretKey: Uint8Array): Uint8Array | undefined;
}

export interface RsaPublicKey {
  readonly n: bigint;
  readonly e: bigint;
}

/** With `iqmp`, the inverse of q modulo p, as openssh-key-v1 stores it. */
export interface RsaPrivateKey extends RsaPublicKey {
  readonly d: bigint;
  readonly iqmp: bigint;
  readonly p: bigint;
  readonly q: bigint;
}

/** The hashes of the signature algorithms ssh-rsa, rsa-sha2-256 and rsa-sha2-512. */
export type RsaHashName = 'sha1' | 'sha256' | 'sha512';

export interface Rsa {
  /** RSASSA-PKCS1-v1_5, as many bytes as the modulus. `random` blinds; the signature does not depend on it. */
  sign(request: { message: Uint8Array; key: RsaPrivateKey; hash: RsaHashName; random: RandomSource }): Uint8Array;
  /** RSASSA-PKCS1-v1_5. False for a signature that is longer than the modulus; a shorter one counts as if zeros stood before it. */
  verify(signed: { message: Uint8Array; signature: Uint8Array; key: RsaPublicKey; hash: RsaHashName }): boolean;
}

/** One direction of a stream cipher; it keeps its counter. */
export interface StreamCipher {
  /** Encrypts or decrypts the next bytes: whole blocks only. */
  next(bytes: Uint8Array): Uint8Array;
}

export interface StreamCipherAlgorithm {
  readonly keySizeBytes: number;
  readonly ivSizeBytes: number;
  readonly blockSizeBytes: number;
  /** Once per direction. */
  open(key: Uint8Array, iv: Uint8Array): StreamCipher;
}

/** One direction of a cipher that also authenticates; a packet here starts with its 4-byte length. */
export interface PacketCipher {
  /** The packet length in the first four bytes as they came; nothing is proved yet. */
  readLength(sequenceNumber: number, head: Uint8Array): number;
  /** Length and body in the clear to length, ciphertext and tag. */
  seal(sequenceNumber: number, packet: Uint8Array): Uint8Array;
  /** Length, ciphertext and tag to length and body in the clear; undefined when the tag is wrong. */
  unseal(sequenceNumber: number, sealed: Uint8Array): Uint8Array | undefined;
}

export interface PacketCipherAlgorithm {
  readonly keySizeBytes: number;
  readonly ivSizeBytes: number;
  /** What the body's length must be a multiple of. */
  readonly blockSizeBytes: number;
  readonly tagSizeBytes: number;
  /** Once per direction: an object seals or unseals, not both. */
  open(key: Uint8Array, iv: Uint8Array): PacketCipher;
}

export type StreamCipherName = 'aes128-ctr' | 'aes192-ctr' | 'aes256-ctr';
export type PacketCipherName = 'chacha20-poly1305@openssh.com' | 'aes128-gcm@openssh.com' | 'aes256-gcm@openssh.com';

/** The full table. Programs assemble it; libraries import the primitives they need one by one. */
export interface CryptoProvider {
  readonly hashes: Readonly<Record<HashName, Hash>>;
  /** HMAC of RFC 2104 over the hash, with the key set. */
  hmac(hash: HashName, key: Uint8Array): KeyedMac;
  readonly ed25519: Ed25519;
  readonly x25519: X25519;
  readonly mlkem768: Mlkem768;
  readonly rsa: Rsa;
  readonly streamCiphers: Readonly<Record<StreamCipherName, StreamCipherAlgorithm>>;
  readonly packetCiphers: Readonly<Record<PacketCipherName, PacketCipherAlgorithm>>;
}
