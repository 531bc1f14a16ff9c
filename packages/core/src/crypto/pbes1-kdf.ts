/**
 * The key derivations of PBES1, by hand since noble has neither: PBKDF1 (RFC 8018 section 5.1) and that of PKCS#12 (RFC 7292 appendix
 * B.2). Old and weak; here for old key files only.
 */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import type { LongWork } from '../long-work.ts';
import { concatBytes } from '../wire/bytes.ts';

const hashes = { md5, sha1 } as const;
const iterationsPerStep = 4096;

interface HashChain {
  readonly hash: keyof typeof hashes;
  readonly iterations: number;
  readonly first: Uint8Array;
}

/** The hash of the hash of ... the first bytes. */
function* hashChain({ hash, iterations, first }: HashChain): LongWork<Uint8Array> {
  let digest = first;
  for (let done = 0; done < iterations; done++) {
    digest = hashes[hash](digest);
    if (done % iterationsPerStep === iterationsPerStep - 1) yield { done, total: iterations };
  }
  return digest;
}

export interface Pbkdf1Parameters {
  readonly hash: keyof typeof hashes;
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/** As many bytes as the hash has. */
export function pbkdf1({ hash, passphrase, salt, iterations }: Pbkdf1Parameters): LongWork<Uint8Array> {
  return hashChain({ hash, iterations, first: concatBytes(passphrase, salt) });
}

export interface Pkcs12Parameters {
  /** UTF-16, big-endian, with a NUL at the end (RFC 7292 appendix B.1). */
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** 1 for a key, 2 for an initialization vector. */
  readonly purpose: 1 | 2;
  readonly sizeBytes: number;
}

/** Block of SHA-1, the only hash here. */
const blockSizeBytes = 64;

/** The derivation of PKCS#12 with SHA-1. */
export function* pkcs12Kdf(parameters: Pkcs12Parameters): LongWork<Uint8Array> {
  const { passphrase, salt, iterations, purpose, sizeBytes } = parameters;
  const diversifier = new Uint8Array(blockSizeBytes).fill(purpose);
  const repeated = concatBytes(repeatToBlocks(salt), repeatToBlocks(passphrase));
  const digests: Uint8Array[] = [];
  for (let size = 0; size < sizeBytes; size += sha1.outputLen) {
    const digest = yield* hashChain({ hash: 'sha1', iterations, first: concatBytes(diversifier, repeated) });
    digests.push(digest);
    for (let start = 0; start < repeated.length; start += blockSizeBytes) {
      addDigestAndOne(repeated.subarray(start, start + blockSizeBytes), digest);
    }
  }
  return concatBytes(...digests).subarray(0, sizeBytes);
}

function repeatToBlocks(bytes: Uint8Array): Uint8Array {
  const size = blockSizeBytes * Math.ceil(bytes.length / blockSizeBytes);
  return Uint8Array.from({ length: size }, (_, index) => bytes[index % bytes.length] ?? 0);
}

/** Adds the digest, repeated to a block, and 1 to a block, as big-endian numbers. */
function addDigestAndOne(block: Uint8Array, digest: Uint8Array): void {
  let carry = 1;
  for (let index = block.length - 1; index >= 0; index--) {
    carry += (block[index] ?? 0) + (digest[index % digest.length] ?? 0);
    block[index] = carry & 0xff;
    carry >>= 8;
  }
}
