/** Patterns of pathname expansion and `case`: text with quoting becomes a regular expression (bash(1), Pattern Matching). */

/** A piece of a word after expansion. */
export interface Fragment {
  readonly text: string;
  /** Taken as it is: no splitting, no pattern characters. */
  readonly quoted: boolean;
  /** The result of an unquoted expansion: subject to word splitting. */
  readonly split?: boolean;
  /** A boundary between words, as in "$@". */
  readonly boundary?: boolean;
}

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

interface Character {
  readonly text: string;
  readonly quoted: boolean;
}

function charactersOf(fragments: readonly Fragment[]): readonly Character[] {
  return fragments.flatMap((fragment) => Array.from(fragment.text).map((text) => ({ text, quoted: fragment.quoted })));
}

function escapeCharacter(text: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(text) ? `\\${text}` : text;
}

/** A bracket expression that opens at `start`; `undefined` if it is never closed. */
function bracket(
  characters: readonly Character[],
  start: number,
): { readonly source: string; readonly end: number } | undefined {
  let at = start + 1;
  const negated = ['!', '^'].includes(characters[at]?.text ?? '') && characters[at]?.quoted === false;
  if (negated) at++;
  let source = '';
  for (let first = true; at < characters.length; first = false) {
    const character = characters[at];
    if (!character) return undefined;
    if (character.text === ']' && !character.quoted && !first) {
      return { source: `[${negated ? '^' : ''}${source}]`, end: at };
    }
    const rest = characters
      .slice(at)
      .map((each) => each.text)
      .join('');
    const named = character.quoted ? null : /^\[:(\w+):\]/.exec(rest);
    if (named) {
      source += classes[named[1] ?? ''] ?? '';
      at += named[0].length;
      continue;
    }
    const range = character.text === '-' && !character.quoted;
    source += range ? '-' : /[\\\]^[-]/.test(character.text) ? `\\${character.text}` : character.text;
    at++;
  }
  return undefined;
}

/** The source of a regular expression for `fragments`, without anchors. */
export function patternSource(fragments: readonly Fragment[]): string {
  const characters = charactersOf(fragments);
  let source = '';
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at];
    if (!character) break;
    const set = character.text === '[' && !character.quoted ? bracket(characters, at) : undefined;
    if (set) {
      source += set.source;
      at = set.end;
    } else if (!character.quoted && character.text === '*') source += '.*';
    else if (!character.quoted && character.text === '?') source += '.';
    else source += escapeCharacter(character.text);
  }
  return source;
}

/** Whether a whole text matches. */
export function compilePattern(fragments: readonly Fragment[]): RegExp {
  try {
    return new RegExp(`^(?:${patternSource(fragments)})$`, 'su');
  } catch {
    return new RegExp(
      `^${charactersOf(fragments)
        .map((character) => escapeCharacter(character.text))
        .join('')}$`,
      'su',
    );
  }
}

/** Whether there is anything to match: `*`, `?` or a bracket expression, unquoted. */
export function hasPattern(fragments: readonly Fragment[]): boolean {
  const characters = charactersOf(fragments);
  return characters.some((character, at) => {
    if (character.quoted) return false;
    return (
      character.text === '*' ||
      character.text === '?' ||
      (character.text === '[' && bracket(characters, at) !== undefined)
    );
  });
}
