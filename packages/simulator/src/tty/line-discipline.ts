/**
 * The line discipline of a terminal (n_tty of Linux), as a state machine: bytes typed on the controlling side come in, edited
 * lines go to the reader, echo and processed output go back, signals come out for the foreground group. It knows no process.
 * What `TerminalAttributes` does not name is as on a usual terminal: ECHOKE, IUTF8, no ECHOPRT, VMIN 1, VTIME 0.
 */
import type { ControlCharacter, SignalName, TerminalAttributes, WindowSize } from '@seashell/system';
import { defaultWindowSize, saneAttributes } from './attributes.ts';
import { InputQueue } from './input-queue.ts';
import { LineEditor } from './line-editor.ts';
import { carriageReturn, newline, OutputProcessor } from './output-processor.ts';

const outputCapacityBytes = 65_536;

const signalCharacters = [
  ['VINTR', 'SIGINT'],
  ['VQUIT', 'SIGQUIT'],
  ['VSUSP', 'SIGTSTP'],
] as const;

export interface LineDisciplineOptions {
  /** `saneAttributes` if left out. */
  readonly attributes?: TerminalAttributes;
  /** 80 columns, 24 rows if left out. */
  readonly windowSize?: WindowSize;
}

export class LineDiscipline {
  #attributes: TerminalAttributes;
  #windowSize: WindowSize;
  readonly #input = new InputQueue();
  readonly #output = new OutputProcessor();
  readonly #editor = new LineEditor(this.#input, this.#output);
  #signals: SignalName[] = [];
  /** VLNEXT was typed: the next byte is taken as it is. */
  #isNextLiteral = false;

  constructor(options: LineDisciplineOptions = {}) {
    this.#attributes = options.attributes ?? saneAttributes;
    this.#windowSize = options.windowSize ?? defaultWindowSize;
  }

  get attributes(): TerminalAttributes {
    return this.#attributes;
  }

  /**
   * `flush` also throws away input that nobody has read. Draining is the caller's matter: wait until `hasOutput` is false.
   * Typed bytes that wait become one line when ICANON is set, and just bytes when it is taken away.
   */
  setAttributes(attributes: TerminalAttributes, options?: { readonly flush: boolean }): void {
    const before = this.#attributes;
    this.#attributes = attributes;
    if (options?.flush === true) this.#input.clear();
    if (before.IXON && !attributes.IXON) this.#output.start();
    if (before.ICANON === attributes.ICANON) return;
    this.#isNextLiteral = false;
    if (attributes.ICANON) this.#input.finishAll();
    else this.#input.unfinishAll();
  }

  get windowSize(): WindowSize {
    return this.#windowSize;
  }

  /** Whether it changed, so that SIGWINCH is due. */
  setWindowSize(size: WindowSize): boolean {
    const before = this.#windowSize;
    this.#windowSize = size;
    const isSameText = before.columns === size.columns && before.rows === size.rows;
    return !isSameText || before.widthPixels !== size.widthPixels || before.heightPixels !== size.heightPixels;
  }

  /** The controlling side types. Gives how many bytes were taken: fewer when the input is full, until the reader reads. */
  receive(bytes: Uint8Array): number {
    let taken = 0;
    for (const byte of bytes) {
      if (!this.canReceive) break;
      this.#receiveByte(byte);
      taken += 1;
    }
    return taken;
  }

  /** Whether `receive` would take a byte. A line that is too long goes on being taken, and its end lost. */
  get canReceive(): boolean {
    return !this.#input.isFull || (this.#attributes.ICANON && !this.#input.hasFinished);
  }

  /** The next input: `undefined` when the reader has to wait, an empty array at the end of file (VEOF on an empty line). */
  read(maximumBytes: number): Uint8Array | undefined {
    if (!this.canRead) return undefined;
    return this.#attributes.ICANON ? this.#input.takeLine(maximumBytes) : this.#input.takeBytes(maximumBytes);
  }

  /** Whether `read` would answer. */
  get canRead(): boolean {
    return this.#attributes.ICANON ? this.#input.hasFinished : this.#input.length > 0;
  }

  /** A program writes. Gives how many bytes were taken: none while output is stopped (VSTOP) or the buffer is full. */
  write(bytes: Uint8Array): number {
    let taken = 0;
    for (const byte of bytes) {
      if (!this.canWrite) break;
      this.#output.put(byte, this.#attributes);
      taken += 1;
    }
    return taken;
  }

