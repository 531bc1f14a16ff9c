/** Bytes in order, taken in other pieces than they were put in. Arrays that are put in are kept, so the caller hands them over. */

export class ByteQueue {
  #chunks: Uint8Array[] = [];
  /** Bytes of the first chunk that are taken already. */
  #offset = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  /** The next bytes, at most so many; an empty array when there are none. */
  take(maximumBytes: number): Uint8Array {
    const wanted = Math.min(maximumBytes, this.#length);
    const first = this.#chunks[0];
    if (first !== undefined && first.length - this.#offset >= wanted) return this.#takeFrom(first, wanted);
    const result = new Uint8Array(wanted);
    let filled = 0;
    for (let chunk = first; chunk !== undefined && filled < wanted; chunk = this.#chunks[0]) {
      const piece = this.#takeFrom(chunk, Math.min(wanted - filled, chunk.length - this.#offset));
      result.set(piece, filled);
      filled += piece.length;
    }
    return result;
  }

  clear(): void {
    this.#chunks = [];
    this.#offset = 0;
    this.#length = 0;
  }

  /** Copies unless the whole chunk is taken, so that nobody shares an array. */
  #takeFrom(chunk: Uint8Array, count: number): Uint8Array {
    const whole = this.#offset === 0 && count === chunk.length;
    const piece = whole ? chunk : chunk.slice(this.#offset, this.#offset + count);
    this.#offset += count;
    this.#length -= count;
    if (this.#offset === chunk.length) {
      this.#chunks.shift();
      this.#offset = 0;
    }
    return piece;
  }
}
