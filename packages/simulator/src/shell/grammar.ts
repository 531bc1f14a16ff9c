/**
 * bash's grammar as a recogniser (bash(1), SHELL GRAMMAR): whether a text is whole, goes on, or where its first wrong token stands.
 * Nothing is executed from it; the tree of the tolerant parser is. It reads line by line, as bash does, and stands still where the text
 * ends: of a command of many lines each token is read once; but a word that goes on over lines, as `$( )` may, again with each line that
 * may end it.
 */
import { maximumNesting } from './limits.ts';
import { Tokens, type OpenHereDocument, type Token } from './tokens.ts';

export type { OpenHereDocument } from './tokens.ts';

export interface Verdict {
  /** `more`: the text ends where the grammar asks for more; `unknown`: nested too deeply to say. */
  readonly type: 'sound' | 'more' | 'unexpected' | 'unknown';
  /** The token that the grammar does not allow. */
  readonly token?: Token;
  readonly openHereDocument?: OpenHereDocument;
}

const redirections: ReadonlySet<string> = new Set([
  '<',
  '>',
  '>>',
  '<<',
  '<<-',
  '<<<',
  '<&',
  '>&',
  '<>',
  '>|',
  '&>',
  '&>>',
]);
const separators: ReadonlySet<string> = new Set([';', '&', 'newline']);
const caseEnds: ReadonlySet<string> = new Set([';;', ';&', ';;&']);
/** Reserved words that begin no command. */
const inner: ReadonlySet<string> = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', 'in', '}']);

/** Yields where the text ends, with whether a command may end there; goes on with whether there is more text. */
type Steps = Generator<boolean, void, boolean>;

const nothing: Token = { type: 'end', text: '', position: 0 };

export class Recogniser {
  private readonly tokens = new Tokens(() => this.substitution());
  private token: Token = nothing;
  private type: Verdict['type'] = 'sound';
  private wrong: Token | undefined;
  private depth = 0;
  private readonly compounds: ReadonlyMap<string, () => Steps> = new Map([
    ['(', () => this.parenthesis()],
    ['{', () => this.group('{', '}')],
    ['if', () => this.conditional()],
    ['while', () => this.loop()],
    ['until', () => this.loop()],
    ['for', () => this.forLoop()],
    ['select', () => this.forLoop()],
    ['case', () => this.caseCommand()],
    ['[[', () => this.test()],
  ]);

  private readonly steps = this.program();

  /** Reads on; `text` ends with the end of a line. What of the text so far: whether it is whole, or wrong. */
  add(text: string): Verdict['type'] {
    this.tokens.append(text);
    const { done = false, value } = this.steps.next(true);
    return done ? this.type : value === true ? 'sound' : 'more';
  }

  /** What of the text, if there is no more. */
  verdict(): Verdict {
    while (!(this.steps.next(false).done ?? false));
    const { openHereDocument } = this.tokens;
    return {
      type: this.type,
      ...(this.wrong ? { token: this.wrong } : {}),
      ...(openHereDocument ? { openHereDocument } : {}),
    };
  }

  private *program(): Steps {
    yield* this.advance(true);
    while (this.token.type !== 'end') {
      if (this.token.type !== 'newline') yield* this.andOr();
      if (!this.endsCommand()) break;
      yield* this.advance(true);
    }
    if (this.token.type !== 'end') this.refuse();
  }

  /** `isWhole`: whether the text may end before the next token. */
  private *advance(isWhole = false): Steps {
    if (this.type !== 'sound') return;
    const mark = this.tokens.mark();
    let token = this.tokens.next();
    while (this.isCut(token)) {
      if (!(yield* this.moreText(isWhole && token.type === 'end' && this.isOpen()))) {
        this.tokens.giveUpHereDocuments();
        if (this.tokens.isUnterminated) this.type = 'more';
        break;
      }
      this.type = 'sound';
      token = this.tokens.again(token, mark);
    }
    if (this.tokens.isTooDeep) this.type = 'unknown';
    this.token = this.isOpen() ? token : { ...nothing, position: token.position };
  }

  /** Waits for text that may end what is open; false if none comes. */
  private *moreText(isWhole: boolean): Generator<boolean, boolean, boolean> {
    let hasMore: boolean;
    do hasMore = yield isWhole;
    while (hasMore && !this.tokens.mayGoOn());
    return hasMore;
  }

