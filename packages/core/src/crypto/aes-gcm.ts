/**
 * AES-GCM for packets (RFC 5647 section 7, names of OpenSSH's PROTOCOL 1.6), by noble: the length stays in the clear and is
 * authenticated; the last 8 bytes of the IV count packets.
 */
import { gcm } from '@noble/ciphers/aes.js';
import { assert } from '../assertion.ts';
import { concatBytes, copyBytes } from '../wire/bytes.ts';
import type { PacketCipher, PacketCipherAlgorithm } from './provider.ts';
import { lengthSizeBytes, readUint32 } from './packet-length.ts';

const ivSizeBytes = 12;
const tagSizeBytes = 16;

function aesGcm(keySizeBytes: number): PacketCipherAlgorithm {
  return {
    keySizeBytes,
    ivSizeBytes,
    blockSizeBytes: 16,
    tagSizeBytes,
    open(key, iv) {
      assert(key.length === keySizeBytes && iv.length === ivSizeBytes, 'the key or the IV has the wrong size');
      return openGcm(copyBytes(key), copyBytes(iv));
    },
  };
}

function openGcm(key: Uint8Array, iv: Uint8Array): PacketCipher {
  return {
    readLength: (_sequenceNumber, head) => readUint32(head),
    seal(_sequenceNumber, packet) {
      const length = packet.subarray(0, lengthSizeBytes);
      const sealed = gcm(key, iv, length).encrypt(packet.subarray(lengthSizeBytes));
      nextInvocation(iv);
      return concatBytes(length, sealed);
    },
    unseal(_sequenceNumber, sealed) {
      const length = sealed.subarray(0, lengthSizeBytes);
      const body = tryDecrypt(key, { iv, length, ciphertext: sealed.subarray(lengthSizeBytes) });
      nextInvocation(iv);
      return body === undefined ? undefined : concatBytes(length, body);
    },
  };
}

interface Sealed {
  readonly iv: Uint8Array;
  readonly length: Uint8Array;
  readonly ciphertext: Uint8Array;
}

function tryDecrypt(key: Uint8Array, { iv, length, ciphertext }: Sealed): Uint8Array | undefined {
  if (ciphertext.length < tagSizeBytes) return undefined;
  try {
    return gcm(key, iv, length).decrypt(ciphertext);
  } catch {
    return undefined;
  }
}

/** The invocation counter, RFC 5647 section 7.1: 8 bytes, big-endian, wraps. */
function nextInvocation(iv: Uint8Array): void {
  for (let index = ivSizeBytes - 1; index >= 4; index--) {
    const next = ((iv[index] ?? 0) + 1) & 0xff;
    iv[index] = next;
    if (next !== 0) return;
  }
}

export const aes128gcm: PacketCipherAlgorithm = aesGcm(16);
export const aes256gcm: PacketCipherAlgorithm = aesGcm(32);
