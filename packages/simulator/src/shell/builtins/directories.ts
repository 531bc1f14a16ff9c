/** cd, pwd and umask. */
import { isSystemError, SystemError } from '@seashell/system';
import { formatSymbolicMask, parseMode } from '../../commands/file-mode.ts';
import type { Shell } from '../shell.ts';
import { isDirectory } from '../is-directory.ts';
import { takeLetters, type Builtin, type BuiltinContext } from './builtin.ts';

/** A logical path: `.` and `..` are taken out of the text. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

interface Destination {
  readonly path: string;
  /** The new directory is printed: `cd -` and CDPATH. */
  readonly announce: boolean;
}

/** CDPATH: the first directory in which a relative path is one too. */
async function searchDirectory(shell: Shell, path: string): Promise<Destination | undefined> {
  const searched = shell.variables.get('CDPATH');
  if (!searched || path === '' || /^\.{0,2}(?:\/|$)/.test(path)) return undefined;
  for (const entry of searched.split(':')) {
    const found = entry === '' ? path : `${entry}/${path}`;
    if (await isDirectory(shell, found)) return { path: found, announce: entry !== '' };
  }
  return undefined;
}

async function destination(context: BuiltinContext, operand: string | undefined): Promise<Destination | undefined> {
  const { variables } = context.shell;
  const name = operand === undefined ? 'HOME' : operand === '-' ? 'OLDPWD' : undefined;
  if (name === undefined)
    return (await searchDirectory(context.shell, operand ?? '')) ?? { path: operand ?? '', announce: false };
  const path = variables.get(name);
  if (path !== undefined) return { path, announce: name === 'OLDPWD' };
  await context.complain(`${name} not set`);
  return undefined;
}

/** What `..` takes out of the text must be a directory all the same: `nosuch/..` is nowhere. */
async function checkParents(context: BuiltinContext, path: string): Promise<void> {
  for (const { index } of path.matchAll(/(?<=[^/])\/+\.\.(?=\/|$)/g)) {
    const before = path.slice(0, index);
    if (/(?:^|\/)\.{1,2}$/.test(before)) continue;
    if ((await context.shell.system.files.status(before)).type !== 'directory') {
      throw new SystemError('ENOTDIR', 'chdir', before);
    }
  }
}

/** cd: follows the logical path unless -P. */
export const cd: Builtin = async (context) => {
  const taken = await takeLetters(context, 'LPe@', 'cd [-L|[-P [-e]] [-@]] [dir]');
  if (!taken) return 2;
  if (taken.operands.length > 1) {
    await context.complain('too many arguments');
    return 1;
  }
  const target = await destination(context, taken.operands[0]);
  if (!target) return 1;
  const { shell } = context;
  const current = shell.directory;
  const logical = normalizePath(target.path.startsWith('/') ? target.path : `${current}/${target.path}`);
  try {
    if (!taken.letters.has('P')) await checkParents(context, target.path);
    await shell.system.process.changeDirectory(
      taken.letters.has('P') || target.path === '' ? target.path || '.' : logical,
    );
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await context.complain(`${target.path}: ${error.message}`);
    return 1;
  }
  const arrived = taken.letters.has('P') ? shell.system.process.workingDirectory : logical;
  shell.directory = arrived;
  shell.variables.set('OLDPWD', shell.variables.get('PWD') ?? current);
  shell.variables.set('PWD', arrived);
  if (target.announce) await context.write(`${arrived}\n`);
  return 0;
};

/** pwd: the logical directory, with -P the physical one. */
export const pwd: Builtin = async (context) => {
  const taken = await takeLetters(context, 'LP', 'pwd [-LP]');
  if (!taken) return 2;
  const { system, directory } = context.shell;
  await context.write(`${taken.letters.has('P') ? system.process.workingDirectory : directory}\n`);
  return 0;
};

/** umask: shows or sets the file creation mask. */
export const umask: Builtin = async (context) => {
  const taken = await takeLetters(context, 'pS', 'umask [-p] [-S] [mode]');
  if (!taken) return 2;
  const { process } = context.shell.system;
  const current = await process.setFileCreationMask(0o022);
  await process.setFileCreationMask(current);
  const [operand] = taken.operands;
  if (operand === undefined) {
    const octal = current.toString(8).padStart(4, '0');
    const text = taken.letters.has('S') ? formatSymbolicMask(current) : octal;
    await context.write(`${taken.letters.has('p') ? 'umask ' : ''}${text}\n`);
    return 0;
  }
  const mode = /^[0-7]+$/.test(operand) ? parseInt(operand, 8) : undefined;
  const allowed = mode === undefined ? parseMode(operand)?.(~current & 0o777, false) : ~mode & 0o777;
  if (allowed === undefined || /[89]/.test(operand)) {
    await context.complain(
      /^\d/.test(operand)
        ? `${operand}: octal number out of range`
        : `\`${operand.charAt(0)}': invalid symbolic mode operator`,
    );
    return 1;
  }
  await process.setFileCreationMask(~allowed & 0o777);
  return 0;
};
