/** Bytes that have come and are not used yet. Grows as needed and moves what is left to the front when that is cheap. */

export class InputBuffer {
  #bytes = new Uint8Array(4096);
  #start = 0;
  #end = 0;

  get size(): number {
    return this.#end - this.#start;
  }

  append(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#bytes.length) this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** The next `size` bytes, as a view that is good until the next `append`. The caller has checked `size`. */
  peek(size: number): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#start + size);
  }

  /** Leaves out the next bytes. */
  skip(size: number): void {
    this.#start += size;
    if (this.#start === this.#end) this.#start = this.#end = 0;
  }

  clear(): void {
    this.#start = this.#end = 0;
  }

  #makeRoom(size: number): void {
    const needed = this.size + size;
    const target = needed > this.#bytes.length ? new Uint8Array(Math.max(needed, 2 * this.#bytes.length)) : this.#bytes;
    target.set(this.#bytes.subarray(this.#start, this.#end));
    this.#end -= this.#start;
    this.#start = 0;
    this.#bytes = target;
  }
}
