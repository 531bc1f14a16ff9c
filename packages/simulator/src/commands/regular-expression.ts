/** POSIX regular expressions, basic and extended, as a JavaScript one (regex(7), with GNU's \+ \? \| \w \b \< \>). */

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

export type ExpressionKind = 'basic' | 'extended' | 'fixed' | 'perl';

export type Translation = { readonly source: string } | { readonly error: string };

const gnuEscapes: Readonly<Record<string, string>> = {
  w: '\\w',
  W: '\\W',
  s: '\\s',
  S: '\\S',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '^',
  "'": '$',
};

function literal(text: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(text) ? `\\${text}` : text;
}

interface Scanner {
  readonly text: string;
  readonly extended: boolean;
  at: number;
  depth: number;
  /** What was added last can be repeated. */
  repeatable: boolean;
}

function bracket(scanner: Scanner): Translation {
  const { text } = scanner;
  let at = scanner.at + 1;
  const negated = text[at] === '^';
  if (negated) at++;
  let source = '';
  for (let first = true; at < text.length; first = false) {
    if (text[at] === ']' && !first) {
      scanner.at = at;
      return { source: `[${negated ? '^' : ''}${source}]` };
    }
    const named = /^\[([:.=])(.*?)\1\]/.exec(text.slice(at));
    if (named) {
      const members = named[1] === ':' ? classes[named[2] ?? ''] : literal(named[2] ?? '');
      if (members === undefined) return { error: 'Invalid character class name' };
      source += members;
      at += named[0].length;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    source +=
      character === '\\' || character === ']' || character === '^' || character === '[' ? `\\${character}` : character;
    at += character.length;
  }
  return { error: 'Invalid regular expression' };
}

/** An operator in this syntax: bare in extended expressions, behind a backslash in basic ones. */
function operator(scanner: Scanner, character: string): string | undefined {
  if (character === '(') {
    scanner.depth++;
    scanner.repeatable = false;
    return '(';
  }
  if (character === ')') {
    if (scanner.depth === 0) return undefined;
    scanner.depth--;
    scanner.repeatable = true;
    return ')';
  }
  if (character === '|') {
    scanner.repeatable = false;
    return '|';
  }
  if (character === '{') {
    const close = scanner.extended ? '}' : '\\}';
    const end = scanner.text.indexOf(close, scanner.at);
    const body = end === -1 ? '' : scanner.text.slice(scanner.at + 1, end);
    if (!/^\d*(?:,\d*)?$/.test(body) || body === '') return undefined;
    scanner.at = end + close.length - 1;
    return `{${body.startsWith(',') ? '0' : ''}${body}}`;
  }
  return scanner.repeatable || !scanner.extended ? character : undefined;
}

function backslash(scanner: Scanner): string {
  scanner.at++;
  const character = scanner.text[scanner.at] ?? '';
  if (!scanner.extended && '(){}|+?'.includes(character) && character !== '') {
    return operator(scanner, character) ?? literal(character);
  }
  scanner.repeatable = true;
  if (/[1-9]/.test(character)) return `\\${character}`;
  return gnuEscapes[character] ?? literal(character);
}

function plain(scanner: Scanner, character: string): string {
  const { text, at, extended } = scanner;
  if (extended && '(){|+?'.includes(character)) return operator(scanner, character) ?? literal(character);
  if (character === '*') return scanner.repeatable ? '*' : '\\*';
  if (character === '^') {
    const anchor = extended || at === 0 || /\\[(|]$/.test(text.slice(0, at));
    scanner.repeatable = !anchor;
    return anchor ? '^' : '\\^';
  }
  if (character === '$') return extended || at === text.length - 1 || /^\\[)|]/.test(text.slice(at + 1)) ? '$' : '\\$';
  scanner.repeatable = true;
  return character === '.' ? '.' : literal(character);
}

/** The JavaScript source of a POSIX expression, or GNU's complaint. */
export function translateExpression(text: string, kind: ExpressionKind): Translation {
  if (kind === 'fixed') return { source: Array.from(text).map(literal).join('') };
  if (kind === 'perl') return { source: text };
  const scanner: Scanner = { text, extended: kind === 'extended', at: 0, depth: 0, repeatable: false };
  let source = '';
  for (; scanner.at < text.length; scanner.at++) {
    const character = String.fromCodePoint(text.codePointAt(scanner.at) ?? 0);
    if (character === '[') {
      const set = bracket(scanner);
      if ('error' in set) return set;
      source += set.source;
      scanner.repeatable = true;
      continue;
    }
    if (character === '\\' && scanner.at === text.length - 1) return { error: 'Trailing backslash' };
    source += character === '\\' ? backslash(scanner) : plain(scanner, character);
    scanner.at += character.length - 1;
  }
  return scanner.depth > 0 ? { error: scanner.extended ? 'Unmatched ( or \\(' : 'Unmatched ( or \\(' } : { source };
}
