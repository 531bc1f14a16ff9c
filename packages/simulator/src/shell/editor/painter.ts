/**
 * What to write so that the terminal shows a line: from what it shows now, the shortest simple way, as readline does it on one
 * row byte for byte.
 */
import { displayWidth } from '../../commands/ls-display.ts';

export interface Shown {
  /** The last row of the prompt, with its escape sequences. */
  readonly prompt: string;
  readonly text: string;
  readonly cursor: number;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** What stands between \[ and \] in a prompt, and titles of the window. */
const [marksStart, marksEnd, escape, bell] = [1, 2, 27, 7].map((code) => String.fromCharCode(code));
const invisible = new RegExp(`${marksStart}[^${marksEnd}]*${marksEnd}|${escape}\\][^${bell}]*${bell}`, 'g');

/** A prompt without the marks of \[ and \]. */
export function unmarkPrompt(prompt: string): string {
  return prompt.replaceAll('\u0001', '').replaceAll('\u0002', '');
}

/** The visible width of a prompt: escape sequences and what stands between \[ and \] take none. */
export function promptWidth(prompt: string): number {
  return displayWidth(prompt.replace(invisible, ''));
}

/** How a character is shown: control characters as ^X. */
export function visibleText(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\u0080-\u009F]/gu,
    (character) => `^${String.fromCharCode(character.charCodeAt(0) ^ 64)}`,
  );
}

function placeOf(shown: Shown, offset: number, columns: number): Place {
  let row = 0;
  let column = promptWidth(shown.prompt);
  row += Math.floor(column / columns);
  column %= columns;
  for (const character of visibleText(shown.text.slice(0, offset))) {
    if (character === '\n') {
      row++;
      column = 0;
      continue;
    }
    const width = displayWidth(character);
    if (column + width > columns) {
      row++;
      column = 0;
    }
    column += width;
    if (column === columns) {
      row++;
      column = 0;
    }
  }
  return { row, column };
}

function moveTo(from: Place, to: Place): string {
  const vertical = to.row < from.row ? '\u001B[A'.repeat(from.row - to.row) : '\n'.repeat(to.row - from.row);
  let column = to.row > from.row ? 0 : from.column;
  let text = vertical;
  if (to.column === column) return text;
  if (to.column < column && (to.column === 0 || to.column + 1 < column - to.column)) {
    text += '\r';
    column = 0;
  }
  return text + (to.column < column ? '\b'.repeat(column - to.column) : '\u001B[C'.repeat(to.column - column));
}

function commonPrefix(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return /[\uD800-\uDBFF]/.test(a.charAt(at - 1)) ? at - 1 : at;
}

/** Bytes as text that change what is shown from `from` to `to`, which has the same prompt. */
export function paintChange(from: Shown, to: Shown, columns: number): string {
  const oldEnd = placeOf(from, from.text.length, columns);
  const newEnd = placeOf(to, to.text.length, columns);
  const cursor = placeOf(from, from.cursor, columns);
  const target = placeOf(to, to.cursor, columns);
  if (from.text === to.text) return moveTo(cursor, target);
  const same = commonPrefix(from.text, to.text);
  const start = placeOf(to, same, columns);
  const added = visibleText(to.text.slice(same));
  const wrapped = added !== '' && newEnd.column === 0 && !to.text.endsWith('\n') ? ' \r' : '';
  const shorter = newEnd.row < oldEnd.row || (newEnd.row === oldEnd.row && newEnd.column < oldEnd.column);
  const clear = shorter ? (newEnd.row < oldEnd.row ? '\u001B[J' : '\u001B[K') : '';
  return moveTo(cursor, start) + added + wrapped + clear + moveTo(newEnd, target);
}

/** Bytes that show a line from nothing, at the start of a row. */
export function paintFresh(shown: Shown, columns: number): string {
  const text = visibleText(shown.text);
  const end = placeOf(shown, shown.text.length, columns);
  const wrapped = shown.text !== '' && end.column === 0 && !shown.text.endsWith('\n') ? ' \r' : '';
  return unmarkPrompt(shown.prompt) + text + wrapped + moveTo(end, placeOf(shown, shown.cursor, columns));
}

/** Bytes that go from the cursor to the start of the row on which the line begins. */
export function paintReturn(shown: Shown, columns: number): string {
  return moveTo(placeOf(shown, shown.cursor, columns), { row: 0, column: 0 });
}
