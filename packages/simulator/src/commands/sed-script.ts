/** The script of sed(1) as a tree: addresses and commands, or GNU's complaint with the place of the character it stopped at. */
import {
  compileExpression,
  isExpressionError,
  type RegularExpression,
} from '../regular-expressions/regular-expression.ts';

export type Address =
  | { readonly type: 'line'; readonly number: number }
  | { readonly type: 'last' }
  | { readonly type: 'match'; readonly expression: RegularExpression };

export interface Selection {
  readonly from?: Address;
  readonly to?: Address;
  readonly negated: boolean;
}

export interface Substitution {
  readonly expression: RegularExpression;
  /** Pieces of the replacement: text, or the number of a group (0 for the whole match). */
  readonly replacement: readonly (string | number)[];
  /** The first match that is replaced, counted from 1. */
  readonly first: number;
  readonly all: boolean;
  readonly print: boolean;
}

export type Action =
  | { readonly type: 'substitute'; readonly substitution: Substitution }
  | { readonly type: 'transliterate'; readonly map: ReadonlyMap<string, string> }
  | { readonly type: 'text'; readonly where: 'before' | 'after' | 'instead'; readonly text: string }
  | { readonly type: 'block'; readonly commands: readonly SedCommand[] }
  | { readonly type: 'quit'; readonly status: number; readonly quiet: boolean }
  | { readonly type: 'plain'; readonly letter: string };

export interface SedCommand {
  readonly selection: Selection;
  readonly action: Action;
}

export type ParsedScript = { readonly commands: readonly SedCommand[] } | { readonly error: string };

/** Without arguments: print, delete, line number, next, hold space. */
const plainLetters = 'pPdD=nNgGhHx';
const textPlaces: ReadonlyMap<string, 'before' | 'after' | 'instead'> = new Map([
  ['i', 'before'],
  ['a', 'after'],
  ['c', 'instead'],
]);

/** A mistake in the script: it unwinds the parser, and is the result of `parseScript`. */
interface Mistake {
  readonly mistake: string;
}

const isMistake = (value: unknown): value is Mistake =>
  typeof value === 'object' && value !== null && 'mistake' in value;

export function parseScript(text: string, extended: boolean): ParsedScript {
  const parser = new ScriptParser(text, extended);
  const commands = parser.parseCommands(0);
  if (isMistake(commands)) return { error: `-e expression #1, char ${parser.at}: ${commands.mistake}` };
  return { commands };
}

class ScriptParser {
  at = 0;
  readonly #text: string;
  readonly #extended: boolean;

  constructor(text: string, extended: boolean) {
    this.#text = text;
    this.#extended = extended;
  }

  parseCommands(depth: number): readonly SedCommand[] | Mistake {
    const commands: SedCommand[] = [];
    for (;;) {
      this.#skip(/[\s;]*/y);
      if (this.#rest === '') return depth === 0 ? commands : this.#unmatched();
      if (this.#take('}')) return depth > 0 ? commands : { mistake: "unexpected `}'" };
      const command = this.#parseCommand(depth);
      if (isMistake(command)) return command;
      commands.push(command);
    }
  }

  /** GNU names no place for it. */
  #unmatched(): Mistake {
    this.at = 0;
    return { mistake: "unmatched `{'" };
  }

  get #rest(): string {
    return this.#text.slice(this.at);
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    this.at += found.length;
    return found;
  }

  #take(character: string): boolean {
    if (this.#text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  #parseCommand(depth: number): SedCommand | Mistake {
    const selection = this.#parseSelection();
    if (isMistake(selection)) return selection;
    const action = this.#parseAction(depth);
    return isMistake(action) ? action : { selection, action };
  }

