/** A command of several lines as one entry of the history (bash(1), cmdhist; parse.y, history_delimiting_chars). */
import { Tokens, type Token } from '../tokens.ts';
import { checkGrammar } from '../grammar.ts';

/** What needs no semicolon after it. */
const openers: ReadonlySet<string> = new Set(
  '{ ( ) ; & | |& && || ;; ;& ;;& case do else elif if then until while in !'.split(' '),
);

interface Read {
  readonly tokens: readonly Token[];
  readonly isQuoted: boolean;
  readonly hasHereDocument: boolean;
}

function read(text: string): Read {
  const found: Token[] = [];
  const nested: Token[] = [];
  const tokens: Tokens = new Tokens(text, () => {
    for (let token = tokens.next(); token.type !== 'end' && token.text !== ')'; token = tokens.next())
      nested.push(token);
    if (tokens.at >= text.length) tokens.isUnterminated = true;
  });
  for (let token = tokens.next(); token.type !== 'end'; token = tokens.next())
    if (token.type !== 'newline') found.push(token);
  return {
    tokens: found,
    isQuoted: tokens.isUnterminated,
    hasHereDocument: [...found, ...nested].some((token) => token.type === 'operator' && /^<<-?$/.test(token.text)),
  };
}

/** What stands between the lines read so far and the next one. */
function delimiter(lines: string, following: string): string {
  const { tokens, isQuoted } = read(lines);
  if (isQuoted) return '\n';
  const [before, last] = [tokens.at(-2)?.text ?? '', tokens.at(-1)?.text ?? ''];
  if (openers.has(last)) return ' ';
  const isHead = before === 'function' || before === 'case';
  if (isHead || (before === 'for' && /^\s*in\b/.test(following))) return ' ';
  return following.trim() === '' ? '' : '; ';
}

/** The lines of a command, joined by `; ` where that means the same. Quotes and here-documents keep their newlines. */
export function joinLines(text: string): string {
  const whole = text.replace(/\n$/, '');
  if (!whole.includes('\n') || checkGrammar(whole).type !== 'sound' || read(whole).hasHereDocument) return whole;
  const [first = '', ...others] = whole.split('\n');
  return others.reduce((joined, line) => {
    if (/(?:^|[^\\])(?:\\\\)*\\$/.test(joined)) return joined.slice(0, -1) + line;
    return joined + delimiter(joined, line) + line;
  }, first);
}
