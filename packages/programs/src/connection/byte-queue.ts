/** Bytes on their way to a descriptor: appended in pieces, taken from the front. The owner keeps it bounded. */

export class ByteQueue {
  #pieces: Uint8Array[] = [];
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Takes `bytes` over; the caller must not change them afterwards. */
  append(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#sizeBytes += bytes.length;
  }

  /** The first piece, as long as it came; empty when there is none. */
  peek(): Uint8Array {
    return this.#pieces[0] ?? new Uint8Array(0);
  }

  /** Removes `count` bytes of the first piece. */
  drop(count: number): void {
    const first = this.#pieces[0];
    if (first === undefined) return;
    this.#sizeBytes -= count;
    if (count === first.length) this.#pieces.shift();
    else this.#pieces[0] = first.subarray(count);
  }

  clear(): void {
    this.#pieces = [];
    this.#sizeBytes = 0;
  }
}
