/**
 * bcrypt_pbkdf, the key derivation of openssh-key-v1 (OpenBSD's bcrypt_pbkdf(3)): by hand, since no library of our kind has
 * it. A generator that yields progress, since 24 rounds take half a second.
 */
import { sha512 } from '@noble/hashes/sha2.js';
import { assert } from '../assertion.ts';
import type { LongWork } from '../long-work.ts';
import { concatBytes, wipeBytes } from '../wire/bytes.ts';
import { bcryptCiphertexts } from './blowfish-key-schedule.ts';

export interface BcryptPbkdfParameters {
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  /** 1 or more; the caller checks it against a limit before. */
  readonly rounds: number;
  readonly sizeBytes: number;
}

const hashSizeBytes = 32;
const magicWords = Int32Array.from([
  0x4f787963, 0x68726f6d, 0x61746963, 0x426c6f77, 0x66697368, 0x53776174, 0x44796e61, 0x6d697465,
]);

/** Yields after each round of one block or two; returns `sizeBytes` bytes of key. */
export function* bcryptPbkdf(parameters: BcryptPbkdfParameters): LongWork<Uint8Array<ArrayBuffer>> {
  const { salt, rounds, sizeBytes } = parameters;
  assert(rounds >= 1 && salt.length > 0 && parameters.passphrase.length > 0, 'bcrypt_pbkdf got an empty parameter');
  const stride = Math.ceil(sizeBytes / hashSizeBytes);
  const total = stride * rounds;
  const passphraseHash = sha512(parameters.passphrase);
  const key = new Uint8Array(sizeBytes);
  for (let block = 0; block < stride; block += 2) {
    // Blocks do not depend on each other: two at a time take as long as one and a half.
    const blocks = block + 1 < stride ? [block, block + 1] : [block];
    let saltHashes = blocks.map((each) => sha512(concatBytes(salt, uint32Bytes(each + 1))));
    const sums = blocks.map(() => new Uint8Array(hashSizeBytes));
    for (let round = 0; round < rounds; round++) {
      const hashes = bcryptHashes(passphraseHash, saltHashes);
      for (const [lane, hash] of hashes.entries()) xorInto(sums[lane], hash);
      saltHashes = hashes.map((hash) => sha512(hash));
      yield { done: block * rounds + (round + 1) * blocks.length, total };
    }
    sums.forEach((sum, lane) => interleave(key, sum, { block: block + lane, stride }));
  }
  wipeBytes(passphraseHash);
  return key;
}

function xorInto(sum: Uint8Array | undefined, hash: Uint8Array): void {
  assert(sum !== undefined, 'each hash has its sum');
  for (let index = 0; index < hashSizeBytes; index++) sum[index] = (sum[index] ?? 0) ^ (hash[index] ?? 0);
}

/** The bytes of the blocks are interleaved, so that all of them are needed for any part of the key. */
function interleave(
  key: Uint8Array,
  sum: Uint8Array,
  place: { readonly block: number; readonly stride: number },
): void {
  for (let index = 0; index < hashSizeBytes; index++) {
    const at = index * place.stride + place.block;
    if (at < key.length) key[at] = sum[index] ?? 0;
  }
}

/** The hashes of one or two salts; one takes as long as two. */
function bcryptHashes(passphraseHash: Uint8Array, saltHashes: readonly Uint8Array[]): readonly Uint8Array[] {
  const [first, second = first] = saltHashes.map((hash) => wordsOf(hash));
  assert(first !== undefined && second !== undefined, 'bcrypt hashes at least one block');
  const ciphertexts = bcryptCiphertexts(wordsOf(passphraseHash), [first, second], magicWords);
  return ciphertexts.slice(0, saltHashes.length).map((words) => littleEndianBytes(words));
}

function wordsOf(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.length / 4 }, (_, index) => view.getInt32(4 * index));
}

function littleEndianBytes(words: Int32Array): Uint8Array {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => view.setInt32(4 * index, word, true));
  return bytes;
}

function uint32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
