/** AES in counter mode (RFC 4344 section 4), by noble: the counter runs on from call to call. */
import { ctr } from '@noble/ciphers/aes.js';
import { assert } from '../assertion.ts';
import { copyBytes } from '../wire/bytes.ts';
import type { StreamCipher, StreamCipherAlgorithm } from './provider.ts';

const blockSizeBytes = 16;

function aesCtr(keySizeBytes: number): StreamCipherAlgorithm {
  return {
    keySizeBytes,
    ivSizeBytes: blockSizeBytes,
    blockSizeBytes,
    open(key, iv) {
      assert(key.length === keySizeBytes && iv.length === blockSizeBytes, 'the key or the IV has the wrong size');
      return openCounter(copyBytes(key), copyBytes(iv));
    },
  };
}

function openCounter(key: Uint8Array, counter: Uint8Array): StreamCipher {
  return {
    next(bytes) {
      assert(bytes.length % blockSizeBytes === 0, 'counter mode takes whole blocks here');
      const result = ctr(key, counter).encrypt(bytes);
      addToCounter(counter, bytes.length / blockSizeBytes);
      return result;
    },
  };
}

/** Adds to a big-endian number of 16 bytes, modulo 2^128. */
function addToCounter(counter: Uint8Array, blocks: number): void {
  let carry = blocks;
  for (let index = counter.length - 1; index >= 0 && carry > 0; index--) {
    carry += counter[index] ?? 0;
    counter[index] = carry & 0xff;
    carry = Math.floor(carry / 256);
  }
}

export const aes128ctr: StreamCipherAlgorithm = aesCtr(16);
export const aes192ctr: StreamCipherAlgorithm = aesCtr(24);
export const aes256ctr: StreamCipherAlgorithm = aesCtr(32);
