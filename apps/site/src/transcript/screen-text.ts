/**
 * What stands on a terminal's screen, as lines of plain text: enough of ECMA-48 for shells and prompts (cursor within the line,
 * erasing, carriage return), everything else is dropped. Lines are as long as they come: a transcript is not wrapped.
 */

const maximumSequenceLength = 4096;

export class ScreenText {
  readonly #lines: string[] = [''];
  #column = 0;
  /** The cursor waits behind the last column: the next character begins a row, a carriage return does not. */
  #atMargin = false;
  /** Width of the terminal: a line that is longer is still one line here, though the cursor moves by rows. */
  columns = Number.POSITIVE_INFINITY;
  /** An escape sequence that is not complete yet. */
  #pending = '';
  readonly #decoder = new TextDecoder();

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The line of the cursor. */
  get currentLine(): string {
    return this.#lines.at(-1) ?? '';
  }

  write(bytes: Uint8Array): void {
    const text = this.#pending + this.#decoder.decode(bytes, { stream: true });
    this.#pending = '';
    let at = 0;
    while (at < text.length) {
      const character = text.charAt(at);
      if (character !== '\u001b') {
        this.#put(character);
        at += 1;
        continue;
      }
      const length = sequenceLength(text, at);
      if (length === undefined) {
        this.#pending = text.slice(at, at + maximumSequenceLength);
        return;
      }
      this.#obey(text.slice(at, at + length));
      at += length;
    }
  }

  #put(character: string): void {
    if (character === '\n') {
      this.#lines.push('');
      this.#column = 0;
      this.#atMargin = false;
    } else if (character === '\r') this.#moveTo(this.#rowStart());
    else if (character === '\b') this.#moveTo(this.#column - 1);
    else if (character === '\t') {
      for (let count = 8 - (this.#column % 8); count > 0; count -= 1) this.#print(' ');
    } else if (character >= ' ' && character !== '\u007f') this.#print(character);
  }

  #print(character: string): void {
    const line = this.currentLine.padEnd(this.#column);
    this.#replaceLine(line.slice(0, this.#column) + character + line.slice(this.#column + 1));
    this.#column += 1;
    this.#atMargin = this.#column % this.columns === 0;
  }

  #moveTo(column: number): void {
    this.#column = Math.max(0, column);
    this.#atMargin = false;
  }

  /** Where the cursor's row begins in the line. */
  #rowStart(): number {
    if (this.columns === Number.POSITIVE_INFINITY) return 0;
    const at = this.#atMargin ? this.#column - 1 : this.#column;
    return at - (at % this.columns);
  }

  #replaceLine(line: string): void {
    this.#lines[this.#lines.length - 1] = line;
  }

  #obey(sequence: string): void {
    const match = /^\[(?<count>\d*)[\d;]*(?<final>[@-~])$/.exec(sequence.slice(1));
    if (match === null) return;
    const count = Number(match.groups?.['count'] ?? 0);
    const many = Math.max(1, count);
    const line = this.currentLine;
    const above = many * this.columns;
    switch (match.groups?.['final']) {
      case 'A':
        if (above <= this.#column) this.#moveTo(this.#column - above);
        break;
      case 'B':
        if (this.#column + above <= line.length) this.#moveTo(this.#column + above);
        break;
      case 'C':
        this.#moveTo(this.#column + many);
        break;
      case 'D':
        this.#moveTo(this.#column - many);
        break;
      case 'G':
        this.#moveTo(this.#rowStart() + many - 1);
        break;
      case 'K':
        if (count === 0) this.#replaceLine(line.slice(0, this.#column));
        else this.#replaceLine(count === 1 ? line.slice(this.#column).padStart(line.length) : '');
        break;
      case 'P':
        this.#replaceLine(line.slice(0, this.#column) + line.slice(this.#column + many));
        break;
      case '@':
        this.#replaceLine(line.slice(0, this.#column) + ' '.repeat(many) + line.slice(this.#column));
        break;
      case 'J':
        if (count >= 2) this.#clear();
        else this.#replaceLine(line.slice(0, this.#column));
        break;
      default:
    }
  }

  #clear(): void {
    this.#lines.push('');
    this.#column = 0;
  }
}

/** The length of the escape sequence at `at`; undefined when its end has not come. */
function sequenceLength(text: string, at: number): number | undefined {
  const introducer = text.charAt(at + 1);
  if (introducer === '') return undefined;
  if (introducer === '[') {
    for (let end = at + 2; end < text.length; end += 1) if (/[@-~]/.test(text.charAt(end))) return end - at + 1;
    return tooLong(text, at);
  }
  if (']PX^_'.includes(introducer)) {
    for (let end = at + 2; end < text.length; end += 1) {
      if (text.charAt(end) === '\u0007') return end - at + 1;
      if (text.startsWith('\u001b\\', end)) return end - at + 2;
    }
    return tooLong(text, at);
  }
  return '()*+#% '.includes(introducer) ? (text.length > at + 2 ? 3 : undefined) : 2;
}

const tooLong = (text: string, at: number): number | undefined =>
  text.length - at > maximumSequenceLength ? 2 : undefined;
