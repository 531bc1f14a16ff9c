/**
 * The one seam to cryptography: everything SSH computes with, as pure synchronous functions of their arguments. Randomness
 * is an argument too. Implementations: `noble.ts` here, and one over Node's own crypto; `contract.ts` compares them.
 */

/** Gives so many random bytes; the caller's, since the core has no randomness of its own. */
export type RandomSource = (sizeBytes: number) => Uint8Array;

/** The hashes that SSH uses, of old versions too. */
export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** A hash that takes its message in pieces. */
export interface RunningHash {
  update(bytes: Uint8Array): RunningHash;
  /** The digest; the hash is used up. */
  digest(): Uint8Array;
}

/** A hash, at once or in pieces. */
export interface Hash {
  readonly digestSizeBytes: number;
  digest(message: Uint8Array): Uint8Array;
  /** A new hash to be fed. */
  start(): RunningHash;
}

/** A MAC with its key set: gives the tag over the parts, as if they stood one after another. */
export interface KeyedMac {
  compute(...parts: readonly Uint8Array[]): Uint8Array;
}

/** Ed25519 (RFC 8032). */
export interface Ed25519 {
  /** The 32 bytes of the public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array;
  /** The 64-byte signature of RFC 8032, always the same. */
  sign(message: Uint8Array, seed: Uint8Array): Uint8Array;
  /** Strict: false also for wrong lengths, points of small order and encodings that are not canonical. */
  verify(signed: { message: Uint8Array; signature: Uint8Array; publicKey: Uint8Array }): boolean;
}

/** X25519 (RFC 7748). */
export interface X25519 {
  /** The 32 bytes of the public key of 32 random bytes. */
  publicKey(privateKey: Uint8Array): Uint8Array;
  /** The 32 bytes of the shared secret; undefined for a wrong length or a point of low order (an all-zero secret). */
  sharedSecret(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined;
}

/** ML-KEM-768 (FIPS 203), all randomness given. */
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

/** An RSA public key: modulus n and exponent e. */
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

/** RSA signatures (RFC 8017 section 8.2). Keys are taken as they are: what checks them are the key type's codecs. */
export interface Rsa {
  /** RSASSA-PKCS1-v1_5, as many bytes as the modulus. `random` blinds; the signature does not depend on it. */
  sign(request: { message: Uint8Array; key: RsaPrivateKey; hash: RsaHashName; random: RandomSource }): Uint8Array;
  /** RSASSA-PKCS1-v1_5. False for a signature that is longer than the modulus; a shorter one counts as if zeros stood before it. */
  verify(signed: { message: Uint8Array; signature: Uint8Array; key: RsaPublicKey; hash: RsaHashName }): boolean;
}

/** The curves of RFC 5656 section 10.1 that OpenSSH has. */
export type NistCurveName = 'nistp256' | 'nistp384' | 'nistp521';

/** The two numbers of an ECDSA or DSA signature. */
export interface SignaturePair {
  readonly r: bigint;
  readonly s: bigint;
}

/** ECDSA on one curve with the hash that RFC 5656 section 6.2.1 pairs with it. Points are SEC1, uncompressed. */
export interface Ecdsa {
  /** The point of a scalar from 1 to n - 1. */
  publicKey(scalar: bigint): Uint8Array;
  /** With the nonce of RFC 6979: always the same. */
  sign(message: Uint8Array, scalar: bigint): SignaturePair;
  /** Any s from 1 to n - 1 counts, the high half too. False for a point that is not one. */
  verify(signed: { message: Uint8Array; signature: SignaturePair; publicKey: Uint8Array }): boolean;
}

/** Diffie-Hellman on one curve (RFC 5656 section 4). */
export interface Ecdh {
  /** How many random bytes make a scalar without bias (FIPS 186-5 appendix A.2.1): 8 more than the order has. */
  readonly seedSizeBytes: number;
  /** The scalar of random bytes. */
  scalar(seed: Uint8Array): bigint;
  /** The point of a scalar, uncompressed. */
  publicKey(scalar: bigint): Uint8Array;
  /** The x coordinate, as many bytes as the field has; undefined for what is no uncompressed point of the curve. */
  sharedSecret(scalar: bigint, publicKey: Uint8Array): Uint8Array | undefined;
}

/** A DSA public key, in the numbers of FIPS 186-4. */
export interface DsaPublicKey {
  readonly p: bigint;
  readonly q: bigint;
  readonly g: bigint;
  readonly y: bigint;
}

/** A DSA private key: x from 1 to q - 1. */
export interface DsaPrivateKey extends DsaPublicKey {
  readonly x: bigint;
}

/** DSA with SHA-1 (FIPS 186-4), as ssh-dss has it. */
export interface Dsa {
  /** With the nonce of RFC 6979: always the same. */
  sign(message: Uint8Array, key: DsaPrivateKey): SignaturePair;
  verify(signed: { message: Uint8Array; signature: SignaturePair; key: DsaPublicKey }): boolean;
}

/** ML-DSA-44 (FIPS 204), deterministic. */
export interface Mldsa44 {
  /** The 1,312 bytes of the public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array;
  /** The 2,420 bytes of the signature; `context` has at most 255. */
  sign(signed: { message: Uint8Array; context: Uint8Array; seed: Uint8Array }): Uint8Array;
  verify(signed: { message: Uint8Array; context: Uint8Array; signature: Uint8Array; publicKey: Uint8Array }): boolean;
}

/** One direction of a stream cipher; it keeps its counter. */
export interface StreamCipher {
  /** Encrypts or decrypts the next bytes: whole blocks only. */
  next(bytes: Uint8Array): Uint8Array;
}

/** A cipher without authentication, with the sizes of what it takes. */
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

/** A cipher that encrypts and authenticates packets, with the sizes of what it takes. */
export interface PacketCipherAlgorithm {
  readonly keySizeBytes: number;
  readonly ivSizeBytes: number;
  /** What the body's length must be a multiple of. */
  readonly blockSizeBytes: number;
  readonly tagSizeBytes: number;
  /** Once per direction: an object seals or unseals, not both. */
  open(key: Uint8Array, iv: Uint8Array): PacketCipher;
}

/** The stream ciphers, by the names of RFC 4344. */
export type StreamCipherName = 'aes128-ctr' | 'aes192-ctr' | 'aes256-ctr';
/** The packet ciphers, by OpenSSH's names. */
export type PacketCipherName = 'chacha20-poly1305@openssh.com' | 'aes128-gcm@openssh.com' | 'aes256-gcm@openssh.com';

/** The primitives that signatures need, of any key type: a row of the registry takes what it needs. */
export interface SignatureCrypto {
  readonly hashes: Readonly<Record<HashName, Hash>>;
  readonly ed25519: Ed25519;
  readonly ecdsa: Readonly<Record<NistCurveName, Ecdsa>>;
  readonly rsa: Rsa;
  readonly dsa: Dsa;
  readonly mldsa44: Mldsa44;
}

/** The full table. Programs assemble it; libraries import the primitives they need one by one. */
export interface CryptoProvider extends SignatureCrypto {
  /** HMAC of RFC 2104 over the hash, with the key set. */
  hmac(hash: HashName, key: Uint8Array): KeyedMac;
  readonly x25519: X25519;
  readonly ecdh: Readonly<Record<NistCurveName, Ecdh>>;
  readonly mlkem768: Mlkem768;
  readonly streamCiphers: Readonly<Record<StreamCipherName, StreamCipherAlgorithm>>;
  readonly packetCiphers: Readonly<Record<PacketCipherName, PacketCipherAlgorithm>>;
}