  #parseSelection(): Selection | Mistake {
    const from = this.#parseAddress();
    if (isMistake(from)) return from;
    this.#skip(/[ \t]*/y);
    const to = from !== undefined && this.#take(',') ? this.#parseAddress() : undefined;
    if (isMistake(to)) return to;
    if (from !== undefined && to === undefined && this.#text[this.at - 1] === ',') {
      return { mistake: "unexpected `,'" };
    }
    const negated = this.#skip(/[ \t]*!*[ \t]*/y).includes('!');
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), negated };
  }

  #parseAddress(): Address | undefined | Mistake {
    this.#skip(/[ \t]*/y);
    if (this.#take('$')) return { type: 'last' };
    const digits = this.#skip(/\d+/y);
    if (digits !== '') return { type: 'line', number: Number(digits) };
    const custom = this.#text[this.at] === '\\';
    if (!custom && this.#text[this.at] !== '/') return undefined;
    if (custom) this.at += 1;
    const delimiter = this.#text[this.at] ?? '';
    this.at += 1;
    const source = this.#until(delimiter, 'expression');
    if (source === undefined) return { mistake: 'unterminated address regex' };
    const expression = this.#expression(source, this.#skip(/[IM]*/y));
    return isMistake(expression) ? expression : { type: 'match', expression };
  }

  /** Text up to the delimiter, which `\` takes its meaning from; in brackets of an expression it is a character like others. */
  #until(delimiter: string, kind: 'expression' | 'text' = 'text'): string | undefined {
    let text = '';
    while (this.at < this.#text.length) {
      const bracket = kind === 'expression' ? this.#skip(/\[\^?\]?(?:\[:\w+:\]|[^\]])*\]/y) : '';
      text += bracket;
      if (bracket !== '') continue;
      const character = this.#text.charAt(this.at);
      this.at += 1;
      if (character === delimiter) return text;
      if (kind === 'expression' && character === '[') break;
      text += character === '\\' ? this.#escaped(delimiter) : character;
    }
    this.at = this.#text.length;
    return undefined;
  }

  #escaped(delimiter: string): string {
    const next = this.#text.charAt(this.at);
    this.at += 1;
    return next === delimiter ? next : `\\${next}`;
  }

  /** An expression with its flags I and M. */
  #expression(source: string, flags: string): RegularExpression | Mistake {
    try {
      return compileExpression(withControls(source), {
        syntax: this.#extended ? 'extended' : 'basic',
        ignoreCase: /[Ii]/.test(flags),
        multiline: /[Mm]/.test(flags),
        groups: 9,
      });
    } catch (error) {
      if (isExpressionError(error)) return { mistake: error.message };
      throw error;
    }
  }

  #parseAction(depth: number): Action | Mistake {
    const letter = this.#text.charAt(this.at);
    if (letter === '') return { mistake: 'missing command' };
    this.at += 1;
    if (letter === '{') {
      const commands = this.parseCommands(depth + 1);
      return isMistake(commands) ? commands : { type: 'block', commands };
    }
    if (letter === 's') return this.#parseSubstitution();
    if (letter === 'y') return this.#parseTransliteration();
    const where = textPlaces.get(letter);
    if (where !== undefined) return this.#parseText(where);
    if (letter === 'q' || letter === 'Q') {
      const status = Number(this.#skip(/[ \t]*\d*/y));
      return this.#ended({ type: 'quit', status, quiet: letter === 'Q' });
    }
    if (plainLetters.includes(letter)) return this.#ended({ type: 'plain', letter });
    return { mistake: `unknown command: \`${letter}'` };
  }

  #ended(action: Action): Action | Mistake {
    this.#skip(/[ \t]*/y);
    if (this.#rest === '' || /^[;\n}#]/.test(this.#rest)) return action;
    this.at += 1;
    return { mistake: 'extra characters after command' };
  }

  #parseText(where: 'before' | 'after' | 'instead'): Action | Mistake {
    this.#skip(/[ \t]*(?:\\\n?)?/y);
    const text = this.#skip(/(?:\\[^]|[^\n\\])*/y);
    if (text === '') return { mistake: "expected \\ after `a', `c' or `i'" };
    return { type: 'text', where, text: text.replaceAll(/\\([^])/g, '$1') };
  }

  #parseSubstitution(): Action | Mistake {
    const delimiter = this.#text.charAt(this.at);
    this.at += 1;
    const source = this.#until(delimiter, 'expression');
    const replacement = source === undefined ? undefined : this.#until(delimiter);
    if (source === undefined || replacement === undefined || delimiter === '') {
      return { mistake: "unterminated `s' command" };
    }
    const flags = this.#parseFlags();
    if (isMistake(flags)) return flags;
    const expression = this.#expression(source, flags);
    if (isMistake(expression)) return expression;
    const [first = '1'] = /\d+/.exec(flags) ?? [];
    const pieces = replacementPieces(replacement);
    const missing = pieces.find((piece) => typeof piece === 'number' && piece > expression.groupCount);
    if (missing !== undefined) return { mistake: `invalid reference \\${missing} on \`s' command's RHS` };
    const substitution: Substitution = {
      expression,
      replacement: pieces,
      first: Number(first),
      all: flags.includes('g'),
      print: flags.includes('p'),
    };
    return this.#ended({ type: 'substitute', substitution });
  }

  /** The flags of `s`. */
  #parseFlags(): string | Mistake {
    let flags = '';
    for (;;) {
      const flag = this.#skip(/\d+|[gpIiMm]/y);
      if (flag === '') break;
      if (flag === 'g' && flags.includes(flag)) return { mistake: "multiple `g' options to `s' command" };
      if (flag === 'p' && flags.includes(flag)) return { mistake: "multiple `p' options to `s' command" };
      if (/\d/.test(flag) && /\d/.test(flags)) return { mistake: "multiple number options to `s' command" };
      if (/^0+$/.test(flag)) return { mistake: "number option to `s' command may not be zero" };
      flags += flag;
    }
    if (this.#rest === '' || /^[\s;}#]/.test(this.#rest)) return flags;
    this.at += 1;
    return { mistake: "unknown option to `s'" };
  }

  #parseTransliteration(): Action | Mistake {
    const delimiter = this.#text.charAt(this.at);
    this.at += 1;
    const [from, to] = [this.#until(delimiter), this.#until(delimiter)];
    if (from === undefined || to === undefined) return { mistake: "unterminated `y' command" };
    const [left, right] = [characters(from), characters(to)];
    if (left.length !== right.length) return { mistake: "strings for `y' command are different lengths" };
    return this.#ended({
      type: 'transliterate',
      map: new Map(left.map((character, index) => [character, right[index] ?? ''])),
    });
  }
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** `\n`, `\t` and the like in an expression are the characters they name, in brackets too. */
const withControls = (source: string): string =>
  source.replaceAll(/\\([^])/g, (all, letter: string) => escapes[letter] ?? all);
const characters = (text: string): readonly string[] =>
  Array.from(text.matchAll(/\\([^])|[^]/gu), ([all, escaped]) =>
    escaped === undefined ? all : (escapes[escaped] ?? escaped),
  );

/** `&` and `\1` are groups, `\n` a newline, other escaped characters themselves. */
function replacementPieces(text: string): readonly (string | number)[] {
  return Array.from(text.matchAll(/\\([^])|&|[^\\&]+/gu), ([all, escaped]) => {
    if (all === '&') return 0;
    if (escaped === undefined) return all;
    return /\d/.test(escaped) ? Number(escaped) : (escapes[escaped] ?? escaped);
  });
}
