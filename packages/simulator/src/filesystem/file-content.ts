/** The bytes of a regular file in a buffer that doubles, so that appending costs what is appended. */

const smallestBuffer = 64;

export class FileContent {
  #buffer: Uint8Array = new Uint8Array(0);
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** A copy of what is there, at most `maximumBytes`; empty at and behind the end. */
  read(offset: number, maximumBytes: number): Uint8Array {
    return this.#buffer.slice(Math.min(offset, this.#sizeBytes), Math.min(offset + maximumBytes, this.#sizeBytes));
  }

  /** Copies `bytes` in; a gap before `offset` becomes zeros. */
  write(offset: number, bytes: Uint8Array): void {
    const end = offset + bytes.length;
    this.#reserve(end);
    this.#buffer.set(bytes, offset);
    this.#sizeBytes = Math.max(this.#sizeBytes, end);
  }

  clear(): void {
    this.#buffer = new Uint8Array(0);
    this.#sizeBytes = 0;
  }

  #reserve(sizeBytes: number): void {
    if (sizeBytes <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(sizeBytes, this.#buffer.length * 2, smallestBuffer));
    grown.set(this.#buffer);
    this.#buffer = grown;
  }
}
