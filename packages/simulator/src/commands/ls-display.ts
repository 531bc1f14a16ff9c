/** How ls shows names: GNU's default colours, and columns that fill downwards. */
import type { FileStatus } from '@seashell/system';

const archives = /\.(?:tar|tgz|gz|bz2|xz|zip|zst|deb|rpm|jar|7z)$/;
const images = /\.(?:jpg|jpeg|gif|bmp|png|svg|webp|ico|mp4|webm)$/;

function colourCode(name: string, status: FileStatus, resolves: boolean): string {
  const { type, mode } = status;
  if (type === 'symlink') return resolves ? '01;36' : '40;31;01';
  if (type === 'directory') {
    if ((mode & 0o1002) === 0o1002) return '30;42';
    return (mode & 0o002) !== 0 ? '34;42' : (mode & 0o1000) !== 0 ? '37;44' : '01;34';
  }
  if (type === 'fifo') return '40;33';
  if (type === 'socket') return '01;35';
  if (type === 'characterDevice') return '40;33;01';
  if ((mode & 0o4000) !== 0) return '37;41';
  if ((mode & 0o2000) !== 0) return '30;43';
  if ((mode & 0o111) !== 0) return '01;32';
  return archives.test(name) ? '01;31' : images.test(name) ? '01;35' : '';
}

/** A name in the colour of its kind. */
export function colourName(name: string, status: FileStatus, resolves: boolean): string {
  const code = colourCode(name, status, resolves);
  return code === '' ? name : `\u001B[0m\u001B[${code}m${name}\u001B[0m`;
}

const escapeSequence = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}]/u;

/** Columns that a text takes, without its colours. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.replaceAll(escapeSequence, ''))
    width += wide.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  return width;
}

/** Columns between one cell and the next. */
const gap = 2;
/** No column counts as narrower, not even the last, which has no gap (GNU's ls.c, MIN_COLUMN_WIDTH). */
const leastWidth = 3;

interface Columns {
  readonly widths: readonly number[];
  readonly columns: number;
  readonly columnOf: (index: number) => number;
}

/** How wide each column is, the last without a gap; `undefined` as soon as they are too wide for the line. */
function columnWidths({ widths, columns, columnOf }: Columns, lineWidth: number): readonly number[] | undefined {
  const found = Array.from<number>({ length: columns }).fill(leastWidth);
  let sum = columns * leastWidth;
  for (const [index, width] of widths.entries()) {
    const column = columnOf(index);
    const grown = width + (column === columns - 1 ? 0 : gap);
    const before = found[column] ?? 0;
    if (grown <= before) continue;
    found[column] = grown;
    sum += grown - before;
    if (sum >= lineWidth && columns > 1) return undefined;
  }
  return found;
}

/** The most columns that fit into the line. `placing`: which column each cell is in, if there can be so many columns. */
function fitColumns(
  widths: readonly number[],
  lineWidth: number,
  placing: (columns: number) => Columns['columnOf'] | undefined,
): readonly number[] {
  const least = Math.max(leastWidth, widths.reduce((a, b) => Math.min(a, b), Infinity) + gap);
  const most = Math.min(widths.length, Math.floor((lineWidth + gap) / least));
  for (let columns = most; columns > 1; columns--) {
    const columnOf = placing(columns);
    const found = columnOf && columnWidths({ widths, columns, columnOf }, lineWidth);
    if (found) return found;
  }
  return columnWidths({ widths, columns: 1, columnOf: () => 0 }, lineWidth) ?? [];
}

/** Names between commas, in lines as long as fit. */
export function arrangeCommas(cells: readonly string[], widths: readonly number[], lineWidth: number): string {
  let text = '';
  let column = 0;
  for (const [index, cell] of cells.entries()) {
    const width = (widths[index] ?? 0) + (index === cells.length - 1 ? 0 : 2);
    const fits = column + (widths[index] ?? 0) + 2 < lineWidth || column === 0;
    if (index > 0) text += fits ? ', ' : ',\n';
    column = fits ? column + width : width;
    text += cell;
  }
  return `${text}\n`;
}

/** Names in columns that are filled by lines. */
export function arrangeRows(cells: readonly string[], widths: readonly number[], lineWidth: number): string {
  const best = fitColumns(widths, lineWidth, (columns) => (index) => index % columns);
  return cells
    .map((cell, index) => {
      const isLast = (index + 1) % best.length === 0 || index === cells.length - 1;
      return cell + (isLast ? '\n' : ' '.repeat((best[index % best.length] ?? 0) - (widths[index] ?? 0)));
    })
    .join('');
}

/** Names in as many columns as fit into `lineWidth`. */
export function arrangeColumns(cells: readonly string[], widths: readonly number[], lineWidth: number): string {
  const best = fitColumns(widths, lineWidth, (columns) => {
    const rows = Math.ceil(widths.length / columns);
    return Math.ceil(widths.length / rows) === columns ? (index) => Math.floor(index / rows) : undefined;
  });
  const rows = Math.ceil(cells.length / best.length);
  let text = '';
  for (let row = 0; row < rows; row++) {
    let line = '';
    for (let column = 0; column * rows + row < cells.length; column++) {
      const at = column * rows + row;
      const last = at + rows >= cells.length;
      line += (cells[at] ?? '') + (last ? '' : ' '.repeat((best[column] ?? 0) - (widths[at] ?? 0)));
    }
    text += `${line}\n`;
  }
  return text;
}
