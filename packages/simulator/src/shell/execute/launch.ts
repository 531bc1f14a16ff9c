/** Starting processes: programs found by PATH, scripts without an interpreter line, and child shells. */
import { isSystemError, SystemError, type ExecOptions, type FileStatus, type SpawnOptions } from '@seashell/system';
import type { SyntaxNode } from 'unbash';
import { fromBytes } from '../../commands/byte-text.ts';
import type { Descriptors, Shell } from '../shell.ts';
import { packState, stateVariable } from './subshell.ts';

export interface LaunchPlace {
  readonly descriptors: Descriptors;
  /** The group to join; 0 begins one; left out without job control. */
  readonly processGroup?: number;
  readonly foreground?: boolean;
  /** A stage of a pipeline of several: bash leaves SHLVL as it is. */
  readonly inPipeline?: boolean;
  /** Started with `&` without job control: keyboard signals are ignored. */
  readonly background?: boolean;
}

/** A process that was started, or the status that stands for one that could not be. */
export type Launched = { readonly pid: number } | { readonly status: number };

const shellPath = '/bin/bash';
const keyboardSignals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const;

function childSignals(shell: Shell, place: LaunchPlace): NonNullable<ExecOptions['signals']> {
  return place.background && !shell.control ? { SIGINT: 'ignore', SIGQUIT: 'ignore' } : programSignals(shell);
}

/** How a program stands towards the signals that an interactive shell ignores or handles for itself: as without that shell. */
export function programSignals(shell: Shell): NonNullable<ExecOptions['signals']> {
  if (!shell.interactive || shell.subshellLevel > 0) return {};
  return Object.fromEntries(
    keyboardSignals.filter((name) => shell.traps.get(name) !== '').map((name) => [name, 'default']),
  );
}

/** The child's number of a descriptor that is the shell's terminal. */
function terminalNumber(shell: Shell, descriptors: Descriptors): number | undefined {
  return [...descriptors].find(([, descriptor]) => descriptor === shell.control?.descriptor)?.[0];
}

function spawnOptions(
  shell: Shell,
  place: LaunchPlace,
): Pick<SpawnOptions, 'descriptors' | 'signals' | 'processGroup' | 'foregroundOf'> {
  const terminal = place.foreground ? terminalNumber(shell, place.descriptors) : undefined;
  return {
    descriptors: Object.fromEntries(place.descriptors),
    signals: childSignals(shell, place),
    ...(place.processGroup === undefined ? {} : { processGroup: place.processGroup }),
    ...(terminal === undefined || place.processGroup !== 0 ? {} : { foregroundOf: terminal }),
  };
}

/** Puts the group of a new foreground process in front, where the spawn itself could not. */
async function takeForeground(shell: Shell, place: LaunchPlace, pid: number): Promise<void> {
  if (!shell.control || !place.foreground || place.processGroup !== 0) return;
  if (terminalNumber(shell, place.descriptors) !== undefined) return;
  await shell.system.terminal.setForeground(shell.control.descriptor, pid);
}

function mayExecute(shell: Shell, status: FileStatus): boolean {
  const { uid, gid, groups } = shell.system.process.credentials;
  if (uid === 0) return (status.mode & 0o111) !== 0;
  if (uid === status.uid) return (status.mode & 0o100) !== 0;
  const member = gid === status.gid || groups.includes(status.gid);
  return (status.mode & (member ? 0o010 : 0o001)) !== 0;
}

