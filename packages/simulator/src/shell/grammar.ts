/**
 * bash's grammar as a recogniser (bash(1), SHELL GRAMMAR): whether a text is whole, goes on, or where its first wrong token stands.
 * Nothing is executed from it; the tree of the tolerant parser is.
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

class Recogniser {
  private readonly tokens: Tokens;
  private token: Token;
  private type: Verdict['type'] = 'sound';
  private wrong: Token | undefined;
  private depth = 0;
  private readonly compounds: ReadonlyMap<string, () => void> = new Map([
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

  constructor(source: string) {
    this.tokens = new Tokens(source, () => this.substitution());
    this.token = { type: 'newline', text: 'newline', position: 0 };
    this.advance();
  }

  verdict(): Verdict {
    this.list([]);
    if (this.type === 'sound' && this.token.type !== 'end') this.refuse();
    const { openHereDocument, isTooDeep, isUnterminated } = this.tokens;
    const type = isTooDeep ? 'unknown' : this.type === 'sound' && isUnterminated ? 'more' : this.type;
    return {
      type,
      ...(this.wrong ? { token: this.wrong } : {}),
      ...(openHereDocument ? { openHereDocument } : {}),
    };
  }

  private advance(): void {
    if (this.type !== 'sound') return;
    const token = this.tokens.next();
    // A substitution within the word may have ended it all.
    if (this.isOpen()) this.token = token;
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

  private expect(...texts: readonly string[]): void {
    if (this.is(...texts)) this.advance();
    else this.refuse();
  }

  private skipNewlines(): void {
    while (this.token.type === 'newline') this.advance();
  }

  private word(): void {
    if (this.token.type === 'word') this.advance();
    else this.refuse();
  }

  /** `$(`: its commands up to the parenthesis, behind which the word goes on. */
  private substitution(): void {
    const outer = this.token;
    this.advance();
    this.list([')']);
    if (!this.is(')')) this.refuse();
    if (this.type === 'sound') this.token = outer;
  }

  /** Commands up to one of `closers`, which may stand at once. */
  private list(closers: readonly string[]): void {
    this.skipNewlines();
    while (this.token.type !== 'end' && !this.is(...closers)) {
      this.andOr();
      if (this.token.type === 'operator' ? !separators.has(this.token.text) : this.token.type !== 'newline') return;
      this.advance();
      this.skipNewlines();
    }
  }

  private commands(...closers: readonly string[]): void {
    this.skipNewlines();
    if (this.token.type === 'end' || this.is(...closers)) this.refuse();
    this.list(closers);
  }

  private andOr(): void {
    this.pipeline();
    while (this.is('&&', '||')) {
      this.advance();
      this.skipNewlines();
      this.pipeline();
    }
  }

  private pipeline(): void {
    let isPrefixed = false;
    while (this.token.type === 'word' && this.is('!', 'time', '-p')) {
      if (this.is('-p') && !isPrefixed) break;
      isPrefixed = true;
      this.advance();
    }
    if (isPrefixed && (this.token.type === 'newline' || this.is(';', '&'))) return;
    this.command();
    while (this.is('|', '|&')) {
      this.advance();
      this.skipNewlines();
      this.command();
    }
  }

  private command(): void {
    if (this.depth >= maximumNesting / 4) {
      this.tokens.isTooDeep = true;
      this.type = 'unknown';
      this.token = { type: 'end', text: '', position: 0 };
      return;
    }
    this.depth++;
    if (this.is('function')) this.functionKeyword();
    else if (this.isCompound()) this.compound();
    else this.simple();
    this.depth--;
  }

  private isCompound(): boolean {
    return this.token.type !== 'newline' && this.token.type !== 'end' && this.compounds.has(this.token.text);
  }

  private compound(): void {
    if (!this.isCompound()) this.refuse();
    this.compounds.get(this.token.text)?.();
    while (this.isRedirection()) this.redirection();
  }

  private isRedirection(): boolean {
    return this.token.type === 'operator' && redirections.has(this.token.text);
  }

  private redirection(): void {
    const operator = this.token.text;
    this.advance();
    if (this.token.type === 'word' && (operator === '<<' || operator === '<<-'))
      this.tokens.addHereDocument(this.token.text, operator === '<<-');
    this.word();
  }

  private simple(): void {
    if (this.token.type === 'word' ? inner.has(this.token.text) : !this.isRedirection()) {
      this.refuse();
      return;
    }
    let count = 0;
    for (;;) {
      if (this.isRedirection()) this.redirection();
      else if (this.token.type === 'word') this.advance();
      else break;
      count++;
    }
    if (!this.is('(') || count !== 1) return;
    this.advance();
    this.functionBody();
  }

  /** From `)` on. */
  private functionBody(): void {
    this.expect(')');
    this.skipNewlines();
    this.compound();
  }

  private functionKeyword(): void {
    this.advance();
    this.word();
    if (this.is('(')) {
      this.advance();
      this.expect(')');
    }
    this.skipNewlines();
    this.compound();
  }

  private parenthesis(): void {
    if (this.arithmetic()) return;
    this.group('(', ')');
  }

  /** `((` to `))`, if that is what it is. */
  private arithmetic(): boolean {
    if (!this.is('(') || this.tokens.source.charAt(this.tokens.at) !== '(') return false;
    this.tokens.at++;
    if (this.tokens.skipArithmetic()) {
      this.advance();
      return true;
    }
    this.tokens.at--;
    return false;
  }

  private group(opener: string, closer: string): void {
    this.expect(opener);
    this.commands(closer);
    this.expect(closer);
  }

  private conditional(): void {
    this.advance();
    this.commands('then');
    this.expect('then');
    this.commands('elif', 'else', 'fi');
    while (this.is('elif')) {
      this.advance();
      this.commands('then');
      this.expect('then');
      this.commands('elif', 'else', 'fi');
    }
    if (this.is('else')) {
      this.advance();
      this.commands('fi');
    }
    this.expect('fi');
  }

  private loop(): void {
    this.advance();
    this.commands('do');
    this.body();
  }

  private body(): void {
    if (this.is('{')) this.group('{', '}');
    else this.group('do', 'done');
  }

  private forLoop(): void {
    this.advance();
    if (this.arithmetic()) {
      if (this.is(';')) this.advance();
    } else this.forWords();
    this.skipNewlines();
    this.body();
  }

  private forWords(): void {
    this.word();
    this.skipNewlines();
    if (this.is('in')) {
      this.advance();
      while (this.token.type === 'word') this.advance();
      this.expect(';', 'newline');
    } else if (this.is(';')) this.advance();
  }

  private caseCommand(): void {
    this.advance();
    this.word();
    this.skipNewlines();
    this.expect('in');
    this.skipNewlines();
    while (this.token.type !== 'end' && !this.is('esac')) {
      this.casePatterns();
      this.list([...caseEnds, 'esac']);
      if (!caseEnds.has(this.token.text)) break;
      this.advance();
      this.skipNewlines();
    }
    this.expect('esac');
  }

  private casePatterns(): void {
    if (this.is('(')) this.advance();
    this.word();
    while (this.is('|')) {
      this.advance();
      this.word();
    }
    this.expect(')');
  }

  /** `[[ ]]`, whose inside is the parser's to judge. */
  private test(): void {
    this.advance();
    while (this.token.type !== 'end' && !(this.token.type === 'word' && this.is(']]'))) this.advance();
    this.expect(']]');
  }
}

/** What bash's grammar says of a text. */
export function checkGrammar(source: string): Verdict {
  return new Recogniser(source).verdict();
}
