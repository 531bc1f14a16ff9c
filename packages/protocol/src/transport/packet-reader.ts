/** The receiving half of the binary packet protocol: bytes to payloads. Specification: RFC 4253 6, OpenSSH PROTOCOL 1.10. */
import type { ProtocolLimits } from '../limits.ts';
import { disconnectReasons, ProtocolError } from '../protocol-error.ts';
import type { InputBuffer } from './input-buffer.ts';
import { lengthSizeBytes, unprotectedOpener, type PacketOpener } from './protection.ts';

const minimumPaddingBytes = 4;
const paddingLengthSizeBytes = 1;
const payloadStart = lengthSizeBytes + paddingLengthSizeBytes;

/** A packet as it came, for the trace. */
interface OpenedPacket {
  readonly sequenceNumber: number;
  readonly plain: Uint8Array;
  readonly sealed: Uint8Array;
  readonly payload: Uint8Array;
}

export class PacketReader {
  readonly #input: InputBuffer;
  readonly #limits: ProtocolLimits;
  #opener: PacketOpener = unprotectedOpener;
  #sequenceNumber = 0;
  /** `packet_length` of the packet that is not whole yet. */
  #length: number | undefined;
  /** Bytes and packets since the keys were taken into use. */
  bytesUnderKey = 0;
  packetsUnderKey = 0;

  constructor(input: InputBuffer, limits: ProtocolLimits) {
    this.#input = input;
    this.#limits = limits;
  }

  get sequenceNumber(): number {
    return this.#sequenceNumber;
  }

  useOpener(opener: PacketOpener): void {
    this.#opener = opener;
    this.bytesUnderKey = 0;
    this.packetsUnderKey = 0;
  }

  resetSequenceNumber(): void {
    this.#sequenceNumber = 0;
  }

  /** The next packet, or undefined while it is not whole. Throws ProtocolError. */
  read(): OpenedPacket | undefined {
    const length = this.#length ?? this.#readLength();
    if (length === undefined) return undefined;
    const size = lengthSizeBytes + length + this.#opener.tagSizeBytes;
    if (this.#input.size < size) return undefined;
    const sealed = this.#input.peek(size).slice();
    this.#input.skip(size);
    this.#length = undefined;
    const plain = this.#opener.open(this.#sequenceNumber, sealed);
    if (plain === undefined) throw packetError('mac', 'corrupted MAC on input');
    const opened = { sequenceNumber: this.#sequenceNumber, plain, sealed, payload: payloadOf(plain) };
    this.#sequenceNumber = (this.#sequenceNumber + 1) >>> 0;
    this.bytesUnderKey += size;
    this.packetsUnderKey += 1;
    return opened;
  }

  #readLength(): number | undefined {
    const { headSizeBytes, blockSizeBytes, lengthIsApart } = this.#opener;
    if (this.#input.size < headSizeBytes) return undefined;
    const length = this.#opener.readLength(this.#sequenceNumber, this.#input.peek(headSizeBytes));
    const smallest = paddingLengthSizeBytes + minimumPaddingBytes;
    if (length < smallest || length > this.#limits.packetBytes) {
      throw packetError(
        'packet-length',
        `expected a packet length of ${smallest} to ${this.#limits.packetBytes}, found ${length}`,
      );
    }
    const padded = lengthIsApart ? length : length + lengthSizeBytes;
    if (padded % blockSizeBytes !== 0) {
      throw packetError(
        'packet-length',
        `expected a packet of whole blocks of ${blockSizeBytes} bytes, found ${padded}`,
      );
    }
    this.#length = length;
    return length;
  }
}

function payloadOf(plain: Uint8Array): Uint8Array {
  const padding = plain[lengthSizeBytes] ?? 0;
  const end = plain.length - padding;
  if (padding < minimumPaddingBytes || end < payloadStart) {
    throw packetError('padding', `expected padding of 4 to ${plain.length - payloadStart} bytes, found ${padding}`);
  }
  if (end === payloadStart) throw packetError('padding', 'expected a payload, found an empty one');
  return plain.subarray(payloadStart, end);
}

function packetError(code: 'mac' | 'packet-length' | 'padding', message: string): ProtocolError {
  const reason = code === 'mac' ? disconnectReasons.macError : disconnectReasons.protocolError;
  return new ProtocolError(code, message, { clause: 'RFC 4253 6', reason });
}
