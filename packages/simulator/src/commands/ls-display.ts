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

interface Layout {
  readonly rows: number;
  readonly widths: readonly number[];
}

function layoutFor(widths: readonly number[], columns: number): Layout {
  const rows = Math.ceil(widths.length / columns);
  const used = Math.ceil(widths.length / rows);
  return {
    rows,
    widths: Array.from({ length: used }, (_, column) => {
      const cells = widths.slice(column * rows, (column + 1) * rows);
      return Math.max(...cells) + (column === used - 1 ? 0 : 2);
    }),
  };
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
  let best = [Math.max(0, ...widths)];
  for (let columns = 2; columns <= Math.min(cells.length, lineWidth / 2); columns++) {
    const layout = Array.from({ length: columns }, (_, column) => {
      const inColumn = widths.filter((__, index) => index % columns === column);
      return Math.max(...inColumn) + (column === columns - 1 ? 0 : 2);
    });
    if (layout.reduce((sum, width) => sum + width, 0) < lineWidth) best = layout;
  }
  return cells
    .map((cell, index) => {
      const isLast = (index + 1) % best.length === 0 || index === cells.length - 1;
      return cell + (isLast ? '\n' : ' '.repeat((best[index % best.length] ?? 0) - (widths[index] ?? 0)));
    })
    .join('');
}

/** Names in as many columns as fit into `lineWidth`. */
export function arrangeColumns(cells: readonly string[], widths: readonly number[], lineWidth: number): string {
  let best = layoutFor(widths, 1);
  for (let columns = 2; columns <= cells.length; columns++) {
    const layout = layoutFor(widths, columns);
    if (layout.widths.length === columns && layout.widths.reduce((sum, width) => sum + width, 0) < lineWidth)
      best = layout;
  }
  let text = '';
  for (let row = 0; row < best.rows; row++) {
    let line = '';
    for (let column = 0; column * best.rows + row < cells.length; column++) {
      const at = column * best.rows + row;
      const last = at + best.rows >= cells.length;
      line += (cells[at] ?? '') + (last ? '' : ' '.repeat((best.widths[column] ?? 0) - (widths[at] ?? 0)));
    }
    text += `${line}\n`;
  }
  return text;
}
