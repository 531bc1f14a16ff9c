/** Completion: commands where a command may stand, paths elsewhere; what readline does with Tab. */
import { isSystemError } from '@seashell/system';
import { builtinNames } from '../builtins/names.ts';
import { keywords } from '../builtins/naming.ts';
import { isDirectory } from '../is-directory.ts';
import type { Shell } from '../shell.ts';

export interface Completion {
  /** Where the completed word begins in the line. */
  readonly start: number;
  readonly candidates: readonly string[];
  /** How the candidates are listed: without their directory. */
  readonly shown: readonly string[];
}

/** The word before the cursor, with its quoting taken out. */
function wordBefore(text: string): { readonly start: number; readonly word: string; readonly command: boolean } {
  const match = /(?:\\.|[^\s;|&<>()'"`\\=])*$/s.exec(text);
  const raw = match?.[0] ?? '';
  const start = text.length - raw.length;
  const before = text.slice(0, start).trimEnd();
  return {
    start,
    word: raw.replace(/\\(.)/gs, '$1'),
    command: before === '' || /(?:[;|&(]|\b(?:sudo|then|do|else|!))$/.test(before),
  };
}

async function namesIn(shell: Shell, directory: string): Promise<readonly string[]> {
  try {
    return await shell.system.files.readDirectory(directory);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

async function homeDirectory(shell: Shell, directory: string): Promise<string> {
  const match = /^~([^/]*)/.exec(directory);
  if (!match) return directory;
  const [prefix = '', name = ''] = match;
  const home = name === '' ? shell.variables.get('HOME') : (await shell.system.process.findUser({ name }))?.home;
  return home === undefined ? directory : home + directory.slice(prefix.length);
}

function quote(text: string): string {
  return text.replace(/[\s"'\\$`&|;<>()*?[\]{}!#]/g, '\\$&');
}

async function completePath(shell: Shell, word: string, executables: boolean): Promise<Omit<Completion, 'start'>> {
  const slash = word.lastIndexOf('/');
  const directory = word.slice(0, slash + 1);
  const partial = word.slice(slash + 1);
  const real = await homeDirectory(shell, directory === '' ? '.' : directory);
  const candidates: string[] = [];
  const shown: string[] = [];
  for (const name of await namesIn(shell, real)) {
    if (!name.startsWith(partial) || (name.startsWith('.') && !partial.startsWith('.'))) continue;
    const folder = await isDirectory(shell, `${real === '.' ? '.' : real.replace(/\/$/, '')}/${name}`);
    if (executables && !folder && directory === '') continue;
    const tilde = directory.startsWith('~') ? directory : quote(directory);
    candidates.push(`${tilde}${quote(name)}${folder ? '/' : ''}`);
    shown.push(`${name}${folder ? '/' : ''}`);
  }
  return { candidates, shown };
}

async function completeCommand(shell: Shell, word: string): Promise<readonly string[]> {
  const names = new Set<string>([...builtinNames, ...keywords, ...shell.functions.keys()]);
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    for (const name of await namesIn(shell, directory)) names.add(name);
  }
  return [...names].filter((name) => name.startsWith(word)).toSorted();
}

/** What could stand at the cursor. */
export async function findCompletions(shell: Shell, line: string): Promise<Completion> {
  const { start, word, command } = wordBefore(line);
  const variable = /^\$(\w*)$/.exec(word);
  if (variable) {
    const names = shell.variables.names().filter((name) => name.startsWith(variable[1] ?? ''));
    return { start, candidates: names.map((name) => `$${name}`), shown: names };
  }
  if (!command || word.includes('/')) return { start, ...(await completePath(shell, word, command)) };
  const names = await completeCommand(shell, word);
  return { start, candidates: names, shown: names };
}

/** The longest beginning that all candidates share. */
export function commonBeginning(candidates: readonly string[]): string {
  const [first = '', ...others] = candidates;
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length--;
  }
  return first.slice(0, length);
}
