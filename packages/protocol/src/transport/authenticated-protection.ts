/** Protection by a cipher that authenticates too: chacha20-poly1305 and AES-GCM. The cipher itself knows the packet's length. */
import type { PacketCipherAlgorithm } from '@seashell/core/crypto';
import { lengthSizeBytes, type PacketOpener, type PacketSealer } from './protection.ts';

interface Keys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

export function authenticatedSealer(algorithm: PacketCipherAlgorithm, { key, iv }: Keys): PacketSealer {
  const cipher = algorithm.open(key, iv);
  return {
    blockSizeBytes: algorithm.blockSizeBytes,
    lengthIsApart: true,
    seal: (sequenceNumber, packet) => cipher.seal(sequenceNumber, packet),
  };
}

export function authenticatedOpener(algorithm: PacketCipherAlgorithm, { key, iv }: Keys): PacketOpener {
  const cipher = algorithm.open(key, iv);
  return {
    blockSizeBytes: algorithm.blockSizeBytes,
    lengthIsApart: true,
    headSizeBytes: lengthSizeBytes,
    tagSizeBytes: algorithm.tagSizeBytes,
    readLength: (sequenceNumber, head) => cipher.readLength(sequenceNumber, head),
    open: (sequenceNumber, sealed) => cipher.unseal(sequenceNumber, sealed),
  };
}