  /** Whether the text ends within a token, or before one. */
  private isCut(token: Token): boolean {
    if (this.tokens.isTooDeep || this.type === 'unexpected' || this.type === 'unknown') return false;
    return token.type === 'end' || this.type === 'more' || this.tokens.isCut(token);
  }

  private isOpen(): boolean {
    return this.type === 'sound';
  }

  /** The token is wrong here, or the text is too short. From here on everything stands at its end. */
  private refuse(): void {
    if (this.type !== 'sound') return;
    this.type = this.token.type === 'end' || this.tokens.isUnterminated ? 'more' : 'unexpected';
    if (this.type === 'unexpected') this.wrong = this.token;
    this.token = { type: 'end', text: '', position: this.token.position };
  }

  private is(...texts: readonly string[]): boolean {
    return this.token.type !== 'end' && texts.includes(this.token.text);
  }

  private *expect(...texts: readonly string[]): Steps {
    if (this.is(...texts)) yield* this.advance();
    else this.refuse();
  }

  private *skipNewlines(): Steps {
    while (this.token.type === 'newline') yield* this.advance();
  }

  private *word(): Steps {
    if (this.token.type === 'word') yield* this.advance();
    else this.refuse();
  }

  /** `$(`: its commands up to the parenthesis, behind which the word goes on. */
  private substitution(): void {
    const outer = this.token;
    const steps = this.substitutedCommands();
    // The word is read again from its beginning when there is more text.
    while (!steps.next(false).done);
    if (this.type === 'sound') this.token = outer;
  }

  private *substitutedCommands(): Steps {
    yield* this.advance();
    yield* this.list([')']);
    if (!this.is(')')) this.refuse();
  }

  /** Commands up to one of `closers`, which may stand at once. */
  private *list(closers: readonly string[]): Steps {
    yield* this.skipNewlines();
    while (this.token.type !== 'end' && !this.is(...closers)) {
      yield* this.andOr();
      if (!this.endsCommand()) return;
      yield* this.advance();
      yield* this.skipNewlines();
    }
  }

  private endsCommand(): boolean {
    return this.token.type === 'operator' ? separators.has(this.token.text) : this.token.type === 'newline';
  }

  private *commands(...closers: readonly string[]): Steps {
    yield* this.skipNewlines();
    if (this.token.type === 'end' || this.is(...closers)) this.refuse();
    yield* this.list(closers);
  }

  private *andOr(): Steps {
    yield* this.pipeline();
    while (this.is('&&', '||')) {
      yield* this.advance();
      yield* this.skipNewlines();
      yield* this.pipeline();
    }
  }

  private *pipeline(): Steps {
    let isPrefixed = false;
    while (this.token.type === 'word' && this.is('!', 'time', '-p')) {
      if (this.is('-p') && !isPrefixed) break;
      isPrefixed = true;
      yield* this.advance();
    }
    if (isPrefixed && (this.token.type === 'newline' || this.is(';', '&'))) return;
    yield* this.command();
    while (this.is('|', '|&')) {
      yield* this.advance();
      yield* this.skipNewlines();
      yield* this.command();
    }
  }

  private *command(): Steps {
    if (this.depth >= maximumNesting / 4) {
      this.tokens.isTooDeep = true;
      this.type = 'unknown';
      this.token = { type: 'end', text: '', position: 0 };
      return;
    }
    this.depth++;
    if (this.is('function')) yield* this.functionKeyword();
    else if (this.isCompound()) yield* this.compound();
    else yield* this.simple();
    this.depth--;
  }

  private isCompound(): boolean {
    return this.token.type !== 'newline' && this.token.type !== 'end' && this.compounds.has(this.token.text);
  }

  private *compound(): Steps {
    if (!this.isCompound()) this.refuse();
    const compound = this.compounds.get(this.token.text);
    if (compound) yield* compound();
    while (this.isRedirection()) yield* this.redirection();
  }

  private isRedirection(): boolean {
    return this.token.type === 'operator' && redirections.has(this.token.text);
  }

  private *redirection(): Steps {
    const operator = this.token.text;
    yield* this.advance();
    if (this.token.type === 'word' && (operator === '<<' || operator === '<<-'))
      this.tokens.addHereDocument(this.token.text, operator === '<<-');
    yield* this.word();
  }

