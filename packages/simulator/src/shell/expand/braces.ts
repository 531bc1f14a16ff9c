/** Brace expansion, on the text of a word before anything else: `a{b,c}d`, `{1..9..2}`, `{a..e}`. */

/** The end of the quoted or nested thing that starts at `at`, or `at` itself. */
function skipProtected(text: string, at: number): number {
  const character = text.charAt(at);
  if (character === '\\') return at + 1;
  if (character === "'") return closing(text, at + 1, "'");
  if (character === '"' || character === '`') return closing(text, at + 1, character);
  if (character === '$' && (text[at + 1] === '{' || text[at + 1] === '(')) return skipNested(text, at + 1);
  return at;
}

function closing(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\' && quote !== "'") at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

function skipNested(text: string, open: number): number {
  const [opening, close] = text[open] === '{' ? ['{', '}'] : ['(', ')'];
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === opening) depth++;
    else if (text[at] === close && --depth === 0) return at;
  }
  return text.length;
}

interface Braces {
  readonly start: number;
  readonly end: number;
  readonly items: readonly string[];
}

/** The braces that open at `start`, with their items between commas; one item if there is no comma. */
function readBraces(text: string, start: number): Braces | undefined {
  const items: string[] = [];
  let from = start + 1;
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    const skipped = skipProtected(text, at);
    if (skipped !== at) at = skipped;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && depth-- === 0) return { start, end: at, items: [...items, text.slice(from, at)] };
    else if (text[at] === ',' && depth === 0) {
      items.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return undefined;
}

function sequence(item: string): readonly string[] | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(item);
  if (!match) return undefined;
  const [, first = '', last = '', step = '1'] = match;
  const numeric = /\d$/.test(first);
  if (numeric !== /\d$/.test(last)) return undefined;
  const from = numeric ? Number(first) : first.charCodeAt(0);
  const to = numeric ? Number(last) : last.charCodeAt(0);
  const stride = Math.max(1, Math.abs(Number(step)));
  const width = numeric && [first, last].some((end) => /^-?0\d/.test(end)) ? Math.max(first.length, last.length) : 0;
  const values: string[] = [];
  for (let value = from; from <= to ? value <= to : value >= to; value += from <= to ? stride : -stride) {
    const digits = String(Math.abs(value)).padStart(value < 0 ? width - 1 : width, '0');
    values.push(numeric ? `${value < 0 ? '-' : ''}${digits}` : String.fromCharCode(value));
  }
  return values;
}

/** The words that `text` stands for; itself alone when it has no braces to expand. */
export function expandBraces(text: string): readonly string[] {
  for (let at = 0; at < text.length; at++) {
    const skipped = skipProtected(text, at);
    if (skipped !== at) {
      at = skipped;
      continue;
    }
    const braces = text[at] === '{' ? readBraces(text, at) : undefined;
    if (!braces) continue;
    const items = braces.items.length > 1 ? braces.items.flatMap(expandBraces) : sequence(braces.items[0] ?? '');
    if (!items) continue;
    const tails = expandBraces(text.slice(braces.end + 1));
    return items.flatMap((item) => tails.map((tail) => `${text.slice(0, at)}${item}${tail}`));
  }
  return [text];
}
