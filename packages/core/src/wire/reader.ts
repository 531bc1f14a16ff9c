/**
 * The reading side of all codecs: a cursor over bytes that refuses to pass its end. Byte arrays it gives are views of
 * the input, not copies. Types of RFC 4251 section 5.
 */
import { DecodeError } from './decode-error.ts';
import type { SpanRecorder } from './spans.ts';
import { asciiDecode } from './text.ts';

/** A cursor over bytes. What it gives are views of them; passing the end is a DecodeError. */
export class Reader {
  readonly bytes: Uint8Array;
  /** Offset of the next byte. */
  offset = 0;
  /** Reading stops here: the end of the input, or of the string being read. */
  end: number;
  /** Hears of every field, when somebody asked for spans. */
  readonly recorder: SpanRecorder | undefined;

  constructor(bytes: Uint8Array, recorder?: SpanRecorder) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.recorder = recorder;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  /** An error at the next byte, or at `offset`; the structs around add the path. */
  error(reason: string, offset = this.offset): DecodeError {
    return new DecodeError(reason, { path: '', offset });
  }

  byte(): number {
    this.#need(1);
    return this.bytes[this.offset++] ?? 0;
  }

  uint32(): number {
    this.#need(4);
    const { bytes, offset } = this;
    this.offset = offset + 4;
    const high = ((bytes[offset] ?? 0) << 24) | ((bytes[offset + 1] ?? 0) << 16);
    return (high | ((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0)) >>> 0;
  }

  uint64(): bigint {
    this.#need(8);
    const high = this.uint32();
    return (BigInt(high) << 32n) | BigInt(this.uint32());
  }

  /** A view of the next `size` bytes. */
  take(size: number): Uint8Array {
    this.#need(size);
    const start = this.offset;
    this.offset += size;
    return this.bytes.subarray(start, this.offset);
  }

  /** A view of the contents of the next string: a uint32 length and so many bytes. */
  string(): Uint8Array {
    return this.take(this.#length());
  }

  /** The text of the next string, or undefined when a byte of it is above 127. Without a view, which costs more than a name. */
  asciiString(): string | undefined {
    const size = this.#length();
    const start = this.offset;
    this.offset = start + size;
    return asciiDecode(this.bytes, start, this.offset);
  }

  /** Narrows the reader to the contents of the next string; gives the old end, for `leaveString`. */
  enterString(): number {
    const size = this.#length();
    const outerEnd = this.end;
    this.end = this.offset + size;
    return outerEnd;
  }

  /** Refuses bytes left in the string, and widens the reader again. */
  leaveString(outerEnd: number): void {
    this.expectEnd();
    this.end = outerEnd;
  }

  expectEnd(): void {
    if (this.offset !== this.end) throw this.error(`expected the end, found ${this.remaining} more bytes`);
  }

  #length(): number {
    const size = this.uint32();
    if (size > this.remaining) {
      throw this.error(`length ${size} is more than the ${this.remaining} bytes left`, this.offset - 4);
    }
    return size;
  }

  #need(size: number): void {
    if (size > this.remaining) throw this.error(`expected ${size} bytes, found ${this.remaining}`);
  }
}
