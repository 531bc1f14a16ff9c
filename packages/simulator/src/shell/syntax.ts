/**
 * Whether input is whole, and what bash says of wrong input: by bash's grammar, and where that has nothing to say, by the errors of the
 * tolerant parser, whose texts are pinned with its version.
 */
import { parse } from 'unbash';
import { checkGrammar, type OpenHereDocument, Recogniser } from './grammar.ts';

interface ParseError {
  readonly message: string;
  readonly pos: number;
}

/** Errors that more input could mend, wherever they stand. */
const mendable = /^unterminated |^expected (?:command|'\]\]'|'\)'|'\}'|compound)/;

function needsMore(error: ParseError, end: number): boolean {
  if (mendable.test(error.message)) return true;
  return error.pos >= end && !error.message.includes('redirect target');
}

/** The here-document that the end of the input closes. */
export function findOpenHereDocument(source: string): OpenHereDocument | undefined {
  return source.includes('<<') ? checkGrammar(source).openHereDocument : undefined;
}

/** Takes a command line by line, and tells when it is whole: when a shell would execute it, or report an error. */
export class CommandReader {
  text = '';
  private readonly grammar = new Recogniser();

  /** Adds a line; whether the command is whole. Only the last line may be without its newline. */
  add(line: string): boolean {
    this.text += line;
    const verdict = this.grammar.add(line.endsWith('\n') ? line : `${line}\n`);
    if (verdict === 'unexpected') return true;
    if (verdict === 'more') return false;
    const errors = parse(this.text).errors ?? [];
    if (errors.length === 0) return true;
    const end = this.text.trimEnd().length;
    return errors.some((error) => !needsMore(error, end));
  }
}

/** Whether a shell would execute this input, or report an error, rather than ask for another line. */
export const isComplete = (input: string): boolean => new CommandReader().add(input);

const closers: readonly (readonly [string, string])[] = [
  ['double quote', '"'],
  ['single quote', "'"],
  ['ANSI-C quote', "'"],
  ['backtick', '`'],
  ['parameter expansion', '}'],
  ['command substitution', ')'],
  ['process substitution', ')'],
  ['arithmetic', ')'],
  ['array subscript', ']'],
];

/** The token at an offset, as bash names it. */
function tokenAt(source: string, pos: number): string {
  const rest = source.slice(pos).replace(/^[ \t]+/, '');
  const match = /^(?:;;&|;;|;&|&&|\|\||\|&|<<|>>|[;&|()<>]|[^\s;&|()<>]+)/.exec(rest);
  return match ? match[0] : 'newline';
}

export interface SyntaxComplaint {
  readonly message: string;
  /** Offset of the mistake, for the line number. */
  readonly position: number;
  /** Whether the faulty line is shown after the message. */
  readonly showLine: boolean;
}

/** What is wrong with `source`, in bash's words; `undefined` if nothing is. */
export function findSyntaxError(source: string): SyntaxComplaint | undefined {
  const { type, token } = checkGrammar(source);
  if (token) {
    return { message: `syntax error near unexpected token \`${token.text}'`, position: token.position, showLine: true };
  }
  const end = { message: 'syntax error: unexpected end of file', position: source.length + 1, showLine: false };
  const [error] = (parse(source).errors ?? []).toSorted((a, b) => a.pos - b.pos);
  if (!error) return type === 'more' ? end : undefined;
  const closer = closers.find(([name]) => error.message.startsWith('unterminated') && error.message.includes(name));
  if (closer) {
    return {
      message: `unexpected EOF while looking for matching \`${closer[1]}'`,
      position: closer[0].endsWith('substitution') ? source.length + 1 : error.pos,
      showLine: false,
    };
  }
  if (
    !isComplete(source) ||
    (error.pos >= source.trimEnd().length &&
      !error.message.startsWith('unexpected') &&
      !error.message.includes('redirect'))
  ) {
    return end;
  }
  const named = /^unexpected token '(.*)'$/s.exec(error.message);
  const name = named?.[1] ?? tokenAt(source, error.pos);
  return { message: `syntax error near unexpected token \`${name}'`, position: error.pos, showLine: true };
}

/** Cuts wrong text before the command in which the mistake is: what stands before it is executed, as bash does line by line. */
export function soundPart(text: string): string {
  let sound = '';
  let reader = new CommandReader();
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (!reader.add(line)) continue;
    if (findSyntaxError(reader.text)) return sound;
    sound += reader.text;
    reader = new CommandReader();
  }
  return sound;
}
