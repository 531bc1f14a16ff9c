/** File modes: parsing as chmod(1) does, octal and symbolic, and printing as `ls -l` does. */
import type { FileStatus, FileType } from '@seashell/system';

/** What a mode argument makes of an old mode. */
export type ModeChange = (mode: number, directory: boolean) => number;

const whoBits: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007 };
const permissionBits: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 };

/** The bits that the letters after an operator name, before `who` restricts them. */
function permissions(letters: string, mode: number, directory: boolean): number {
  let bits = 0;
  for (const letter of letters) {
    if (letter === 'X') bits |= directory || (mode & 0o111) !== 0 ? 0o111 : 0;
    else if (letter === 's') bits |= 0o6000;
    else if (letter === 't') bits |= 0o1000;
    else if ('ugo'.includes(letter)) {
      const shift = { u: 6, g: 3, o: 0 }[letter] ?? 0;
      bits |= ((mode >> shift) & 7) * 0o111;
    } else bits |= permissionBits[letter] ?? 0;
  }
  return bits;
}

function applyClause(
  mode: number,
  clause: RegExpMatchArray,
  context: { readonly directory: boolean; readonly mask: number },
): number {
  const [, who = '', operations = ''] = clause;
  const mentioned =
    who === '' || who.includes('a')
      ? 0o7777
      : Array.from(who).reduce((bits, letter) => bits | (whoBits[letter] ?? 0), 0);
  const allowed = who === '' ? mentioned & ~context.mask : mentioned;
  let result = mode;
  for (const [, operator = '', letters = ''] of operations.matchAll(/([-+=])([ugo]|[rwxXst]*)/g)) {
    const bits = permissions(letters, result, context.directory) & allowed;
    if (operator === '+') result |= bits;
    else if (operator === '-') result &= ~bits;
    else result = (result & ~(mentioned & (context.directory ? 0o1777 : 0o7777))) | bits;
  }
  return result;
}

/** The change that `text` describes; `undefined` if it is no mode. `mask` holds back bits when no one is named. */
export function parseMode(text: string, mask = 0): ModeChange | undefined {
  if (/^[0-7]{1,5}$/.test(text)) {
    const value = parseInt(text, 8);
    if (value > 0o7777) return undefined;
    return (mode, directory) => (directory && text.length < 5 ? value | (mode & 0o6000) : value);
  }
  const clauses = text.split(',').map((part) => /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(part));
  if (clauses.some((clause) => clause === null)) return undefined;
  return (mode, directory) =>
    clauses.reduce((result, clause) => (clause ? applyClause(result, clause, { directory, mask }) : result), mode);
}

const typeLetters: Readonly<Record<FileType, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  socket: 's',
  characterDevice: 'c',
};

/** `drwxr-xr-x`. */
export function formatMode({ type, mode }: Pick<FileStatus, 'type' | 'mode'>): string {
  const letters = Array.from('rwxrwxrwx').map((letter, index) => (mode & (0o400 >> index) ? letter : '-'));
  const special = [
    [2, 0o4000, 's', 'S'],
    [5, 0o2000, 's', 'S'],
    [8, 0o1000, 't', 'T'],
  ] as const;
  for (const [index, bit, on, off] of special) {
    if (mode & bit) letters[index] = letters[index] === 'x' ? on : off;
  }
  return typeLetters[type] + letters.join('');
}

/** `u=rwx,g=rx,o=rx`: what a mask lets through. */
export function formatSymbolicMask(mask: number): string {
  const part = (shift: number) =>
    Array.from('rwx')
      .filter((_, index) => (~mask >> shift) & (4 >> index))
      .join('');
  return `u=${part(6)},g=${part(3)},o=${part(0)}`;
}
