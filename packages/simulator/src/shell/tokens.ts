/**
 * The tokens of bash's grammar, with where they stand: words in one piece whatever they quote, operators, ends of lines. Here-documents
 * are passed over with the line that names them.
 */
import { maximumNesting } from './limits.ts';

export interface Token {
  readonly type: 'word' | 'operator' | 'newline' | 'end';
  readonly text: string;
  readonly position: number;
  /** Of a newline: a comment stands before it on its line. */
  readonly endsComment?: boolean;
}

/** A here-document whose delimiter never came. */
export interface OpenHereDocument {
  readonly delimiter: string;
  /** Offset of the line end after which it began. */
  readonly position: number;
}

/** Quotes and expansions within one another that are followed. */
const maximumDepth = maximumNesting / 4;

const operators = /&>>|&>|&&|&|\|\||\|&|\||;;&|;;|;&|;|\(|\)|<<<|<<-|<<|<&|<>|<|>>|>&|>\||>/y;
const assignmentStart = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=$/;
const subscriptEnd = /\]\+?=/y;

const quotes = /\$'((?:\\[^]|[^'\\])*)'|'([^']*)'|\$?"((?:\\[^]|[^"\\])*)"|\\([^])/g;
const ansiLetters: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
]);

/** A word without its quotes, as the delimiter of a here-document is read: nothing in it is expanded. */
function withoutQuotes(word: string): string {
  return word.replace(quotes, (...found: (string | undefined)[]) => {
    const [, ansi, single, double, escaped] = found;
    if (ansi !== undefined) return ansi.replace(/\\([^])/g, (__, letter: string) => ansiLetters.get(letter) ?? letter);
    return single ?? double?.replace(/\\([$`"\\\n])/g, '$1') ?? escaped ?? '';
  });
}

export class Tokens {
  readonly source: string;
  /** Where the next token is looked for. */
  at = 0;
  /** A quote or an expansion was not closed. */
  isUnterminated = false;
  /** Nested deeper than is followed. */
  isTooDeep = false;
  openHereDocument: OpenHereDocument | undefined;
  private hereDocuments: { readonly delimiter: string; readonly stripsTabs: boolean }[] = [];
  private depth = 0;
  /** The next `]` or end of a line behind each offset from `from` to `at`. */
  private closer = { from: 0, at: -1 };
  private substitutions = 0;
  /** Where what begins at an offset ends, for those who come there again: what is no arithmetic is read once more as commands. */
  private readonly arithmeticEnds = new Map<number, number>();
  private readonly substitutionEnds = new Map<number, number>();
  /** Parses the commands of `$(` to their parenthesis. */
  private readonly parseSubstitution: () => void;

  constructor(source: string, parseSubstitution: () => void) {
    this.source = source.endsWith('\n') ? source : `${source}\n`;
    this.parseSubstitution = parseSubstitution;
  }

  next(): Token {
    const endsComment = this.skipBlanks();
    const position = this.at;
    const character = this.source.charAt(position);
    if (character === '') return { type: 'end', text: '', position };
    if (character === '\n') {
      this.at++;
      this.skipHereDocuments();
      return { type: 'newline', text: 'newline', position, endsComment };
    }
    const operator = /[<>]\(/y;
    operator.lastIndex = position;
    operators.lastIndex = position;
    const [found] = operator.test(this.source) ? [] : (operators.exec(this.source) ?? []);
    if (found !== undefined) {
      this.at += found.length;
      return { type: 'operator', text: found, position };
    }
    this.scanWord();
    const text = this.source.slice(position, this.at);
    // The number of a descriptor belongs to the redirection.
    if (/^\d+$/.test(text) && /[<>]/.test(this.source.charAt(this.at))) return this.next();
    return { type: 'word', text, position };
  }

  /** Skips to `))` from within an arithmetic `((`; false, and nothing skipped, if a lone `)` shows that it is none. */
  skipArithmetic(): boolean {
    const start = this.at;
    const known = this.arithmeticEnds.get(start);
    if (known === undefined) this.arithmeticEnds.set(start, this.findArithmeticEnd());
    const end = this.arithmeticEnds.get(start) ?? -1;
    this.at = end === -1 ? start : end;
    return end !== -1;
  }

  /** -1 if it is none. */
  private findArithmeticEnd(): number {
    let depth = 2;
    while (this.at < this.source.length) {
      const character = this.source.charAt(this.at);
      if (character === '(') depth++;
      if (character === ')') depth--;
      if (depth === 1 && character === ')' && this.source.charAt(this.at + 1) !== ')') {
        return -1;
      }
      if (depth === 0) return this.at + 1;
      this.scanPiece(false);
    }
    this.isUnterminated = true;
    return this.source.length;
  }

  addHereDocument(word: string, stripsTabs: boolean): void {
    this.hereDocuments.push({ delimiter: withoutQuotes(word), stripsTabs });
  }

  /** Skips blanks, and a comment after them; true if there is one. */
  private skipBlanks(): boolean {
    const blanks = /(?:[ \t]|\\\n)*(#[^\n]*)?/y;
    blanks.lastIndex = this.at;
    const comment = blanks.exec(this.source)?.[1];
    this.at = blanks.lastIndex;
    return comment !== undefined;
  }

  private skipHereDocuments(): void {
    const position = this.at - 1;
    for (const { delimiter, stripsTabs } of this.hereDocuments.splice(0)) {
      let isClosed = false;
      while (!isClosed && this.at < this.source.length) {
        const end = this.source.indexOf('\n', this.at);
        const text = this.source.slice(this.at, end);
        const line = stripsTabs ? text.replace(/^\t+/, '') : text;
        // Within `$( )` the parenthesis may follow the delimiter at once.
        const closesSubstitution = this.substitutions > 0 && line.startsWith(`${delimiter})`);
        isClosed = line === delimiter || closesSubstitution;
        this.at = closesSubstitution ? end - (line.length - delimiter.length) : end + 1;
      }
      if (!isClosed) this.openHereDocument ??= { delimiter, position };
    }
  }

  private scanWord(): void {
    if (this.depth >= maximumDepth) {
      this.isTooDeep = true;
      this.at = this.source.length;
    }
    const start = this.at;
    let mayHaveSubscript = true;
    for (;;) {
      const character = this.source.charAt(this.at);
      if (character === '(' && assignmentStart.test(this.source.slice(start, this.at))) {
        this.scanArray();
        continue;
      }
      if (character === '[' && mayHaveSubscript) {
        mayHaveSubscript = false;
        if (this.skipSubscript(start)) continue;
      }
      const isProcess = /[<>]/.test(character) && this.source.charAt(this.at + 1) === '(' && this.at === start;
      if (isProcess) this.scanSubstitution(2);
      else if (character === '' || /[\s;&|()<>]/.test(character)) return;
      else this.scanPiece(false);
    }
  }

  /** Skips the `[...]=` behind the name that began at `start`; false, and nothing skipped, if there is none. */
  private skipSubscript(start: number): boolean {
    if (!/^[A-Za-z_]\w*$/.test(this.source.slice(start, this.at))) return false;
    subscriptEnd.lastIndex = this.findCloser();
    if (!subscriptEnd.test(this.source)) return false;
    this.at = subscriptEnd.lastIndex;
    return true;
  }

  /** The next `]` or end of a line; looked for once for all the offsets before it. */
  private findCloser(): number {
    const { from, at } = this.closer;
    if (this.at >= from && this.at <= at) return at;
    const found = this.source.slice(this.at).search(/[\]\n]/);
    this.closer = { from: this.at, at: found === -1 ? this.source.length : this.at + found };
    return this.closer.at;
  }

  /** `(one two)` of an assignment. */
  private scanArray(): void {
    this.at++;
    this.depth++;
    this.scanArrayWords();
    this.depth--;
  }

  private scanArrayWords(): void {
    for (;;) {
      const token = this.next();
      if (token.type === 'end') {
        this.isUnterminated = true;
        return;
      }
      if (token.type === 'operator') {
        if (token.text !== ')') this.at = token.position + 1;
        if (token.text === ')') return;
      }
    }
  }

  /** One character, or all that a quote or an expansion takes. */
  private scanPiece(inDouble: boolean): void {
    if (this.depth >= maximumDepth) {
      this.isTooDeep = true;
      this.at = this.source.length;
      return;
    }
    this.depth++;
    this.scanCharacter(inDouble);
    this.depth--;
  }

  private scanCharacter(inDouble: boolean): void {
    const character = this.source.charAt(this.at);
    if (character === '\\') this.at += 2;
    else if (character === "'" && !inDouble) this.scanTo("'", 1);
    else if (character === '"' && !inDouble) this.scanDouble();
    else if (character === '`') this.scanEscaped('`', 1);
    else if (character === '$') this.scanExpansion(inDouble);
    else this.at++;
  }

  private scanExpansion(inDouble: boolean): void {
    const following = this.source.charAt(this.at + 1);
    if (following === '(') {
      if (this.source.charAt(this.at + 2) === '(') {
        const start = this.at;
        this.at += 3;
        if (this.skipArithmetic()) return;
        this.at = start;
      }
      this.scanSubstitution(2);
    } else if (following === '{') this.scanBraces(inDouble);
    else if (following === '[') this.scanTo(']', 2);
    else if (following === "'" && !inDouble) this.scanEscaped("'", 2);
    else if (following === '"' && !inDouble) this.at++;
    else this.at++;
  }

  private scanSubstitution(opening: number): void {
    this.at += opening;
    const start = this.at;
    const known = this.substitutionEnds.get(start);
    if (known !== undefined) {
      this.at = known;
      return;
    }
    this.substitutions++;
    this.depth++;
    this.parseSubstitution();
    this.depth--;
    this.substitutions--;
    this.substitutionEnds.set(start, this.at);
  }

  private scanDouble(): void {
    this.at++;
    while (this.at < this.source.length && this.source.charAt(this.at) !== '"') this.scanPiece(true);
    this.close();
  }

  private scanBraces(inDouble: boolean): void {
    this.at += 2;
    while (this.at < this.source.length && this.source.charAt(this.at) !== '}') {
      if (inDouble && this.source.charAt(this.at) === '"') this.scanDouble();
      else this.scanPiece(inDouble);
    }
    this.close();
  }

  /** To the next `closer` that no backslash quotes. */
  private scanEscaped(closer: string, opening: number): void {
    this.at += opening;
    while (this.at < this.source.length && this.source.charAt(this.at) !== closer)
      this.at += this.source.charAt(this.at) === '\\' ? 2 : 1;
    this.close();
  }

  private scanTo(closer: string, opening: number): void {
    const end = this.source.indexOf(closer, this.at + opening);
    this.at = end === -1 ? this.source.length : end;
    this.close();
  }

  private close(): void {
    if (this.at >= this.source.length) {
      this.isUnterminated = true;
      this.at = this.source.length;
    } else this.at++;
  }
}
