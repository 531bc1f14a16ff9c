/** Starting processes: programs found by PATH, scripts without an interpreter line, and child shells. */
import { isSystemError, type FileStatus, type SpawnOptions } from '@seashell/system';
import type { SyntaxNode } from 'unbash';
import { fromBytes } from '../../commands/byte-text.ts';
import type { Descriptors, Shell } from '../shell.ts';
import { packState, stateVariable } from './subshell.ts';

export interface LaunchPlace {
  readonly descriptors: Descriptors;
  /** The group to join; 0 begins one; left out without job control. */
  readonly processGroup?: number;
  readonly foreground?: boolean;
  /** Started with `&` without job control: keyboard signals are ignored. */
  readonly background?: boolean;
}

/** A process that was started, or the status that stands for one that could not be. */
export type Launched = { readonly pid: number } | { readonly status: number };

const shellPath = '/bin/bash';
const keyboardSignals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const;

function childSignals(shell: Shell, place: LaunchPlace): NonNullable<SpawnOptions['signals']> {
  if (place.background && !shell.control) return { SIGINT: 'ignore', SIGQUIT: 'ignore' };
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

/** The path to execute, or the complaint and the status when there is none. */
async function resolveCommand(
  shell: Shell,
  name: string,
): Promise<string | { readonly message: string; readonly status: number }> {
  if (!name.includes('/')) {
    const [path] = name === '' ? [] : await searchPath(shell, name);
    return path ?? { message: `${name}: command not found`, status: 127 };
  }
  const status = await statusOf(shell, name);
  if (status?.type === 'directory') return { message: `${name}: Is a directory`, status: 126 };
  if (status && !mayExecute(shell, status)) return { message: `${name}: Permission denied`, status: 126 };
  return name;
}

async function firstLine(shell: Shell, path: string): Promise<string> {
  const descriptor = await shell.system.files.open(path, { access: 'read' });
  const bytes = await shell.system.streams.read(descriptor, 256);
  await shell.system.streams.close(descriptor);
  return fromBytes(bytes).split('\n', 1)[0] ?? '';
}

/** A file that is no program: its interpreter's arguments, or this shell's. */
async function spawnScript(shell: Shell, options: SpawnOptions): Promise<number> {
  const line = await firstLine(shell, options.path);
  const [interpreter, ...rest] = line.startsWith('#!')
    ? line
        .slice(2)
        .trim()
        .split(/\s+(.*)/s, 2)
        .filter(Boolean)
    : [];
  const argv = [interpreter ?? 'bash', ...rest, options.path, ...options.argv.slice(1)];
  return shell.system.process.spawn({ ...options, path: interpreter ?? shellPath, argv });
}

async function spawn(shell: Shell, options: SpawnOptions): Promise<number> {
  try {
    return await shell.system.process.spawn(options);
  } catch (error) {
    if (!isSystemError(error, 'ENOEXEC')) throw error;
    return spawnScript(shell, options);
  }
}

export interface ProgramCommand {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** `argv[0]`, where it is not the first word. */
  readonly name?: string;
  /** exec has words of its own for a command that is not there. */
  readonly byExec?: boolean;
}

/** Starts an external command by name. */
export async function launchProgram(shell: Shell, command: ProgramCommand, place: LaunchPlace): Promise<Launched> {
  const [name = ''] = command.words;
  const path = await resolveCommand(shell, name);
  if (typeof path !== 'string') {
    const message = command.byExec && path.status === 127 ? `exec: ${name}: not found` : path.message;
    await shell.complain(message, place.descriptors);
    return { status: path.status };
  }
  try {
    const environment = { ...command.environment, _: path };
    const argv = [command.name ?? name, ...command.words.slice(1)];
    const pid = await spawn(shell, { path, argv, environment, ...spawnOptions(shell, place) });
    await takeForeground(shell, place, pid);
    return { pid };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await shell.complain(`${name}: ${error.message}`, place.descriptors);
    return { status: error.code === 'ENOENT' ? 127 : 126 };
  }
}

/** Starts a child shell that runs `node` with a copy of this shell's state. */
export async function launchSubshell(shell: Shell, node: SyntaxNode, place: LaunchPlace): Promise<Launched> {
  const environment = { ...shell.variables.environment(), [stateVariable]: packState(shell, node, place.descriptors) };
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
