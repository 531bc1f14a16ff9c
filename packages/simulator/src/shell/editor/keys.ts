/** Keys out of the bytes of a terminal: control characters, Meta by ESC, and the escape sequences of xterm. */
import { fromBytes, incompleteTail } from '../../commands/byte-text.ts';

/** A key: a character to insert, or the name of a special one: `C-a`, `M-b`, `Up`, `PasteStart`. */
export interface Key {
  readonly name: string;
  /** The text to insert, if it is a plain character. */
  readonly text: string;
}

const sequences: Readonly<Record<string, string>> = {
  '[A': 'Up',
  '[B': 'Down',
  '[C': 'Right',
  '[D': 'Left',
  '[H': 'Home',
  '[F': 'End',
  OA: 'Up',
  OB: 'Down',
  OC: 'Right',
  OD: 'Left',
  OH: 'Home',
  OF: 'End',
  '[1~': 'Home',
  '[2~': 'Insert',
  '[3~': 'Delete',
  '[4~': 'End',
  '[7~': 'Home',
  '[8~': 'End',
  '[1;5C': 'M-f',
  '[1;5D': 'M-b',
  '[1;3C': 'M-f',
  '[1;3D': 'M-b',
  '[200~': 'PasteStart',
  '[201~': 'PasteEnd',
};

function plainKey(text: string): Key {
  const code = text.charCodeAt(0);
  if (code === 127) return { name: 'Backspace', text: '' };
  if (code < 32) return { name: `C-${String.fromCharCode(code + 96)}`, text: '' };
  return { name: text, text };
}

/** Gathers bytes until they make a key. */
export class KeyDecoder {
  private pending: number[] = [];

  /** The key that this byte completes. */
  push(byte: number): Key | undefined {
    this.pending.push(byte);
    const [first] = this.pending;
    const key = first === 27 ? this.escaped() : this.character();
    if (key) this.pending = [];
    return key;
  }

  private character(): Key | undefined {
    const bytes = Uint8Array.from(this.pending);
    return incompleteTail(bytes) > 0 ? undefined : plainKey(fromBytes(bytes));
  }

  private escaped(): Key | undefined {
    const rest = String.fromCharCode(...this.pending.slice(1));
    if (rest === '' || rest === '[' || rest === 'O') return undefined;
    if (rest.startsWith('[') || rest.startsWith('O')) {
      const last = rest.charCodeAt(rest.length - 1);
      if (last < 64 || last > 126) return undefined;
      return { name: sequences[rest] ?? 'Unknown', text: '' };
    }
    const key = plainKey(rest);
    return { name: `M-${key.name === 'C-h' ? 'Backspace' : key.name}`, text: '' };
  }
}
