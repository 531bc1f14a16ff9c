/** Chunks in arrival order, taken out by size. */

export class ByteQueue {
  readonly #chunks: Uint8Array[] = [];
  #offset = 0;
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#sizeBytes += chunk.length;
  }

  /** At most `maximumBytes`, from the first chunk alone: no copying. Empty when nothing is there. */
  take(maximumBytes: number): Uint8Array {
    const first = this.#chunks[0];
    if (first === undefined) return new Uint8Array(0);
    const taken = first.subarray(this.#offset, this.#offset + maximumBytes);
    this.#offset += taken.length;
    this.#sizeBytes -= taken.length;
    if (this.#offset === first.length) {
      this.#chunks.shift();
      this.#offset = 0;
    }
    return taken;
  }
}
