/** The escapes of an interactive session, ssh(1) ESCAPE CHARACTERS: recognized right behind a newline, taken out of the input. */

export type EscapeAction =
  | 'terminate'
  | 'suspend'
  | 'break'
  | 'rekey'
  | 'more-verbose'
  | 'less-verbose'
  | 'help'
  | 'command-line'
  | 'later';

/** What the input turned into, in order: bytes for the peer, and actions with the key that asked for them. */
export type FilteredInput =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'action'; readonly action: EscapeAction; readonly key: string };

const actions: ReadonlyMap<string, EscapeAction> = new Map<string, EscapeAction>([
  ['.', 'terminate'],
  ['\u001a', 'suspend'],
  ['B', 'break'],
  ['R', 'rekey'],
  ['v', 'more-verbose'],
  ['V', 'less-verbose'],
  ['?', 'help'],
  ['C', 'command-line'],
  ['#', 'later'],
  ['&', 'later'],
  ['I', 'later'],
]);

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

export class EscapeFilter {
  readonly #escape: number;
  #pending = false;
  #atLineStart = true;

  constructor(escape: number) {
    this.#escape = escape;
  }

  feed(input: Uint8Array): readonly FilteredInput[] {
    const output: FilteredInput[] = [];
    let bytes: number[] = [];
    for (const byte of input) {
      const action = this.#take(byte, bytes);
      if (action === undefined) continue;
      if (bytes.length > 0) output.push({ type: 'bytes', bytes: Uint8Array.from(bytes) });
      bytes = [];
      output.push(action);
    }
    if (bytes.length > 0) output.push({ type: 'bytes', bytes: Uint8Array.from(bytes) });
    return output;
  }

  /** Takes one byte in: into `bytes`, into the state, or as the action that it completes. */
  #take(byte: number, bytes: number[]): FilteredInput | undefined {
    if (this.#pending) {
      this.#pending = false;
      const key = String.fromCharCode(byte);
      const action = actions.get(key);
      if (action !== undefined) return { type: 'action', action, key };
      if (byte !== this.#escape) bytes.push(this.#escape);
    } else if (this.#atLineStart && byte === this.#escape) {
      this.#pending = true;
      return undefined;
    }
    this.#atLineStart = byte === carriageReturn || byte === lineFeed;
    bytes.push(byte);
    return undefined;
  }
}

/** EscapeChar's argument as a byte; `undefined` for `none`. */
export function parseEscapeCharacter(text: string): number | undefined {
  if (text === 'none') return undefined;
  if (text.length === 2 && text.startsWith('^')) return text.charCodeAt(1) & 31;
  return text.charCodeAt(0);
}
