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

/** Where a token began, to read it again. */
export interface Mark {
  readonly at: number;
  readonly hereDocuments: readonly HereDocument[];
}

interface HereDocument {
  readonly delimiter: string;
  readonly stripsTabs: boolean;
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
  private source = '';
  /** Where the next token is looked for. */
  private at = 0;
  /** A quote or an expansion was not closed. */
  isUnterminated = false;
  /** Nested deeper than is followed. */
  isTooDeep = false;
  openHereDocument: OpenHereDocument | undefined;
  private hereDocuments: HereDocument[] = [];
  /** Of the line end after which the here-document begins that the text ends in; undefined if it ends in none. */
  private hereDocumentStart: number | undefined;
  /** Without this character, what was added does not end what is open. */
  private awaited = '';
  private added = '';
  private depth = 0;
  /** The next `]` or end of a line behind each offset from `from` to `at`. */
  private closer = { from: 0, at: -1 };
  private substitutions = 0;
  /** Where what begins at an offset ends, for those who come there again: what is no arithmetic is read once more as commands. */
  private readonly arithmeticEnds = new Map<number, number>();
  private readonly substitutionEnds = new Map<number, number>();
  /** Parses the commands of `$(` to their parenthesis. */
  private readonly parseSubstitution: () => void;

  constructor(parseSubstitution: () => void) {
    this.parseSubstitution = parseSubstitution;
  }

  /** More text, to the end of a line. */
  append(text: string): void {
    this.source += text;
    this.added = text;
  }

  /** Whether the text ends within the token, as far as one can see. */
  isCut({ type }: Token): boolean {
    return this.hereDocumentStart !== undefined || (type === 'word' && this.at >= this.source.length);
  }

  /** Whether what was added last may end what is open. */
  mayGoOn(): boolean {
    return this.added.includes(this.awaited);
  }

  mark(): Mark {
    return { at: this.at, hereDocuments: [...this.hereDocuments] };
  }

  rewind({ at, hereDocuments }: Mark): void {
    this.at = at;
    this.hereDocuments = [...hereDocuments];
    this.hereDocumentStart = undefined;
    this.openHereDocument = undefined;
    this.isUnterminated = false;
    this.awaited = '';
    this.arithmeticEnds.clear();
    this.substitutionEnds.clear();
  }

  /** Goes on with a token that was cut. */
  again(token: Token, mark: Mark): Token {
    if (this.hereDocumentStart === undefined) {
      this.rewind(mark);
      return this.next();
    }
    this.skipHereDocuments(this.hereDocumentStart);
    return token;
  }

  /** No more text comes: what a here-document has is all of it. */
  giveUpHereDocuments(): void {
    const [open] = this.hereDocuments;
    if (this.hereDocumentStart === undefined || open === undefined) return;
    this.openHereDocument ??= { delimiter: open.delimiter, position: this.hereDocumentStart };
    this.hereDocuments = [];
    this.hereDocumentStart = undefined;
    this.at = this.source.length;
  }

  next(): Token {
    const endsComment = this.skipBlanks();
    const position = this.at;
    const character = this.source.charAt(position);
    if (character === '') return { type: 'end', text: '', position };
    if (character === '\n') {
      this.at++;
      this.skipHereDocuments(position);
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

  /** Whether the second parenthesis of `((` is next. */
  opensArithmetic(): boolean {
    return this.source.charAt(this.at) === '(';
  }

  /** Skips from the second parenthesis of `((` to `))`; false, and nothing skipped, if a lone `)` shows that it is none. */
  skipArithmetic(): boolean {
    this.at++;
    if (this.skipToArithmeticEnd()) return true;
    this.at--;
    return false;
  }

  private skipToArithmeticEnd(): boolean {
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
    this.awaited = ')';
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

  /** Passes over the here-documents of the line that ends at `position`, as far as there is text. */
  private skipHereDocuments(position: number): void {
    for (let next = this.hereDocuments[0]; next !== undefined; next = this.hereDocuments[0]) {
      if (!this.skipHereDocument(next)) {
        this.hereDocumentStart = position;
        this.awaited = '';
        return;
      }
      this.hereDocuments.shift();
    }
    this.hereDocumentStart = undefined;
  }

  /** False if its delimiter is not there. */
  private skipHereDocument({ delimiter, stripsTabs }: HereDocument): boolean {
    while (this.at < this.source.length) {
      const end = this.source.indexOf('\n', this.at);
      const text = this.source.slice(this.at, end);
      const line = stripsTabs ? text.replace(/^\t+/, '') : text;
      // Within `$( )` the parenthesis may follow the delimiter at once.
      const closesSubstitution = this.substitutions > 0 && line.startsWith(`${delimiter})`);
      this.at = closesSubstitution ? end - (line.length - delimiter.length) : end + 1;
      if (closesSubstitution || line === delimiter) return true;
    }
    return false;
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
        this.awaited = ')';
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
        if (this.skipToArithmeticEnd()) return;
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
    if (this.at >= this.source.length) this.awaited = ')';
    this.substitutionEnds.set(start, this.at);
  }

  private scanDouble(): void {
    this.at++;
    while (this.at < this.source.length && this.source.charAt(this.at) !== '"') this.scanPiece(true);
    this.close('"');
  }

  private scanBraces(inDouble: boolean): void {
    this.at += 2;
    while (this.at < this.source.length && this.source.charAt(this.at) !== '}') {
      if (inDouble && this.source.charAt(this.at) === '"') this.scanDouble();
      else this.scanPiece(inDouble);
    }
    this.close('}');
  }

  /** To the next `closer` that no backslash quotes. */
  private scanEscaped(closer: string, opening: number): void {
    this.at += opening;
    while (this.at < this.source.length && this.source.charAt(this.at) !== closer)
      this.at += this.source.charAt(this.at) === '\\' ? 2 : 1;
    this.close(closer);
  }

  private scanTo(closer: string, opening: number): void {
    const end = this.source.indexOf(closer, this.at + opening);
    this.at = end === -1 ? this.source.length : end;
    this.close(closer);
  }

  private close(closer: string): void {
    if (this.at >= this.source.length) {
      this.isUnterminated = true;
      this.awaited = closer;
      this.at = this.source.length;
    } else this.at++;
  }
}
