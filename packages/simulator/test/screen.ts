/** What a terminal shows after some output: enough of one to compare two ways of painting the same line. */

interface Cursor {
  row: number;
  column: number;
}

const tokens = new RegExp(`${String.fromCharCode(27)}\\[[?\\d;]*[A-Za-z]|[^]`, 'gu');

function erase(rows: string[][], at: Cursor, below: boolean): void {
  rows[at.row]?.splice(at.column);
  if (below) rows.splice(at.row + 1);
}

function obey(rows: string[][], at: Cursor, sequence: string): void {
  const count = Number(/\d+/.exec(sequence)?.[0] ?? 1);
  const final = sequence.at(-1);
  if (final === 'C') at.column += count;
  else if (final === 'A') at.row = Math.max(0, at.row - count);
  else if (final === 'K') erase(rows, at, false);
  else if (final === 'J' && sequence.includes('2')) rows.length = 0;
  else if (final === 'J') erase(rows, at, true);
  else if (final === 'P') rows[at.row]?.splice(at.column, count);
  else if (final === 'H') Object.assign(at, { row: 0, column: 0 });
}

function put(rows: string[][], at: Cursor, character: string, columns: number): void {
  const width = /[\u2E80-\uFFEF]/u.test(character) ? 2 : 1;
  if (at.column + width > columns) Object.assign(at, { row: at.row + 1, column: 0 });
  while (rows.length <= at.row) rows.push([]);
  const row = rows[at.row] ?? [];
  while (row.length < at.column) row.push(' ');
  row[at.column] = character;
  if (width === 2) row[at.column + 1] = '';
  at.column += width;
}

/** The rows and the place of the cursor. */
export function renderScreen(
  output: string,
  columns: number,
): { readonly rows: readonly string[]; readonly cursor: string } {
  const rows: string[][] = [];
  const at: Cursor = { row: 0, column: 0 };
  for (const [token] of output.matchAll(tokens)) {
    if (token.length > 2 && token.startsWith('\u001B')) obey(rows, at, token);
    else if (token === '\r') at.column = 0;
    else if (token === '\n') at.row++;
    else if (token === '\b') at.column = Math.max(0, at.column - 1);
    else if (token !== '\u0007') put(rows, at, token, columns);
  }
  const texts = rows.map((row) => row.join('').trimEnd());
  return { rows: texts, cursor: `${at.row},${at.column}` };
}
