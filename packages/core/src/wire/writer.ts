/** The writing side of all codecs: bytes that grow. Types of RFC 4251 section 5. */
import { assert } from '../assertion.ts';

export class Writer {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #size = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get size(): number {
    return this.#size;
  }

  byte(value: number): void {
    assert(Number.isInteger(value) && value >= 0 && value <= 0xff, `${value} is not a byte`);
    const start = this.#grow(1);
    this.#view.setUint8(start, value);
  }

  uint32(value: number): void {
    assert(Number.isInteger(value) && value >= 0 && value <= 0xffffffff, `${value} is not a uint32`);
    const start = this.#grow(4);
    this.#view.setUint32(start, value);
  }

  uint64(value: bigint): void {
    assert(value >= 0n && value <= 0xffffffffffffffffn, `${value} is not a uint64`);
    const start = this.#grow(8);
    this.#view.setBigUint64(start, value);
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
    this.#view.setUint32(mark, this.#size - mark - 4);
  }

  /** What was written, in an array of its own. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#size);
  }

  #grow(size: number): number {
    const start = this.#size;
    this.#size += size;
    if (this.#size > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#size, 2 * this.#bytes.length));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return start;
  }
}
