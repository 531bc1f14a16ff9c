/** Output on its way to the controlling side: OPOST, and the column where the cursor stands, which erasing a tab needs. */
import type { TerminalAttributes } from '@seashell/system';
import { ByteBuffer } from './byte-buffer.ts';

export const newline = 0x0a;
export const carriageReturn = 0x0d;
export const tab = 0x09;
export const backspace = 0x08;
const tabWidth = 8;
const heldCapacityBytes = 4096;

/** iscntrl(3) in the C locale. */
export function isControl(byte: number): boolean {
  return byte < 0x20 || byte === 0x7f;
}

/** A byte inside a character of UTF-8; the terminal has IUTF8. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

export class OutputProcessor {
  readonly #waiting = new ByteBuffer();
  /** Echo made while output is stopped. */
  readonly #held = new ByteBuffer();
  #isStopped = false;
  #column = 0;
  /** The column in which the line being edited began. */
  #lineColumn = 0;

  get waitingBytes(): number {
    return this.#waiting.length;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  take(maximumBytes: number): Uint8Array {
    return this.#waiting.take(maximumBytes);
  }

  stop(): void {
    this.#isStopped = true;
  }

  start(): void {
    this.#isStopped = false;
    for (const byte of this.#held.take(this.#held.length)) this.#waiting.push(byte);
  }

  /** Throws away what nobody has taken. */
  clear(): void {
    this.#waiting.clear();
    this.#held.clear();
  }

  /** One byte of a program, or of echo that is treated like output. */
  put(byte: number, attributes: TerminalAttributes): void {
    if (!attributes.OPOST) this.#push(byte);
    else if (byte === newline && attributes.ONLCR) this.#newline();
    else {
      this.#advance(byte);
      this.#push(byte);
    }
  }

  /** `^C` for a control character. */
  putCaret(byte: number): void {
    this.#push(0x5e);
    this.#push(byte ^ 0x40);
    this.#column += 2;
  }

  markLineStart(): void {
    this.#lineColumn = this.#column;
  }

  /** Goes back over a tab with `columns` before it: since another tab, or since the start of the line. */
  eraseTab(columns: number, isAfterTab: boolean): void {
    const before = columns + (isAfterTab ? 0 : this.#lineColumn);
    for (let back = tabWidth - (before % tabWidth); back > 0; back -= 1) {
      this.#push(backspace);
      if (this.#column > 0) this.#column -= 1;
    }
  }

  #push(byte: number): void {
    if (!this.#isStopped) this.#waiting.push(byte);
    else if (this.#held.length < heldCapacityBytes) this.#held.push(byte);
  }

  #newline(): void {
    this.#push(carriageReturn);
    this.#push(newline);
    this.#column = 0;
    this.#lineColumn = 0;
  }

  #advance(byte: number): void {
    if (byte === newline) this.#lineColumn = this.#column;
    else if (byte === carriageReturn) this.#column = this.#lineColumn = 0;
    else if (byte === tab) this.#column += tabWidth - (this.#column % tabWidth);
    else if (byte === backspace) this.#column = Math.max(0, this.#column - 1);
    else if (!isControl(byte) && !isContinuation(byte)) this.#column += 1;
  }
}
