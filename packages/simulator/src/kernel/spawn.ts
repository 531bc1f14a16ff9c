/** Starting a process: posix_spawn(3) in one operation, and what a child inherits. */
import { type Credentials, type Program, type SpawnOptions, SystemError } from '@seashell/system';
import type { Caller } from '../filesystem/caller.ts';
import type { Host } from './host.ts';
import { descriptionsFor, ignoredSignalsFor, loadImage } from './image.ts';
import type { Process } from './process.ts';
import { type Terminal, TerminalDescription } from './terminal.ts';

/** A child of `parent`, and the program that is to be started as it. */
export function spawn(
  host: Host,
  parent: Process,
  options: SpawnOptions,
): { readonly child: Process; readonly program: Program } {
  const descriptions = descriptionsFor(parent, options.descriptors, 'spawn');
  const caller = childCaller(host, parent, options);
  const image = loadImage({ host, caller, operation: 'spawn' }, options);
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
  child.descriptors.replaceAll(descriptions);
  for (const signal of ignoredSignalsFor(parent, options.signals)) child.dispositions.set(signal, 'ignore');
  takeTerminal(child, options);
  return { child, program: image.program };
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
