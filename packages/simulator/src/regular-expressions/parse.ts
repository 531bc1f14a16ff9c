/** The parser: an expression's text as a tree, with glibc's grammar (basic and extended, GNU's additions to both). */
import { character } from './character-set.ts';
import { ExpressionError, words } from './expression-error.ts';
import { readInterval, type Interval } from './interval.ts';
import { deepestNesting } from './limits.ts';
import type { Syntax } from './syntax.ts';
import type { ExpressionTree, Node } from './syntax-tree.ts';
import { readToken, type Token } from './token.ts';

const bounds = {
  '*': { minimum: 0, maximum: Infinity },
  '+': { minimum: 1, maximum: Infinity },
  '?': { minimum: 0, maximum: 1 },
} as const;

/** `\9` is the last reference that can be written. */
const highestReference = 9;

/** A repetition at some place: an operator or an interval. */
interface Repetition extends Interval {
  readonly shown: string;
  readonly isInterval: boolean;
}

class Parser {
  readonly #text: string;
  readonly #syntax: Syntax;
  readonly #warnings: string[] = [];
  /** Groups that have ended, to which a reference may point; each alternative knows only those before it and its own. */
  #complete: ReadonlySet<number> = new Set();
  #at = 0;
  #depth = 0;
  #groupCount = 0;
  #hasReferences = false;
  /** Repetitions of repetitions in the whole expression, each one level of the tree: groups within one another add them up. */
  #stacked = 0;

  constructor(text: string, syntax: Syntax) {
    this.#text = text;
    this.#syntax = syntax;
  }

  parse(): ExpressionTree {
    const node = this.#parseAlternatives();
    return {
      node,
      groupCount: this.#groupCount,
      hasReferences: this.#hasReferences,
      warnings: this.#warnings,
    };
  }

  #parseAlternatives(): Node {
    const before = this.#complete;
    const nodes: Node[] = [this.#parseSequence()];
    let complete = this.#complete;
    for (let token = this.#peek(false); token.type === 'alternative'; token = this.#peek(false)) {
      this.#at = token.end;
      this.#complete = before;
      nodes.push(this.#parseSequence());
      complete = new Set([...complete, ...this.#complete]);
    }
    this.#complete = complete;
    const [only] = nodes;
    return only && nodes.length === 1 ? only : { type: 'alternatives', nodes };
  }

  #parseSequence(): Node {
    const nodes: Node[] = [];
    const start = this.#at;
    let repeatable = false;
    let skipped = false;
    for (;;) {
      const token = this.#peek(this.#at === start);
      // After an operator that was passed over, glibc takes a `)` for itself.
      if (!(skipped && token.type === 'close') && this.#ends(token)) return { type: 'sequence', nodes };
      skipped = !repeatable && this.#skipLeading(token);
      if (skipped) continue;
      const atom = this.#parseAtom(token);
      repeatable = atom.type !== 'assertion';
      nodes.push(repeatable ? this.#parseRepetitions(atom) : atom);
    }
  }

  #peek(atStart: boolean): Token {
    return readToken({ text: this.#text, at: this.#at, syntax: this.#syntax, atStart });
  }

  /** Whether the token ends a sequence. */
  #ends(token: Token): boolean {
    if (token.type === 'close') {
      if (this.#depth === 0 && !this.#syntax.loneClose) throw new ExpressionError(words.unmatchedClose);
      return this.#depth > 0;
    }
    return token.type === 'end' || token.type === 'alternative';
  }

  /** A repetition of nothing: gone with a warning, a mistake, or left to be taken as itself. */
  #skipLeading(token: Token): boolean {
    if (token.type !== 'operator' && token.type !== 'interval') return false;
    const { leadingInterval, leadingOperator } = this.#syntax;
    const rule = token.type === 'interval' ? leadingInterval : leadingOperator;
    if (rule === 'literal') return false;
    if (rule === 'mistake') throw new ExpressionError(words.preceding);
    const repetition = this.#readRepetition(token);
    if (!repetition) return false;
    this.#warnings.push(`${repetition.shown} at start of expression`);
    this.#at = repetition.end;
    return true;
  }

  #readRepetition(token: Token): Repetition | undefined {
    if (token.type === 'operator') {
      return { ...bounds[token.operator], end: token.end, shown: token.operator, isInterval: false };
    }
    const interval = token.type === 'interval' ? readInterval(this.#text, token.end, this.#syntax) : undefined;
    return interval && { ...interval, shown: '{...}', isInterval: true };
  }

  #parseAtom(token: Token): Node {
    const start = this.#at;
    this.#at = token.end;
    switch (token.type) {
      case 'open':
        return this.#parseGroup();
      case 'assertion':
        return { type: 'assertion', assertion: token.assertion };
      case 'reference':
        if (!this.#complete.has(token.index)) throw new ExpressionError(words.backReference);
        this.#hasReferences = true;
        return { type: 'reference', index: token.index };
      case 'set':
        return { type: 'set', set: token.set };
      default:
        return this.#literal(start, token.end);
    }
  }

  /** An operator that is a character here: its last one, for `\+` too. */
  #literal(start: number, end: number): Node {
    return { type: 'set', set: character(this.#text.codePointAt(Math.max(start, end - 1)) ?? 0) };
  }

  #parseGroup(): Node {
    const index = ++this.#groupCount;
    this.#enter();
    const node = this.#parseAlternatives();
    const token = this.#peek(false);
    if (token.type !== 'close') throw new ExpressionError(words.unmatchedOpen);
    this.#at = token.end;
    this.#depth--;
    if (index <= highestReference) this.#complete = new Set([...this.#complete, index]);
    return { type: 'group', index, node };
  }

  #enter(): void {
    this.#depth++;
    if (this.#depth > deepestNesting) throw new ExpressionError(words.tooBig);
  }

  #parseRepetitions(atom: Node): Node {
    let node = atom;
    for (let count = 0; ; count++) {
      const token = this.#peek(false);
      const repetition = this.#readRepetition(token);
      if (!repetition) return node;
      const again = count > 0 && (repetition.isInterval || repetition.shown === '*');
      if (again && !this.#syntax.repeatedRepetition) throw new ExpressionError(words.preceding);
      if (count > 0) this.#stacked++;
      if (this.#stacked >= deepestNesting) throw new ExpressionError(words.tooBig);
      this.#at = repetition.end;
      node = { type: 'repetition', node, minimum: repetition.minimum, maximum: repetition.maximum };
    }
  }
}

/** The tree of an expression; throws ExpressionError with glibc's words. */
export function parseExpression(text: string, syntax: Syntax): ExpressionTree {
  return new Parser(text, syntax).parse();
}
