/** Output on its way to the controlling side: OPOST, and the column where the cursor stands, which erasing a tab needs. */
import type { TerminalAttributes } from '@seashell/system';
import { ByteBuffer } from './byte-buffer.ts';

export const newline = 0x0a;
export const carriageReturn = 0x0d;
export const tab = 0x09;
export const backspace = 0x08;
const tabWidth = 8;
const heldCapacity = 4096;

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
  /** Echo that waits because output is stopped: not even the column knows of it. */
  #held: (() => void)[] = [];
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
    const held = this.#held;
    this.#held = [];
    for (const show of held) show();
  }

  /** Throws away what nobody has taken. */
  clear(): void {
    this.#waiting.clear();
    this.#held = [];
  }

  /** One byte of a program, or of echo that is treated like output. */
  put(byte: number, attributes: TerminalAttributes): void {
    if (this.#isStopped) this.#show(() => this.#process(byte, attributes));
    else this.#process(byte, attributes);
  }

  /** `^C` for a control character. */
  putCaret(byte: number): void {
    this.#show(() => {
      this.#waiting.push(0x5e);
      this.#waiting.push(byte ^ 0x40);
      this.#column += 2;
    });
  }

  markLineStart(): void {
    this.#show(() => {
      this.#lineColumn = this.#column;
    });
  }

  /** Goes back over a tab with `columns` before it: since another tab, or since the start of the line. */
  eraseTab(columns: number, isAfterTab: boolean): void {
    this.#show(() => {
      const before = columns + (isAfterTab ? 0 : this.#lineColumn);
      for (let back = tabWidth - (before % tabWidth); back > 0; back -= 1) {
        this.#waiting.push(backspace);
        this.#column = Math.max(0, this.#column - 1);
      }
    });
  }

  #show(show: () => void): void {
    if (!this.#isStopped) show();
    else if (this.#held.length < heldCapacity) this.#held.push(show);
  }

  #process(byte: number, attributes: TerminalAttributes): void {
    if (attributes.OPOST && attributes.ONLCR && byte === newline) {
      this.#newline();
      return;
    }
    if (attributes.OPOST) this.#advance(byte);
    this.#waiting.push(byte);
  }

  #newline(): void {
    this.#waiting.push(carriageReturn);
    this.#waiting.push(newline);
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
