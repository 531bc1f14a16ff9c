/** A command of several lines as one entry of the history (bash(1), cmdhist; parse.y, history_delimiting_chars). */
import { Tokens, type Token } from '../tokens.ts';
import { checkGrammar } from '../grammar.ts';

/** What needs no semicolon after it. */
const openers: ReadonlySet<string> = new Set(
  '{ ( ) ; & | |& && || ;; ;& ;;& case do else elif if then until while in !'.split(' '),
);

const maximumJoinedCharacters = 16 * 1024;

interface Read {
  readonly tokens: readonly Token[];
  readonly isQuoted: boolean;
  /** A comment goes to the end of the text. */
  readonly isComment: boolean;
  readonly hasHereDocument: boolean;
}

function read(text: string): Read {
  const found: Token[] = [];
  const nested: Token[] = [];
  const tokens: Tokens = new Tokens(() => {
    let token = tokens.next();
    for (; token.type !== 'end' && token.text !== ')'; token = tokens.next()) nested.push(token);
    if (token.type === 'end') tokens.isUnterminated = true;
  });
  tokens.append(text.endsWith('\n') ? text : `${text}\n`);
  let isComment = false;
  for (let token = tokens.next(); token.type !== 'end'; token = tokens.next()) {
    isComment = token.endsComment ?? false;
    if (token.type !== 'newline') found.push(token);
  }
  return {
    tokens: found,
    isQuoted: tokens.isUnterminated,
    isComment,
    hasHereDocument: [...found, ...nested].some((token) => token.type === 'operator' && /^<<-?$/.test(token.text)),
  };
}

/** What stands between the lines read so far, which end in no quote and no comment, and the next one. */
function delimiter(tokens: readonly Token[], following: string): string {
  const [before, last] = [tokens.at(-2)?.text ?? '', tokens.at(-1)?.text ?? ''];
  if (openers.has(last)) return ' ';
  const isHead = before === 'function' || before === 'case';
  if (isHead || (before === 'for' && /^\s*in\b/.test(following))) return ' ';
  return following.trim() === '' ? '' : '; ';
}

interface Joined {
  readonly text: string;
  /** The line before was a comment and nothing else. */
  readonly afterComment: boolean;
}

/**
 * A line that is a comment is left out; after any comment the newline stays, as nothing else ends it.
 * Differs from bash: it forgets the comment after an empty line or a backslash, and what follows becomes part of it.
 */
function joinLine({ text, afterComment }: Joined, line: string): Joined {
  const { tokens, isQuoted, isComment } = read(text);
  const join = (between: string) => ({ text: text + between + line, afterComment: false });
  if (isQuoted) return join('\n');
  if (!isComment && /(?:^|[^\\])(?:\\\\)*\\$/.test(text))
    return { text: text.slice(0, -1) + line, afterComment: false };
  if (/^[ \t]*#/.test(line)) return { text, afterComment: true };
  return join(isComment || afterComment ? '\n' : delimiter(tokens, line));
}

/**
 * The lines of a command, joined by `; ` where that means the same. Quotes and here-documents keep their newlines; so does, unlike in bash,
 * a command of more characters than a person types, as each line is read with all before it.
 */
export function joinLines(text: string): string {
  const whole = text.replace(/\n$/, '');
  if (
    !whole.includes('\n') ||
    whole.length > maximumJoinedCharacters ||
    checkGrammar(whole).type !== 'sound' ||
    read(whole).hasHereDocument
  )
    return whole;
  const [first = '', ...others] = whole.split('\n');
  return others.reduce<Joined>(joinLine, { text: first, afterComment: false }).text;
}
