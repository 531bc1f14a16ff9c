/** Byte spans of fields, collected only while a codec's `spans` runs. */

/** Where one field lies in the bytes; `start` to before `end`. A string's span includes its length. */
export interface Span {
  /** Path of the field from the outermost struct, like `kexinit.cookie`. */
  readonly path: string;
  /** The codec's name, like `uint32` or `string`. */
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** 0 for the outermost struct. */
  readonly depth: number;
}

interface OpenSpan {
  readonly path: string;
  readonly type: string;
  readonly start: number;
  readonly index: number;
}

/** Hears `enter` and `leave` of fields in the order of the bytes; parents stand before their fields. */
export class SpanRecorder {
  readonly spans: Span[] = [];
  readonly #open: OpenSpan[] = [];

  enter(name: string, type: string, start: number): void {
    const parent = this.#open.at(-1)?.path ?? '';
    const path = parent === '' || name === '' || name.startsWith('[') ? parent + name : `${parent}.${name}`;
    const index = this.spans.length;
    this.#open.push({ path, type, start, index });
    this.spans.push({ path, type, start, end: start, depth: this.#open.length - 1 });
  }

  leave(end: number): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    const { path, type, start, index } = closed;
    this.spans[index] = { path, type, start, end, depth: this.#open.length };
  }

  /** Closes what a malformed field left open. */
  leaveAll(end: number): void {
    while (this.#open.length > 0) this.leave(end);
  }
}
