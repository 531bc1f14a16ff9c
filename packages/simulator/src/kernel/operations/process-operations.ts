/** `System.process` of a process: itself, its children, its users. */
import {
  type Credentials,
  type ExecOptions,
  type ProcessOperations,
  type SignalDisposition,
  type SignalName,
  type SpawnOptions,
  SystemError,
  type WaitStatus,
} from '@seashell/system';
import { findAccount } from '../find-account.ts';
import { requireRoot } from '../host.ts';
import type { Process } from '../process.ts';
import { exec } from '../exec.ts';
import { initPid } from '../process-table.ts';
import { spawn } from '../spawn.ts';
import { blocked, type Blocked } from '../task.ts';
import { type OperationContext, waitOn } from './context.ts';
import { detach } from './detach.ts';

export function processOperations(context: OperationContext): ProcessOperations {
  const { process } = context;
  return {
    ...childOperations(context),
    ...ownOperations(context),
    get pid() {
      return process.pid;
    },
    get parentPid() {
      return process.parentPid;
    },
    get processGroup() {
      return process.processGroup;
    },
    get credentials() {
      return process.credentials;
    },
    get workingDirectory() {
      return process.workingDirectory;
    },
    environment: process.environment,
  };
}

function childOperations(context: OperationContext): Pick<ProcessOperations, 'spawn' | 'exec' | 'wait' | 'kill'> {
  return {
    spawn: (options) => context.perform('spawn', () => spawnChild(context, options)),
    exec: (options) => context.perform<never>('exec', () => replaceProgram(context, options)),
    wait: (options) => context.perform<WaitStatus | undefined>('wait', () => wait(context, options)),
    kill: (pid, signal) => context.perform('kill', () => kill(context, pid, signal)),
  };
}

type OwnOperations = Pick<
  ProcessOperations,
  | 'exit'
  | 'detach'
  | 'setDisposition'
  | 'setCredentials'
  | 'changeDirectory'
  | 'setFileCreationMask'
  | 'log'
  | 'findUser'
>;

function ownOperations(context: OperationContext): OwnOperations {
  const { host, process } = context;
  return {
    exit: (status) =>
      context.perform<never>('exit', () => {
        host.finished(process, status);
        return blocked;
      }),
    detach: () => context.perform<void>('detach', () => detach(host, process)),
    setDisposition: (signal, disposition) =>
      context.perform<void>('setDisposition', () => setDisposition(process, signal, disposition)),
    setCredentials: (credentials) =>
      context.perform<void>('setCredentials', () => setCredentials(process, credentials)),
    changeDirectory: (path) =>
      context.perform<void>('changeDirectory', () => {
        process.workingDirectory = host.fileSystem.changeDirectory(process.caller, path);
      }),
    setFileCreationMask: (mask) =>
      context.perform('setFileCreationMask', () => {
        const before = process.fileCreationMask;
        process.fileCreationMask = mask & 0o777;
        return before;
      }),
    log: (entry) => context.perform<void>('log', () => host.log(process, entry)),
    findUser: (by) => context.perform('findUser', () => findAccount(host.fileSystem, by)),
  };
}

function spawnChild(context: OperationContext, options: SpawnOptions): number {
  const { child, program } = spawn(context.host, context.process, options);
  context.start(child, program);
  return child.pid;
}

/** Signals that the program before would have handled have not been taken: they meet the new one, which handles none. */
function replaceProgram(context: OperationContext, options: ExecOptions): Blocked {
  const { host, process } = context;
  const program = exec(host, process, options);
  context.restart(program);
  for (const signal of process.pendingSignals.splice(0)) host.processes.signal(process, signal);
  return blocked;
}

function wait(
  context: OperationContext,
  options: { readonly pid?: number; readonly noHang?: boolean } = {},
): WaitStatus | undefined | Blocked {
  const { host, process } = context;
  const change = host.processes.takeChange(process, options.pid);
  if (change !== undefined || options.noHang === true) return change;
  return waitOn(context, process.childQueue);
}

/** kill(2): a process, or a group when the number is negative; 0 is the own group. */
function kill(context: OperationContext, pid: number, signal: SignalName | undefined): void | Blocked {
  const { host, process } = context;
  const found = pid > 0 ? host.processes.get(pid) : undefined;
  const group = pid === 0 ? process.processGroup : -pid;
  const targets = pid > 0 ? [found].filter((each) => each !== undefined) : host.processes.group(group);
  if (targets.length === 0) throw new SystemError('ESRCH', 'kill');
  const allowed = targets.filter((target) => maySignal(process, target, signal));
  if (allowed.length === 0) throw new SystemError('EPERM', 'kill');
  if (signal === undefined) return;
  for (const target of allowed) {
    if (target.pid !== initPid) host.processes.signal(target, signal);
  }
}

function maySignal(process: Process, target: Process, signal: SignalName | undefined): boolean {
  const { uid } = process.credentials;
  if (uid === 0 || uid === target.credentials.uid) return true;
  return signal === 'SIGCONT' && process.sessionId === target.sessionId;
}

function setDisposition(process: Process, signal: SignalName, disposition: SignalDisposition): void {
  if (signal === 'SIGKILL' || signal === 'SIGSTOP') throw new SystemError('EINVAL', 'setDisposition');
  if (disposition === 'default') process.dispositions.delete(signal);
  else process.dispositions.set(signal, disposition);
  if (disposition === 'handle') return;
  process.pendingSignals = process.pendingSignals.filter((pending) => pending !== signal);
}

function setCredentials(process: Process, credentials: Credentials): void {
  requireRoot(process, 'setCredentials');
  process.credentials = { uid: credentials.uid, gid: credentials.gid, groups: [...credentials.groups] };
}
