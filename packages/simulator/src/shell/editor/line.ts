/** The line being edited, as a value: readline(3)'s Emacs commands are functions from line to line. */

export interface Line {
  readonly text: string;
  /** Offset in `text`, never inside a surrogate pair. */
  readonly cursor: number;
  /** What ^Y puts back. */
  readonly killed: string;
  /** The last command killed too: the next kill joins it. */
  readonly killing: boolean;
  /** Earlier states, for ^_. */
  readonly undo: readonly Pick<Line, 'text' | 'cursor'>[];
}

export const emptyLine: Line = { text: '', cursor: 0, killed: '', killing: false, undo: [] };

function previous(text: string, at: number): number {
  const low = text.charCodeAt(at - 1);
  return Math.max(0, at - (low >= 0xdc00 && low <= 0xdfff && /[\uD800-\uDBFF]/.test(text.charAt(at - 2)) ? 2 : 1));
}

function next(text: string, at: number): number {
  return Math.min(text.length, at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1));
}

const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

function wordStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && !isWord(text.charAt(at - 1))) at--;
  while (at > 0 && isWord(text.charAt(at - 1))) at--;
  return at;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isWord(text.charAt(at))) at++;
  while (at < text.length && isWord(text.charAt(at))) at++;
  return at;
}

function blankStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && /\s/.test(text.charAt(at - 1))) at--;
  while (at > 0 && !/\s/.test(text.charAt(at - 1))) at--;
  return at;
}

function edited(line: Line, text: string, cursor: number): Line {
  return { ...line, text, cursor, killing: false, undo: [...line.undo, { text: line.text, cursor: line.cursor }] };
}

export function insert(line: Line, added: string): Line {
  return edited(
    line,
    line.text.slice(0, line.cursor) + added + line.text.slice(line.cursor),
    line.cursor + added.length,
  );
}

function remove(line: Line, from: number, to: number): Line {
  return from === to ? line : edited(line, line.text.slice(0, from) + line.text.slice(to), from);
}

function kill(line: Line, from: number, to: number): Line {
  const piece = line.text.slice(from, to);
  if (piece === '') return { ...line, killing: true };
  const before = to <= line.cursor;
  const killed = line.killing ? (before ? piece + line.killed : line.killed + piece) : piece;
  return { ...remove(line, from, to), killed, killing: true };
}

/** Puts `text` in place of the whole line, the cursor at its end. */
export function replaceLine(line: Line, text: string): Line {
  return { ...line, text, cursor: text.length, killing: false, undo: [] };
}

function move(line: Line, cursor: number): Line {
  return { ...line, cursor, killing: false };
}

function transpose(line: Line): Line {
  const { text } = line;
  if (line.cursor === 0 || text.length < 2) return line;
  const at = line.cursor === text.length ? previous(text, line.cursor) : line.cursor;
  const before = previous(text, at);
  const after = next(text, at);
  return edited(
    line,
    text.slice(0, before) + text.slice(at, after) + text.slice(before, at) + text.slice(after),
    after,
  );
}

function changeWord(line: Line, change: (word: string) => string): Line {
  const end = wordEnd(line.text, line.cursor);
  return edited(
    line,
    line.text.slice(0, line.cursor) + change(line.text.slice(line.cursor, end)) + line.text.slice(end),
    end,
  );
}

function undo(line: Line): Line {
  const last = line.undo.at(-1);
  return last ? { ...line, ...last, killing: false, undo: line.undo.slice(0, -1) } : line;
}

const capitalize = (word: string): string =>
  word.replace(/\p{L}+/u, (letters) => letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase());

/** The commands that only change the line, by key. */
export const lineCommands: Readonly<Record<string, (line: Line) => Line>> = {
  'C-a': (line) => move(line, 0),
  Home: (line) => move(line, 0),
  'C-e': (line) => move(line, line.text.length),
  End: (line) => move(line, line.text.length),
  'C-b': (line) => move(line, previous(line.text, line.cursor)),
  Left: (line) => move(line, previous(line.text, line.cursor)),
  'C-f': (line) => move(line, next(line.text, line.cursor)),
  Right: (line) => move(line, next(line.text, line.cursor)),
  'M-b': (line) => move(line, wordStart(line.text, line.cursor)),
  'M-f': (line) => move(line, wordEnd(line.text, line.cursor)),
  Backspace: (line) => remove(line, previous(line.text, line.cursor), line.cursor),
  'C-h': (line) => remove(line, previous(line.text, line.cursor), line.cursor),
  Delete: (line) => remove(line, line.cursor, next(line.text, line.cursor)),
  'C-d': (line) => remove(line, line.cursor, next(line.text, line.cursor)),
  'C-w': (line) => kill(line, blankStart(line.text, line.cursor), line.cursor),
  'M-Backspace': (line) => kill(line, wordStart(line.text, line.cursor), line.cursor),
  'M-d': (line) => kill(line, line.cursor, wordEnd(line.text, line.cursor)),
  'C-u': (line) => kill(line, 0, line.cursor),
  'C-k': (line) => kill(line, line.cursor, line.text.length),
  'C-y': (line) => insert(line, line.killed),
  'C-t': transpose,
  'M-u': (line) => changeWord(line, (word) => word.toUpperCase()),
  'M-l': (line) => changeWord(line, (word) => word.toLowerCase()),
  'M-c': (line) => changeWord(line, capitalize),
  'C-_': undo,
  'C-\u007F': undo,
};