  /** Whether `write` would take a byte. */
  get canWrite(): boolean {
    return !this.#output.isStopped && this.#output.waitingBytes < outputCapacityBytes;
  }

  /** Output and echo for the controlling side; empty when there is none. */
  takeOutput(maximumBytes = outputCapacityBytes): Uint8Array {
    return this.#output.take(maximumBytes);
  }

  get hasOutput(): boolean {
    return this.#output.waitingBytes > 0;
  }

  /** The signals that typed characters raised since the last call, oldest first, for the foreground process group. */
  takeSignals(): readonly SignalName[] {
    const signals = this.#signals;
    this.#signals = [];
    return signals;
  }

  #is(byte: number, name: ControlCharacter): boolean {
    return byte !== 0 && byte === this.#attributes.characters[name];
  }

  #receiveByte(received: number): void {
    const attributes = this.#attributes;
    const byte = attributes.ISTRIP ? received & 0x7f : received;
    if (this.#input.isFull) this.#input.makeRoomInLine();
    if (this.#isNextLiteral) {
      this.#isNextLiteral = false;
      this.#editor.add(byte, attributes);
      return;
    }
    if (this.#controlFlow(byte) || this.#raiseSignal(byte)) return;
    const translated = this.#translate(byte);
    if (translated === undefined || (attributes.ICANON && this.#edit(translated))) return;
    this.#addPlain(translated, translated !== byte);
  }

  #controlFlow(byte: number): boolean {
    if (!this.#attributes.IXON) return false;
    if (this.#is(byte, 'VSTART')) this.#output.start();
    else if (this.#is(byte, 'VSTOP')) this.#output.stop();
    else return false;
    return true;
  }

  /** A signal throws away what was typed and what was not yet shown (NOFLSH is off), and lets output go on. */
  #raiseSignal(byte: number): boolean {
    const raised = this.#attributes.ISIG ? signalCharacters.find(([name]) => this.#is(byte, name)) : undefined;
    if (raised === undefined) return false;
    this.#signals.push(raised[1]);
    this.#input.clear();
    this.#output.clear();
    if (this.#attributes.IXON) this.#output.start();
    if (this.#attributes.ECHO) this.#editor.echo(byte, this.#attributes);
    return true;
  }

  #translate(byte: number): number | undefined {
    const { ICRNL, IGNCR, INLCR } = this.#attributes;
    if (byte === carriageReturn && IGNCR) return undefined;
    if (byte === carriageReturn && ICRNL) return newline;
    return byte === newline && INLCR ? carriageReturn : byte;
  }

  /** What a byte does in canonical mode beyond joining the line. */
  #edit(byte: number): boolean {
    const attributes = this.#attributes;
    if (this.#is(byte, 'VERASE')) this.#editor.erase('character', byte, attributes);
    else if (this.#is(byte, 'VKILL')) this.#editor.erase('line', byte, attributes);
    else if (byte === newline) this.#finishLine();
    else if (this.#is(byte, 'VEOF')) this.#input.finishWithoutNewline();
    else return attributes.IEXTEN && this.#editExtended(byte);
    return true;
  }

  #editExtended(byte: number): boolean {
    const attributes = this.#attributes;
    if (this.#is(byte, 'VWERASE')) this.#editor.erase('word', byte, attributes);
    else if (this.#is(byte, 'VREPRINT') && attributes.ECHO) this.#editor.reprint(byte, attributes);
    else if (this.#is(byte, 'VLNEXT')) {
      this.#isNextLiteral = true;
      this.#editor.showLiteralNext(attributes);
    } else return false;
    return true;
  }

  #finishLine(): void {
    if (this.#attributes.ECHO || this.#attributes.ECHONL) this.#editor.echoNewline(this.#attributes);
    this.#input.finishLine(newline);
  }

  /** In raw mode a newline that was typed as one is shown as `^J`, one that was a carriage return as a new line. */
  #addPlain(byte: number, isTranslated: boolean): void {
    const isShownAsNewline = byte === newline && isTranslated && this.#attributes.ECHO;
    if (!isShownAsNewline) {
      this.#editor.add(byte, this.#attributes);
      return;
    }
    this.#editor.echoNewline(this.#attributes);
    this.#input.push(byte);
  }
}
