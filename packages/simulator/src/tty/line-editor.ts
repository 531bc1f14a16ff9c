/** The line being edited in canonical mode, and what is shown of it: echo, erasing, reprinting (eraser and echo_char of n_tty). */
import type { TerminalAttributes } from '@seashell/system';
import type { InputQueue } from './input-queue.ts';
import { backspace, isContinuation, isControl, newline, tab, type OutputProcessor } from './output-processor.ts';

const space = 0x20;

export type Erasing = 'character' | 'word' | 'line';

export class LineEditor {
  readonly #input: InputQueue;
  readonly #output: OutputProcessor;

  constructor(input: InputQueue, output: OutputProcessor) {
    this.#input = input;
    this.#output = output;
  }

  /** A byte joins the line, shown if ECHO says so. */
  add(byte: number, attributes: TerminalAttributes): void {
    if (attributes.ECHO) {
      if (this.#input.isLineEmpty) this.#output.markLineStart();
      this.echo(byte, attributes);
    }
    this.#input.push(byte);
  }

  /** A control character is shown with a caret; a tab is shown as it is. */
  echo(byte: number, attributes: TerminalAttributes): void {
    if (attributes.ECHOCTL && isControl(byte) && byte !== tab) this.#output.putCaret(byte);
    else this.#output.put(byte, attributes);
  }

  echoNewline(attributes: TerminalAttributes): void {
    this.#output.put(newline, attributes);
  }

  /** VLNEXT shows a caret that the next byte writes over. */
  showLiteralNext(attributes: TerminalAttributes): void {
    if (!attributes.ECHO || !attributes.ECHOCTL) return;
    this.#output.put(0x5e, attributes);
    this.#output.put(backspace, attributes);
  }

  reprint(byte: number, attributes: TerminalAttributes): void {
    this.echo(byte, attributes);
    this.echoNewline(attributes);
    for (const shown of this.#input.line) this.echo(shown, attributes);
  }

  /** `byte` is the character that asked for it. */
  erase(erasing: Erasing, byte: number, attributes: TerminalAttributes): void {
    if (this.#input.isLineEmpty) return;
    if (erasing === 'line' && !(attributes.ECHO && attributes.ECHOE && attributes.ECHOK))
      this.#dropLine(byte, attributes);
    else if (erasing === 'character') this.#eraseCharacter(byte, attributes);
    else if (erasing === 'word') this.#eraseWord(byte, attributes);
    else while (this.#eraseCharacter(byte, attributes));
  }

  #dropLine(byte: number, attributes: TerminalAttributes): void {
    while (this.#input.pop() !== undefined);
    if (!attributes.ECHO) return;
    this.echo(byte, attributes);
    if (attributes.ECHOK) this.echoNewline(attributes);
  }

  #eraseWord(byte: number, attributes: TerminalAttributes): void {
    let hasSeenWord = false;
    for (let first = this.#firstOfLast(); first !== undefined; first = this.#firstOfLast()) {
      const isWord = isWordByte(first);
      if (hasSeenWord && !isWord) return;
      hasSeenWord ||= isWord;
      this.#eraseCharacter(byte, attributes);
    }
  }

  /** The first byte of the last character; `undefined` when there is none, or only the rest of one. */
  #firstOfLast(): number | undefined {
    return this.#input.line.findLast((byte) => !isContinuation(byte));
  }

  /** Whether there was a character; several bytes of UTF-8 are one. */
  #eraseCharacter(byte: number, attributes: TerminalAttributes): boolean {
    if (this.#firstOfLast() === undefined) return false;
    let erased = this.#input.pop();
    while (erased !== undefined && isContinuation(erased)) erased = this.#input.pop();
    if (erased === undefined) return false;
    if (attributes.ECHO) this.#showErased(erased, byte, attributes);
    return true;
  }

  #showErased(erased: number, byte: number, attributes: TerminalAttributes): void {
    if (byte === attributes.characters.VERASE && !attributes.ECHOE) this.echo(byte, attributes);
    else if (erased === tab) this.#showErasedTab(attributes);
    else {
      if (isControl(erased) && attributes.ECHOCTL) this.#rubOut(attributes);
      if (!isControl(erased) || attributes.ECHOCTL) this.#rubOut(attributes);
    }
  }

  #rubOut(attributes: TerminalAttributes): void {
    for (const byte of [backspace, space, backspace]) this.#output.put(byte, attributes);
  }

  #showErasedTab(attributes: TerminalAttributes): void {
    const { line } = this.#input;
    const lastTab = line.lastIndexOf(tab);
    let columns = 0;
    for (const byte of line.slice(lastTab + 1)) {
      if (isControl(byte)) columns += attributes.ECHOCTL ? 2 : 0;
      else if (!isContinuation(byte)) columns += 1;
    }
    this.#output.eraseTab(columns, lastTab >= 0);
  }
}

/** isalnum(3) as the kernel knows it, with the letters of Latin-1, and the underscore. */
function isWordByte(byte: number): boolean {
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  const isLatinLetter = byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7;
  return isLetter || isLatinLetter || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f;
}
