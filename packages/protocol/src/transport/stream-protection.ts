/**
 * Protection by a stream cipher and a MAC. Encrypt-then-MAC (OpenSSH PROTOCOL 1.5): the length stays in the clear, and the MAC is
 * over what is sent. Encrypt-and-MAC (RFC 4253 6.4): the length is encrypted, and the MAC is over the plain packet.
 */
import type { KeyedMac, StreamCipher } from '@seashell/core/crypto';
import { concatBytes, equalBytesConstantTime } from '@seashell/core/wire';
import { lengthSizeBytes, readUint32, uint32Bytes, type PacketOpener, type PacketSealer } from './protection.ts';

export interface StreamKeys {
  readonly cipher: StreamCipher;
  readonly blockSizeBytes: number;
  readonly mac: KeyedMac;
  readonly macSizeBytes: number;
}

export function encryptThenMacSealer(keys: StreamKeys): PacketSealer {
  return {
    blockSizeBytes: keys.blockSizeBytes,
    lengthIsApart: true,
    seal(sequenceNumber, packet) {
      const length = packet.subarray(0, lengthSizeBytes);
      const body = keys.cipher.next(packet.subarray(lengthSizeBytes));
      return concatBytes(length, body, keys.mac.compute(uint32Bytes(sequenceNumber), length, body));
    },
  };
}

export function encryptThenMacOpener(keys: StreamKeys): PacketOpener {
  return {
    blockSizeBytes: keys.blockSizeBytes,
    lengthIsApart: true,
    headSizeBytes: lengthSizeBytes,
    tagSizeBytes: keys.macSizeBytes,
    readLength: (_sequenceNumber, head) => readUint32(head),
    open(sequenceNumber, sealed) {
      const size = sealed.length - keys.macSizeBytes;
      const packet = sealed.subarray(0, size);
      const mac = keys.mac.compute(uint32Bytes(sequenceNumber), packet);
      if (!equalBytesConstantTime(mac, sealed.subarray(size))) return undefined;
      return concatBytes(packet.subarray(0, lengthSizeBytes), keys.cipher.next(packet.subarray(lengthSizeBytes)));
    },
  };
}

export function encryptAndMacSealer(keys: StreamKeys): PacketSealer {
  return {
    blockSizeBytes: keys.blockSizeBytes,
    lengthIsApart: false,
    seal(sequenceNumber, packet) {
      const mac = keys.mac.compute(uint32Bytes(sequenceNumber), packet);
      return concatBytes(keys.cipher.next(packet), mac);
    },
  };
}

export function encryptAndMacOpener(keys: StreamKeys): PacketOpener {
  const { blockSizeBytes } = keys;
  /** The first block in the clear, kept from `readLength` to `open`: the cipher has moved past it. */
  let firstBlock = new Uint8Array(0);
  return {
    blockSizeBytes,
    lengthIsApart: false,
    headSizeBytes: blockSizeBytes,
    tagSizeBytes: keys.macSizeBytes,
    readLength(_sequenceNumber, head) {
      firstBlock = keys.cipher.next(head.subarray(0, blockSizeBytes)).slice();
      return readUint32(firstBlock);
    },
    open(sequenceNumber, sealed) {
      const size = sealed.length - keys.macSizeBytes;
      const packet = concatBytes(firstBlock, keys.cipher.next(sealed.subarray(blockSizeBytes, size)));
      const mac = keys.mac.compute(uint32Bytes(sequenceNumber), packet);
      return equalBytesConstantTime(mac, sealed.subarray(size)) ? packet : undefined;
    },
  };
}
