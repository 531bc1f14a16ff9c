/**
 * bcrypt_pbkdf, the key derivation of openssh-key-v1 (OpenBSD's bcrypt_pbkdf(3)): by hand, since no library of our kind has
 * it. A generator that yields progress, since 24 rounds take half a second.
 */
import { sha512 } from '@noble/hashes/sha2.js';
import { assert } from '../assertion.ts';
import type { LongWork } from '../long-work.ts';
import { concatBytes, wipeBytes } from '../wire/bytes.ts';
import { initialBlowfishState, keyBlowfish, encipherWords } from './blowfish-key-schedule.ts';

export interface BcryptPbkdfParameters {
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  /** 1 or more; the caller checks it against a limit before. */
  readonly rounds: number;
  readonly sizeBytes: number;
}

const hashSizeBytes = 32;
const expansions = 64;
const magicWords = Int32Array.from([
  0x4f787963, 0x68726f6d, 0x61746963, 0x426c6f77, 0x66697368, 0x53776174, 0x44796e61, 0x6d697465,
]);

/** Yields after each round of each block; returns `sizeBytes` bytes of key. */
export function* bcryptPbkdf(parameters: BcryptPbkdfParameters): LongWork<Uint8Array<ArrayBuffer>> {
  const { salt, rounds, sizeBytes } = parameters;
  assert(rounds >= 1 && salt.length > 0 && parameters.passphrase.length > 0, 'bcrypt_pbkdf got an empty parameter');
  const stride = Math.ceil(sizeBytes / hashSizeBytes);
  const total = stride * rounds;
  const passphraseHash = sha512(parameters.passphrase);
  const key = new Uint8Array(sizeBytes);
  for (let block = 0; block < stride; block++) {
    let saltHash = sha512(concatBytes(salt, uint32Bytes(block + 1)));
    const sum = new Uint8Array(hashSizeBytes);
    for (let round = 0; round < rounds; round++) {
      const hash = bcryptHash(passphraseHash, saltHash);
      for (let index = 0; index < hashSizeBytes; index++) sum[index] = (sum[index] ?? 0) ^ (hash[index] ?? 0);
      saltHash = sha512(hash);
      yield { done: block * rounds + round + 1, total };
    }
    // The bytes of the blocks are interleaved, so that all of them are needed for any part of the key.
    for (let index = 0; index * stride + block < sizeBytes && index < hashSizeBytes; index++) {
      key[index * stride + block] = sum[index] ?? 0;
    }
  }
  wipeBytes(passphraseHash);
  return key;
}

function bcryptHash(passphraseHash: Uint8Array, saltHash: Uint8Array): Uint8Array {
  const state = initialBlowfishState();
  const passphraseWords = wordsOf(passphraseHash);
  const saltWords = wordsOf(saltHash);
  keyBlowfish(state, passphraseWords, saltWords);
  for (let count = 0; count < expansions; count++) {
    keyBlowfish(state, saltWords);
    keyBlowfish(state, passphraseWords);
  }
  const words = magicWords.slice();
  for (let count = 0; count < expansions; count++) encipherWords(state, words);
  state.fill(0);
  return littleEndianBytes(words);
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