async function statusOf(shell: Shell, path: string): Promise<FileStatus | undefined> {
  try {
    return await shell.system.files.status(path);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** Every executable that `name` means by PATH, the first one first. */
export async function searchPath(shell: Shell, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    const path = directory === '' ? `./${name}` : `${directory.replace(/\/+$/, '')}/${name}`;
    const status = await statusOf(shell, path);
    if (status?.type === 'file' && mayExecute(shell, status)) found.push(path);
  }
  return found;
}

/** The path to execute, or why there is none and the status. */
async function resolveCommand(
  shell: Shell,
  name: string,
): Promise<string | { readonly reason: string; readonly status: number }> {
  if (!name.includes('/')) {
    const [path] = name === '' ? [] : await searchPath(shell, name);
    return path ?? { reason: 'command not found', status: 127 };
  }
  const status = await statusOf(shell, name);
  if (status?.type === 'directory') return { reason: 'Is a directory', status: 126 };
  if (status && !mayExecute(shell, status)) return { reason: 'Permission denied', status: 126 };
  return name;
}

async function firstLine(shell: Shell, path: string): Promise<string> {
  const descriptor = await shell.system.files.open(path, { access: 'read' });
  const bytes = await shell.system.streams.read(descriptor, 256);
  await shell.system.streams.close(descriptor);
  return fromBytes(bytes).split('\n', 1)[0] ?? '';
}

/** What the kernel is asked to run. */
type Image = Pick<ExecOptions, 'path' | 'argv' | 'environment'>;

/** A file that is no program: its interpreter with its arguments, or this shell. ENOEXEC if it is no text. */
async function scriptImage(shell: Shell, image: Image): Promise<Image> {
  const line = await firstLine(shell, image.path);
  if (line.includes('\0')) throw new SystemError('ENOEXEC', 'exec', image.path);
  const [interpreter, ...rest] = line.startsWith('#!')
    ? line
        .slice(2)
        .trim()
        .split(/\s+(.*)/s, 2)
        .filter(Boolean)
    : [];
  const argv = [interpreter ?? 'bash', ...rest, image.path, ...image.argv.slice(1)];
  return { ...image, path: interpreter ?? shellPath, argv };
}

export interface ProgramCommand {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** `argv[0]`, where it is not the first word. */
  readonly name?: string;
  /** exec calls the file by its whole path, has words of its own where there is none, and leaves `$_` as it is. */
  readonly byExec?: boolean;
}

/** As exec has it: `./` falls away, nothing else does. */
function absolutePath(shell: Shell, path: string): string {
  return path.startsWith('/') ? path : `${shell.directory.replace(/\/$/, '')}/${path.replace(/^(?:\.\/)+/, '')}`;
}

/** How a command is started whose file was found. */
interface Starting<T> {
  /** For messages. */
  readonly descriptors: Descriptors;
  readonly start: (image: Image) => Promise<T>;
}

async function complainMissing(
  shell: Shell,
  command: ProgramCommand,
  missing: { readonly reason: string; readonly status: number; readonly descriptors: Descriptors },
): Promise<void> {
  const [name = ''] = command.words;
  const { reason, status, descriptors } = missing;
  if (!command.byExec) return shell.complain(`${name}: ${reason}`, descriptors);
  if (status === 127) return shell.complain(`exec: ${name}: not found`, descriptors);
  const path = absolutePath(shell, name);
  await shell.complain(`${path}: ${reason}`, descriptors);
  await shell.complain(`exec: ${path}: cannot execute: ${reason}`, descriptors);
}

/** Why a file that was found does not run, shell_execve() in execute_cmd.c. */
async function failureOf(shell: Shell, path: string, error: SystemError): Promise<string> {
  if (error.code === 'ENOEXEC') return `cannot execute binary file: ${error.message}`;
  const isThere = error.code === 'ENOENT' && (await statusOf(shell, path)) !== undefined;
  return isThere ? 'cannot execute: required file not found' : error.message;
}

/** Finds an external command by name and starts it as `start` does; the status, after a message, where it cannot be. */
export async function startCommand<T>(
  shell: Shell,
  command: ProgramCommand,
  { descriptors, start }: Starting<T>,
): Promise<T | { readonly status: number }> {
  const [name = ''] = command.words;
  const found = await resolveCommand(shell, name);
  if (typeof found !== 'string') {
    await complainMissing(shell, command, { ...found, descriptors });
    return { status: found.status };
  }
  const path = command.byExec ? absolutePath(shell, found) : found;
  const argv = [command.name ?? name, ...command.words.slice(1)];
  const environment = command.byExec ? command.environment : { ...command.environment, _: path };
  const image = { path, argv, environment };
  try {
    try {
      return await start(image);
    } catch (error) {
      if (!isSystemError(error, 'ENOEXEC')) throw error;
      return await start(await scriptImage(shell, image));
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await shell.complain(`${command.byExec ? path : name}: ${await failureOf(shell, path, error)}`, descriptors);
    return { status: error.code === 'ENOENT' ? 127 : 126 };
  }
}

/** Starts an external command as a process. */
export function launchProgram(shell: Shell, command: ProgramCommand, place: LaunchPlace): Promise<Launched> {
  const start = async (image: Image): Promise<Launched> => {
    const pid = await shell.system.process.spawn({ ...image, ...spawnOptions(shell, place) });
    await takeForeground(shell, place, pid);
    return { pid };
  };
  return startCommand(shell, command, { descriptors: place.descriptors, start });
}

/** Starts a child shell that runs `node` with a copy of this shell's state. */
export async function launchSubshell(shell: Shell, node: SyntaxNode, place: LaunchPlace): Promise<Launched> {
  const environment = { ...shell.variables.environment(), [stateVariable]: packState(shell, node, place) };
  try {
    const pid = await shell.system.process.spawn({
      path: shellPath,
      argv: [shell.invocationName],
      environment,
      ...spawnOptions(shell, place),
    });
    await takeForeground(shell, place, pid);
    return { pid };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await shell.complain(`fork: ${error.message}`, place.descriptors);
    return { status: 254 };
  }
}
