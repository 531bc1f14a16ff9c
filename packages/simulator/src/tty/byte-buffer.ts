/** Bytes waiting to be taken, first in first out, in one growing array. */

export class ByteBuffer {
  #bytes = new Uint8Array(256);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(byte: number): void {
    if (this.#end === this.#bytes.length) this.#makeRoom();
    this.#bytes[this.#end] = byte;
    this.#end += 1;
  }

  take(maximumBytes: number): Uint8Array {
    const taken = this.#bytes.slice(this.#start, Math.min(this.#end, this.#start + maximumBytes));
    this.#start += taken.length;
    if (this.#start === this.#end) this.clear();
    return taken;
  }

  clear(): void {
    this.#start = 0;
    this.#end = 0;
  }

  #makeRoom(): void {
    const { length } = this;
    const larger = length > this.#bytes.length / 2 ? new Uint8Array(this.#bytes.length * 2) : this.#bytes;
    larger.set(this.#bytes.subarray(this.#start, this.#end));
    this.#bytes = larger;
    this.#start = 0;
    this.#end = length;
  }
}
