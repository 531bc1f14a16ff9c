/** Patterns of pathname expansion, `case` and `${...}` (bash(1), Pattern Matching): text with quoting becomes segments between stars. */

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

/** What one character of a text must be: that character, or one of a set. */
export type Element = string | ((character: string) => boolean);

/** What stands between two stars; it has a fixed length. */
export type Segment = readonly Element[];

export interface Pattern {
  /** At least one; a star stands between each two. */
  readonly segments: readonly Segment[];
  /** Whether there is a `*`, `?` or bracket expression at all. */
  readonly special: boolean;
}

interface Character {
  readonly text: string;
  readonly quoted: boolean;
}

/** In glibc's C.UTF-8. */
const classes: ReadonlyMap<string, RegExp> = new Map(
  Object.entries<RegExp>({
    alnum: /[\p{Alphabetic}\p{Nd}]/u,
    alpha: /\p{Alphabetic}/u,
    blank: /[ \t]/u,
    cntrl: /\p{Cc}/u,
    digit: /[0-9]/u,
    graph: /[^\p{C}\p{Z}]/u,
    lower: /\p{Lowercase}/u,
    print: /[^\p{C}\p{Zl}\p{Zp}]/u,
    punct: /[\p{P}\p{S}]/u,
    space: /[\t-\r \p{Zl}\p{Zp}]/u,
    upper: /\p{Uppercase}/u,
    word: /[\p{Alphabetic}\p{Nd}_]/u,
    xdigit: /[0-9A-Fa-f]/u,
  }),
);

/** An unquoted backslash, which only an expansion can give, quotes what follows it. */
function unquotedCharacters(text: string): readonly Character[] {
  const pieces = text.match(/\\[^]|[^]/gu) ?? [];
  return pieces.map((piece) => {
    const quoted = piece.length > 1 && piece.startsWith('\\');
    return { text: quoted ? piece.slice(1) : piece, quoted };
  });
}

function charactersOf(fragments: readonly Fragment[]): readonly Character[] {
  return fragments.flatMap(({ text, quoted, boundary }) =>
    boundary
      ? [{ text: ' ', quoted: true }]
      : quoted
        ? Array.from(text, (each) => ({ text: each, quoted }))
        : unquotedCharacters(text),
  );
}

const is = (character: Character | undefined, text: string): boolean =>
  character !== undefined && !character.quoted && character.text === text;

interface Member {
  readonly element: Element;
  /** The place after it. */
  readonly next: number;
}

/** `[:alpha:]`, `[=a=]` or `[.a.]` at `at`, inside a bracket expression. */
function namedMember(characters: readonly Character[], at: number): Member | undefined {
  const kind = characters[at + 1];
  if (!is(characters[at], '[') || !kind || kind.quoted || !':=.'.includes(kind.text)) return undefined;
  let end = at + 2;
  while (end < characters.length && /^\w$/.test(characters[end]?.text ?? '')) end++;
  if (end === at + 2 && kind.text !== ':') end++;
  if (characters[end]?.text !== kind.text || characters[end + 1]?.text !== ']') return undefined;
  const name = characters.slice(at + 2, end).map((each) => each.text);
  if (kind.text !== ':') return { element: name.join(''), next: end + 2 };
  const expression = classes.get(name.join(''));
  return { element: (character) => expression?.test(character) === true, next: end + 2 };
}

function rangeMember(characters: readonly Character[], at: number): Member | undefined {
  const [first, dash, last] = [characters[at], characters[at + 1], characters[at + 2]];
  if (!first || !is(dash, '-') || !last || is(last, ']')) return undefined;
  const from = first.text.codePointAt(0) ?? 0;
  const to = last.text.codePointAt(0) ?? 0;
  const within = (character: string): boolean => {
    const code = character.codePointAt(0) ?? 0;
    return code >= from && code <= to;
  };
  return { element: within, next: at + 3 };
}

function memberAt(characters: readonly Character[], at: number): Member {
  const single = { element: characters[at]?.text ?? '', next: at + 1 };
  return namedMember(characters, at) ?? rangeMember(characters, at) ?? single;
}

export function matchesElement(element: Element, character: string): boolean {
  return typeof element === 'string' ? element === character : element(character);
}

/** The bracket expression that opens at `start`; undefined if it is never closed. */
function bracketAt(characters: readonly Character[], start: number): Member | undefined {
  const negated = is(characters[start + 1], '!') || is(characters[start + 1], '^');
  const first = negated ? start + 2 : start + 1;
  const members: Element[] = [];
  let at = first;
  while (at < characters.length) {
    if (at > first && is(characters[at], ']')) {
      const element = (character: string): boolean =>
        members.some((member) => matchesElement(member, character)) !== negated;
      return { element, next: at + 1 };
    }
    const member = memberAt(characters, at);
    members.push(member.element);
    at = member.next;
  }
  return undefined;
}

/** Reads the pattern out of an expanded word. */
export function parsePattern(fragments: readonly Fragment[]): Pattern {
  const characters = charactersOf(fragments);
  const lastClose = characters.findLastIndex((character) => is(character, ']'));
  const segments: Element[][] = [[]];
  let special = false;
  let at = 0;
  while (at < characters.length) {
    const character = characters[at];
    const mayClose = is(character, '[') && at < lastClose;
    const bracket = mayClose ? bracketAt(characters, at) : undefined;
    const isStar = is(character, '*');
    const isAny = is(character, '?');
    if (isStar) segments.push([]);
    else segments.at(-1)?.push(bracket?.element ?? (isAny ? () => true : (character?.text ?? '')));
    special ||= bracket !== undefined || isStar || isAny;
    at = bracket?.next ?? at + 1;
  }
  return { segments, special };
}
