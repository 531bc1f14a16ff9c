/**
 * The typed bytes that nobody has read: finished lines first, then the line that is being edited. A place may carry the mark
 * that a line ends there; the mark of VEOF stands for no byte of its own.
 */

/** N_TTY_BUF_SIZE. A line can be one byte shorter: MAX_CANON and its newline. */
const capacity = 4096;

const lineEnd = 0x100;
const endOfFile = 0x200;

export class InputQueue {
  #items: number[] = [];
  /** How many items belong to finished lines. */
  #finished = 0;

  get length(): number {
    return this.#items.length;
  }

  get hasFinished(): boolean {
    return this.#finished > 0;
  }

  /** Whether the line being edited has nothing in it. */
  get isLineEmpty(): boolean {
    return this.#items.length === this.#finished;
  }

  get isFull(): boolean {
    return this.#items.length >= capacity - 1;
  }

  /** The bytes of the line being edited. */
  get line(): readonly number[] {
    return this.#items.slice(this.#finished);
  }

  /** When a line is as long as can be, each further byte takes the place of the one before: n_tty_receive_buf_common. */
  makeRoomInLine(): void {
    if (this.#items.length >= capacity) this.#items.pop();
  }

  push(byte: number): void {
    this.#items.push(byte);
  }

  pop(): number | undefined {
    return this.isLineEmpty ? undefined : this.#items.pop();
  }

  finishLine(newline: number): void {
    this.#items.push(newline | lineEnd);
    this.#finished = this.#items.length;
  }

  finishWithoutNewline(): void {
    this.#items.push(endOfFile);
    this.#finished = this.#items.length;
  }

  clear(): void {
    this.#items = [];
    this.#finished = 0;
  }

  /** All that waits becomes one finished line, as when ICANON is set. */
  finishAll(): void {
    const last = this.#items.pop();
    this.#items = this.#items.map(byteOf);
    if (last !== undefined) this.#items.push(byteOf(last) | lineEnd);
    this.#finished = this.#items.length;
  }

  /** All that waits is just bytes, as when ICANON is taken away. */
  unfinishAll(): void {
    this.#items = this.#items.map(byteOf);
    this.#finished = 0;
  }

  takeBytes(maximumBytes: number): Uint8Array {
    return Uint8Array.from(this.#items.splice(0, maximumBytes));
  }

  /** At most one line. The mark of VEOF right behind what was taken is taken too, so that it is no second end. */
  takeLine(maximumBytes: number): Uint8Array {
    const bytes: number[] = [];
    let taken = 0;
    let isEnded = false;
    while (!isEnded && taken < this.#finished && bytes.length < maximumBytes) {
      const item = this.#items[taken] ?? endOfFile;
      if (item !== endOfFile) bytes.push(byteOf(item));
      isEnded = item >= lineEnd;
      taken += 1;
    }
    if (!isEnded && this.#items[taken] === endOfFile) taken += 1;
    this.#items.splice(0, taken);
    this.#finished -= taken;
    return Uint8Array.from(bytes);
  }
}

function byteOf(item: number): number {
  return item & 0xff;
}
