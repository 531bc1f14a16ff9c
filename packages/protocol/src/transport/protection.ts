/**
 * How packets of one direction are protected: the two interfaces, and the state before the first NEWKEYS, which protects nothing.
 * A plain packet is `packet_length`, `padding_length`, payload, padding. Specification: RFC 4253 6.
 */

/** Protects what we send. Keeps counters: each packet once, in order. */
export interface PacketSealer {
  /** What the padded part must be a multiple of. */
  readonly blockSizeBytes: number;
  /** True when `packet_length` is not among the blocks, as with AEAD ciphers and encrypt-then-MAC. */
  readonly lengthIsApart: boolean;
  /** Plain packet to bytes on the wire. */
  seal(sequenceNumber: number, packet: Uint8Array): Uint8Array;
}

/** Opens what they send. Keeps counters: for each packet `readLength` once, then `open` once. */
export interface PacketOpener {
  readonly blockSizeBytes: number;
  readonly lengthIsApart: boolean;
  /** How many bytes `readLength` needs. */
  readonly headSizeBytes: number;
  /** MAC or tag after the packet. */
  readonly tagSizeBytes: number;
  /** The packet length that the first bytes claim; nothing is proved yet. */
  readLength(sequenceNumber: number, head: Uint8Array): number;
  /** Bytes on the wire to the plain packet, in an array of its own; undefined when the MAC or tag is wrong. */
  open(sequenceNumber: number, sealed: Uint8Array): Uint8Array | undefined;
}

export const lengthSizeBytes = 4;
const plainBlockSizeBytes = 8;

export const unprotectedSealer: PacketSealer = {
  blockSizeBytes: plainBlockSizeBytes,
  lengthIsApart: false,
  seal: (_sequenceNumber, packet) => packet,
};

export const unprotectedOpener: PacketOpener = {
  blockSizeBytes: plainBlockSizeBytes,
  lengthIsApart: false,
  headSizeBytes: lengthSizeBytes,
  tagSizeBytes: 0,
  readLength: (_sequenceNumber, head) => readUint32(head),
  open: (_sequenceNumber, sealed) => sealed.slice(),
};

export function readUint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, lengthSizeBytes).getUint32(0);
}

export function uint32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(lengthSizeBytes);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