  private *simple(): Steps {
    if (this.token.type === 'word' ? inner.has(this.token.text) : !this.isRedirection()) {
      this.refuse();
      return;
    }
    let count = 0;
    for (;;) {
      if (this.isRedirection()) yield* this.redirection();
      else if (this.token.type === 'word') yield* this.advance();
      else break;
      count++;
    }
    if (!this.is('(') || count !== 1) return;
    yield* this.advance();
    yield* this.functionBody();
  }

  /** From `)` on. */
  private *functionBody(): Steps {
    yield* this.expect(')');
    yield* this.skipNewlines();
    yield* this.compound();
  }

  private *functionKeyword(): Steps {
    yield* this.advance();
    yield* this.word();
    if (this.is('(')) {
      yield* this.advance();
      yield* this.expect(')');
    }
    yield* this.skipNewlines();
    yield* this.compound();
  }

  private *parenthesis(): Steps {
    if (yield* this.arithmetic()) return;
    yield* this.group('(', ')');
  }

  /** `((` to `))`, if that is what it is. */
  private *arithmetic(): Generator<boolean, boolean, boolean> {
    if (!this.is('(') || !this.tokens.opensArithmetic()) return false;
    const mark = this.tokens.mark();
    let isArithmetic = this.tokens.skipArithmetic();
    while (this.tokens.isUnterminated) {
      if (!(yield* this.moreText(false))) break;
      this.tokens.rewind(mark);
      isArithmetic = this.tokens.skipArithmetic();
    }
    if (isArithmetic) yield* this.advance();
    return isArithmetic;
  }

  private *group(opener: string, closer: string): Steps {
    yield* this.expect(opener);
    yield* this.commands(closer);
    yield* this.expect(closer);
  }

  private *conditional(): Steps {
    yield* this.advance();
    yield* this.commands('then');
    yield* this.expect('then');
    yield* this.commands('elif', 'else', 'fi');
    while (this.is('elif')) {
      yield* this.advance();
      yield* this.commands('then');
      yield* this.expect('then');
      yield* this.commands('elif', 'else', 'fi');
    }
    if (this.is('else')) {
      yield* this.advance();
      yield* this.commands('fi');
    }
    yield* this.expect('fi');
  }

  private *loop(): Steps {
    yield* this.advance();
    yield* this.commands('do');
    yield* this.body();
  }

  private *body(): Steps {
    if (this.is('{')) yield* this.group('{', '}');
    else yield* this.group('do', 'done');
  }

  private *forLoop(): Steps {
    yield* this.advance();
    if (yield* this.arithmetic()) {
      if (this.is(';')) yield* this.advance();
    } else yield* this.forWords();
    yield* this.skipNewlines();
    yield* this.body();
  }

  private *forWords(): Steps {
    yield* this.word();
    yield* this.skipNewlines();
    if (this.is('in')) {
      yield* this.advance();
      while (this.token.type === 'word') yield* this.advance();
      yield* this.expect(';', 'newline');
    } else if (this.is(';')) yield* this.advance();
  }

  private *caseCommand(): Steps {
    yield* this.advance();
    yield* this.word();
    yield* this.skipNewlines();
    yield* this.expect('in');
    yield* this.skipNewlines();
    while (this.token.type !== 'end' && !this.is('esac')) {
      yield* this.casePatterns();
      yield* this.list([...caseEnds, 'esac']);
      if (!caseEnds.has(this.token.text)) break;
      yield* this.advance();
      yield* this.skipNewlines();
    }
    yield* this.expect('esac');
  }

  private *casePatterns(): Steps {
    if (this.is('(')) yield* this.advance();
    yield* this.word();
    while (this.is('|')) {
      yield* this.advance();
      yield* this.word();
    }
    yield* this.expect(')');
  }

  /** `[[ ]]`, whose inside is the parser's to judge. */
  private *test(): Steps {
    yield* this.advance();
    while (this.token.type !== 'end' && !(this.token.type === 'word' && this.is(']]'))) yield* this.advance();
    yield* this.expect(']]');
  }
}

/** What bash's grammar says of a text. */
export function checkGrammar(source: string): Verdict {
  const recogniser = new Recogniser();
  recogniser.add(source.endsWith('\n') ? source : `${source}\n`);
  return recogniser.verdict();
}
