/** The writing side of all codecs: bytes that grow. Types of RFC 4251 section 5. */
import { assert } from '../assertion.ts';

/** A buffer that grows as bytes are written at its end. What does not fit a type is an assertion. */
export class Writer {
  #bytes: Uint8Array<ArrayBuffer>;
  #size = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  byte(value: number): void {
    if (value !== (value & 0xff)) assert(false, `${value} is not a byte`);
    const start = this.#grow(1);
    this.#bytes[start] = value;
  }

  uint32(value: number): void {
    if (value !== value >>> 0) assert(false, `${value} is not a uint32`);
    this.#setUint32(this.#grow(4), value);
  }

  uint64(value: bigint): void {
    assert(value >= 0n && value <= 0xffffffffffffffffn, `${value} is not a uint64`);
    this.uint32(Number(value >> 32n));
    this.uint32(Number(value & 0xffffffffn));
  }

  /** Bytes as they are, without a length. */
  raw(bytes: Uint8Array): void {
    const start = this.#grow(bytes.length);
    this.#bytes.set(bytes, start);
  }

  string(bytes: Uint8Array): void {
    this.uint32(bytes.length);
    this.raw(bytes);
  }

  /** Starts a string whose length is not known yet; gives the mark for `endString`. */
  beginString(): number {
    return this.#grow(4);
  }

  endString(mark: number): void {
    this.#setUint32(mark, this.#size - mark - 4);
  }

  /** What was written, in an array of its own; the writer is empty and wiped, and can be used again. */
  finish(): Uint8Array<ArrayBuffer> {
    const written = this.#bytes.slice(0, this.#size);
    this.clear();
    return written;
  }

  /** Forgets what was written. */
  clear(): void {
    this.#bytes.fill(0, 0, this.#size);
    this.#size = 0;
  }

  /** How much fits before it grows again. */
  get capacity(): number {
    return this.#bytes.length;
  }

  #setUint32(at: number, value: number): void {
    this.#bytes[at] = value >>> 24;
    this.#bytes[at + 1] = value >>> 16;
    this.#bytes[at + 2] = value >>> 8;
    this.#bytes[at + 3] = value;
  }

  #grow(size: number): number {
    const start = this.#size;
    this.#size += size;
    if (this.#size > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#size, 2 * this.#bytes.length));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    return start;
  }
}
