/**
 * chacha20-poly1305@openssh.com (PROTOCOL.chacha20poly1305), from noble's original ChaCha20 (8-byte nonce) and Poly1305. The
 * nonce is the sequence number; the second half of the key hides the length, the first half the rest.
 */
import { poly1305 } from '@noble/ciphers/_poly1305.js';
import { chacha20orig } from '@noble/ciphers/chacha.js';
import { assert } from '../assertion.ts';
import { concatBytes, copyBytes, equalBytesConstantTime } from '../wire/bytes.ts';
import { lengthSizeBytes, readUint32 } from './packet-length.ts';
import type { PacketCipher, PacketCipherAlgorithm } from './provider.ts';

const keySizeBytes = 64;
const tagSizeBytes = 16;
const polyKeySizeBytes = 32;

export const chacha20poly1305: PacketCipherAlgorithm = {
  keySizeBytes,
  ivSizeBytes: 0,
  blockSizeBytes: 8,
  tagSizeBytes,
  open(key) {
    assert(key.length === keySizeBytes, 'the key has the wrong size');
    return openDirection(copyBytes(key.subarray(0, 32)), copyBytes(key.subarray(32)));
  },
};

function openDirection(bodyKey: Uint8Array, lengthKey: Uint8Array): PacketCipher {
  return {
    readLength(sequenceNumber, head) {
      return readUint32(chacha20orig(lengthKey, nonceOf(sequenceNumber), head.subarray(0, lengthSizeBytes)));
    },
    seal(sequenceNumber, packet) {
      const nonce = nonceOf(sequenceNumber);
      const length = chacha20orig(lengthKey, nonce, packet.subarray(0, lengthSizeBytes));
      const body = chacha20orig(bodyKey, nonce, packet.subarray(lengthSizeBytes), undefined, 1);
      const ciphertext = concatBytes(length, body);
      return concatBytes(ciphertext, tagOf(bodyKey, nonce, ciphertext));
    },
    unseal(sequenceNumber, sealed) {
      const nonce = nonceOf(sequenceNumber);
      const size = sealed.length - tagSizeBytes;
      if (size < lengthSizeBytes) return undefined;
      const ciphertext = sealed.subarray(0, size);
      if (!equalBytesConstantTime(tagOf(bodyKey, nonce, ciphertext), sealed.subarray(size))) return undefined;
      return concatBytes(
        chacha20orig(lengthKey, nonce, ciphertext.subarray(0, lengthSizeBytes)),
        chacha20orig(bodyKey, nonce, ciphertext.subarray(lengthSizeBytes), undefined, 1),
      );
    },
  };
}

function tagOf(bodyKey: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const polyKey = chacha20orig(bodyKey, nonce, new Uint8Array(polyKeySizeBytes));
  return poly1305(ciphertext, polyKey);
}

function nonceOf(sequenceNumber: number): Uint8Array {
  const nonce = new Uint8Array(8);
  new DataView(nonce.buffer).setUint32(4, sequenceNumber);
  return nonce;
}
