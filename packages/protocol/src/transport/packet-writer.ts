/** The sending half of the binary packet protocol: payloads to bytes. Specification: RFC 4253 6, OpenSSH PROTOCOL 1.10. */
import { concatBytes } from '@seashell/core/wire';
import { lengthSizeBytes, unprotectedSealer, type PacketSealer } from './protection.ts';

const minimumPaddingBytes = 4;
const payloadStart = lengthSizeBytes + 1;

/** A packet as it goes, for the trace. */
export interface SealedPacket {
  readonly sequenceNumber: number;
  readonly plain: Uint8Array;
  readonly sealed: Uint8Array;
  readonly payload: Uint8Array;
}

type SealedListener = (packet: SealedPacket) => void;

export class PacketWriter {
  readonly #random: (lengthBytes: number) => Uint8Array;
  readonly #sealed: SealedListener | undefined;
  #sealer: PacketSealer = unprotectedSealer;
  #sequenceNumber = 0;
  #chunks: Uint8Array[] = [];
  /** Bytes and packets since the keys were taken into use. */
  bytesUnderKey = 0;
  packetsUnderKey = 0;

  constructor(random: (lengthBytes: number) => Uint8Array, sealed: SealedListener | undefined) {
    this.#random = random;
    this.#sealed = sealed;
  }

  get sequenceNumber(): number {
    return this.#sequenceNumber;
  }

  useSealer(sealer: PacketSealer): void {
    this.#sealer = sealer;
    this.bytesUnderKey = 0;
    this.packetsUnderKey = 0;
  }

  resetSequenceNumber(): void {
    this.#sequenceNumber = 0;
  }

  /** Bytes outside of any packet: the identification string. */
  writeRaw(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
  }

  write(payload: Uint8Array): void {
    this.writeWith(payload.length, (target) => target.set(payload));
  }

  /** Seals a payload that `fill` writes straight into the packet. */
  writeWith(payloadBytes: number, fill: (target: Uint8Array) => void): void {
    const { blockSizeBytes, lengthIsApart } = this.#sealer;
    const unpadded = payloadBytes + (lengthIsApart ? payloadStart - lengthSizeBytes : payloadStart);
    const partial = blockSizeBytes - (unpadded % blockSizeBytes);
    const padding = partial < minimumPaddingBytes ? partial + blockSizeBytes : partial;
    const packet = new Uint8Array(payloadStart + payloadBytes + padding);
    new DataView(packet.buffer).setUint32(0, packet.length - lengthSizeBytes);
    packet[lengthSizeBytes] = padding;
    const payload = packet.subarray(payloadStart, payloadStart + payloadBytes);
    fill(payload);
    packet.set(this.#random(padding), payloadStart + payloadBytes);
    this.#seal(packet, payload);
  }

  /** All bytes since the last call. */
  take(): Uint8Array {
    const [only] = this.#chunks;
    const bytes = this.#chunks.length === 1 && only !== undefined ? only : concatBytes(...this.#chunks);
    this.#chunks = [];
    return bytes;
  }

  #seal(packet: Uint8Array, payload: Uint8Array): void {
    const sealed = this.#sealer.seal(this.#sequenceNumber, packet);
    this.#sealed?.({ sequenceNumber: this.#sequenceNumber, plain: packet, sealed: sealed.slice(), payload });
    this.#sequenceNumber = (this.#sequenceNumber + 1) >>> 0;
    this.bytesUnderKey += sealed.length;
    this.packetsUnderKey += 1;
    this.writeRaw(sealed);
  }
}
