/** Starting a process: posix_spawn(3) in one operation, execve(2) with its scripts, and what a child inherits. */
import { type Credentials, type Program, type SpawnOptions, SystemError } from '@seashell/system';
import type { Caller } from '../filesystem/caller.ts';
import type { Description } from './description.ts';
import type { Host } from './host.ts';
import { maximumInterpreters } from './limits.ts';
import type { Process } from './process.ts';
import { signalNames } from './signal-actions.ts';
import { type Terminal, TerminalDescription } from './terminal.ts';

/** What is to run, after all interpreters. */
export interface Image {
  readonly program: Program;
  readonly argv: readonly string[];
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
}

/** What execve(2) makes of `path` for `caller`. ENOENT, EACCES, ENOEXEC. */
export function loadImage(host: Host, caller: Caller, what: Pick<SpawnOptions, 'path' | 'argv'>): Image {
  let { path, argv } = what;
  for (let depth = 0; depth <= maximumInterpreters; depth += 1) {
    const executable = host.fileSystem.executable(caller, path);
    if (executable.type === 'program') {
      const program = host.programs.get(executable.program);
      if (program === undefined) throw new SystemError('ENOEXEC', 'spawn', path);
      return { program, argv, path, uid: executable.effectiveUid, gid: executable.effectiveGid };
    }
    const { interpreter, argument } = executable;
    argv = [interpreter, ...(argument === undefined ? [] : [argument]), path, ...argv.slice(1)];
    path = interpreter;
  }
  throw new SystemError('ELOOP', 'spawn', what.path);
}

/** A child of `parent`, and the program that is to be started as it. */
export function spawn(
  host: Host,
  parent: Process,
  options: SpawnOptions,
): { readonly child: Process; readonly program: Program } {
  const descriptors = childDescriptions(parent, options);
  const caller = childCaller(host, parent, options);
  const image = loadImage(host, caller, options);
  const pid = host.processes.allocatePid();
  const isLeader = options.newSession !== undefined;
  const child = host.addProcess({
    pid,
    parentPid: parent.pid,
    sessionId: isLeader ? pid : parent.sessionId,
    processGroup: childGroup(host, parent, { options, pid }),
    credentials: { ...caller.credentials, uid: image.uid, gid: image.gid },
    workingDirectory: caller.workingDirectory,
    fileCreationMask: parent.fileCreationMask,
    argv: image.argv,
    executable: image.path,
    environment: { ...options.environment },
    controllingTerminal: isLeader ? undefined : parent.controllingTerminal,
    worldSession: parent.worldSession,
    startMicroseconds: host.scheduler.now,
  });
  for (const [descriptor, description] of descriptors) child.descriptors.set(descriptor, description, 'spawn');
  inheritSignals(parent, child, options);
  takeTerminal(child, options);
  return { child, program: image.program };
}

function childDescriptions(parent: Process, options: SpawnOptions): readonly (readonly [number, Description])[] {
  return Object.entries(options.descriptors).map(([own, inherited]) => [
    Number(own),
    parent.descriptors.find(inherited, 'spawn'),
  ]);
}

function childCaller(host: Host, parent: Process, options: SpawnOptions): Caller {
  const credentials = options.credentials ?? parent.credentials;
  if (!isSameUser(credentials, parent.credentials) && parent.credentials.uid !== 0) {
    throw new SystemError('EPERM', 'spawn', options.path);
  }
  const caller = { ...parent.caller, credentials };
  if (options.workingDirectory === undefined) return caller;
  return { ...caller, workingDirectory: host.fileSystem.changeDirectory(caller, options.workingDirectory) };
}

function isSameUser(a: Credentials, b: Credentials): boolean {
  return a.uid === b.uid && a.gid === b.gid && a.groups.every((group) => b.groups.includes(group) || group === b.gid);
}

function childGroup(
  host: Host,
  parent: Process,
  { options, pid }: { readonly options: SpawnOptions; readonly pid: number },
): number {
  if (options.newSession !== undefined || options.processGroup === 0) return pid;
  const group = options.processGroup;
  if (group === undefined) return parent.processGroup;
  const isInSession = host.processes.list().some((each) => {
    return each.processGroup === group && each.sessionId === parent.sessionId;
  });
  if (!isInSession) throw new SystemError('EPERM', 'spawn', options.path);
  return group;
}

function inheritSignals(parent: Process, child: Process, options: SpawnOptions): void {
  for (const [signal, disposition] of parent.dispositions) {
    if (disposition === 'ignore') child.dispositions.set(signal, 'ignore');
  }
  for (const signal of signalNames) {
    const disposition = options.signals?.[signal];
    if (disposition === 'ignore') child.dispositions.set(signal, 'ignore');
    if (disposition === 'default') child.dispositions.delete(signal);
  }
}

function takeTerminal(child: Process, options: SpawnOptions): void {
  const controlling = options.newSession?.controllingTerminal;
  if (controlling !== undefined) setControllingTerminal(child, terminalBehind(child, controlling));
  if (options.foregroundOf === undefined) return;
  const terminal = terminalBehind(child, options.foregroundOf);
  if (child.controllingTerminal === terminal) terminal.foreground = child.processGroup;
}

/** TIOCSCTTY: the terminal controls the session of `leader`, whose group is in its foreground. */
export function setControllingTerminal(leader: Process, terminal: Terminal): void {
  leader.controllingTerminal = terminal;
  terminal.sessionId = leader.sessionId;
  terminal.foreground = leader.processGroup;
}

function terminalBehind(child: Process, descriptor: number): Terminal {
  const description = child.descriptors.find(descriptor, 'spawn');
  if (description instanceof TerminalDescription) return description.terminal;
  throw new SystemError('ENOTTY', 'spawn');
}
