/** What a shell does before its first command: variables from the environment, and the startup files (bash(1), INVOCATION). */
import { isSystemError } from '@seashell/system';
import { readTextFile } from '../commands/streams.ts';
import { stateVariable } from './execute/subshell.ts';
import { runInput, textInput } from './input.ts';
import type { Invocation } from './invocation.ts';
import type { Shell } from './shell.ts';
import { namePattern } from './variables.ts';

function setDefault(shell: Shell, name: string, value: string): void {
  if (shell.variables.get(name) === undefined) shell.variables.set(name, value);
}

function setReadonly(shell: Shell, name: string, value: number): void {
  shell.variables.set(name, String(value));
  shell.variables.mark(name, { readonly: true, integer: true });
}

/** Takes over the environment and sets what bash sets itself. */
export async function initializeVariables(shell: Shell): Promise<void> {
  const { process, host } = shell.system;
  for (const [name, value] of Object.entries(process.environment)) {
    if (!namePattern.test(name) || name === stateVariable) continue;
    shell.variables.set(name, value);
    shell.variables.mark(name, { exported: true });
  }
  setDefault(shell, 'PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
  setDefault(shell, 'HOSTNAME', host.hostname);
  setDefault(shell, 'HOSTTYPE', 'x86_64');
  setDefault(shell, 'MACHTYPE', 'x86_64-pc-linux-gnu');
  setDefault(shell, 'OSTYPE', 'linux-gnu');
  shell.variables.set('IFS', ' \t\n');
  shell.variables.set('PS4', '+ ');
  shell.variables.set('OPTIND', '1');
  shell.variables.set('BASH', '/bin/bash');
  shell.variables.set('BASH_VERSION', '5.2.15(1)-release');
  setReadonly(shell, 'UID', process.credentials.uid);
  setReadonly(shell, 'EUID', process.credentials.uid);
  setReadonly(shell, 'PPID', process.parentPid);
  if (shell.interactive) {
    setDefault(shell, 'PS1', '\\s-\\v\\$ ');
    setDefault(shell, 'PS2', '> ');
  }
  const level = Number(shell.variables.get('SHLVL') ?? '0');
  shell.variables.set('SHLVL', String((Number.isInteger(level) ? level : 0) + 1));
  await setWorkingDirectory(shell);
  for (const name of ['SHLVL', 'PWD']) shell.variables.mark(name, { exported: true });
  shell.variables.mark('OLDPWD', { exported: true });
}

/** PWD from the environment holds if it names the working directory. */
async function setWorkingDirectory(shell: Shell): Promise<void> {
  const { process, files } = shell.system;
  const inherited = shell.variables.get('PWD');
  try {
    if (inherited?.startsWith('/') && (await files.realPath(inherited)) === (await files.realPath('.'))) {
      shell.directory = inherited;
      return;
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
  shell.variables.set('PWD', process.workingDirectory);
}

/** Executes a file in this shell, if it is there. */
async function sourceIfPresent(shell: Shell, path: string): Promise<boolean> {
  let text: string;
  try {
    text = await readTextFile(shell.system, path);
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
  const { name, inputKind, unit } = shell;
  shell.returnDepth++;
  await runInput(shell, textInput(text));
  shell.returnDepth--;
  Object.assign(shell, { name, inputKind, unit });
  if (shell.jump?.type === 'return') shell.jump = undefined;
  return true;
}

/** The startup files for this kind of shell. */
export async function runStartupFiles(shell: Shell, invocation: Invocation): Promise<void> {
  const home = shell.variables.get('HOME') ?? '';
  if (shell.login && invocation.readProfile) {
    await sourceIfPresent(shell, '/etc/profile');
    for (const file of ['.bash_profile', '.bash_login', '.profile']) {
      if (shell.jump?.type === 'exit' || (await sourceIfPresent(shell, `${home}/${file}`))) return;
    }
    return;
  }
  if (!shell.interactive || !invocation.readRc || shell.login) {
    const file = shell.interactive ? undefined : shell.variables.get('BASH_ENV');
    if (file) await sourceIfPresent(shell, file);
    return;
  }
  if (invocation.rcFile === undefined) await sourceIfPresent(shell, '/etc/bash.bashrc');
  if (shell.jump?.type !== 'exit') await sourceIfPresent(shell, invocation.rcFile ?? `${home}/.bashrc`);
}
