/** `ProcessOperations` over Node's own process. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import {
  signalNumbers,
  SystemError,
  type Credentials,
  type LogEntry,
  type ProcessOperations,
  type SignalDisposition,
  type SignalName,
} from '@seashell/system';
import type { Children } from './children.ts';
import type { Machine } from './machine.ts';
import { findUser } from './users.ts';

class Signals {
  readonly #machine: Machine;
  readonly #listeners = new Map<SignalName, () => void>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** EINVAL for those that Node cannot hear. */
  set(signal: SignalName, disposition: SignalDisposition): void {
    if (!Object.hasOwn(constants.signals, signal)) throw new SystemError('EINVAL', 'setDisposition');
    const old = this.#listeners.get(signal);
    if (old !== undefined) process.off(signal, old);
    this.#listeners.delete(signal);
    if (disposition === 'default') return;
    const listener = (): void => {
      if (disposition === 'ignore') return;
      this.#machine.pendingSignals.push(signal);
      this.#machine.waker.notify();
    };
    this.#listeners.set(signal, listener);
    process.on(signal, listener);
  }
}

function ownCredentials(): Credentials {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, groups: process.getgroups?.() ?? [] };
}

function becomeUser(credentials: Credentials): void {
  if (process.setuid === undefined) throw new SystemError('ENOTSUP', 'setCredentials');
  process.setgroups?.([...credentials.groups]);
  process.setgid?.(credentials.gid);
  process.setuid(credentials.uid);
}

/** syslog(3) through logger(1); a machine without it keeps no log. */
function logLine(entry: LogEntry): void {
  const priority = `${entry.facility}.${entry.severity === 'error' ? 'err' : entry.severity}`;
  const child = spawn('logger', ['-p', priority, '-t', entry.identity, '--', entry.message], { stdio: 'ignore' });
  child.on('error', () => undefined);
}

/** Waits until the platform has taken what was written. */
async function drain(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve);
    stream.once('error', () => resolve());
  });
}

async function exit(status: number): Promise<never> {
  await drain(process.stdout);
  await drain(process.stderr);
  return process.exit(status);
}

/** Node knows no real-time signal by name. EINVAL where the machine has no such signal. */
function numberOf(signal: SignalName): number {
  const known: Readonly<Record<string, number>> = constants.signals;
  const number = known[signal] ?? (process.platform === 'linux' ? signalNumbers[signal] : undefined);
  if (number === undefined) throw new SystemError('EINVAL', 'kill');
  return number;
}

function killProcess(pid: number, signal: SignalName | undefined): void {
  process.kill(pid, signal === undefined ? 0 : numberOf(signal));
}

export interface ProcessContext {
  readonly machine: Machine;
  readonly children: Children;
  /** Lets the supervisor tell the parent that all is well; left out where nobody watches. */
  readonly detach: (() => Promise<void>) | undefined;
}

export function createProcess({ machine, children, detach }: ProcessContext): ProcessOperations {
  const { guard } = machine;
  const signals = new Signals(machine);
  const run = <T>(operation: string, body: () => T | Promise<T>): Promise<T> =>
    guard.run(operation, async () => await body());
  return {
    spawn: (options) => guard.run('spawn', () => children.spawn(options), options.path),
    // Not by Node's own execve, which hands on 0, 1 and 2 alone, each as itself.
    exec: () => run('exec', () => Promise.reject(new SystemError('ENOTSUP', 'exec'))),
    wait: (options) => run('wait', () => children.wait(options?.pid, options?.noHang === true)),
    kill: (pid, signal) => run('kill', () => killProcess(pid, signal)),
    exit: (status) => run('exit', () => exit(status)),
    detach: () => run('detach', () => detach?.() ?? Promise.reject(new SystemError('ENOTSUP', 'detach'))),
    setDisposition: (signal, disposition) => run('setDisposition', () => signals.set(signal, disposition)),
    setCredentials: (credentials) => run('setCredentials', () => becomeUser(credentials)),
    changeDirectory: (path) => guard.run('changeDirectory', async () => process.chdir(path), path),
    setFileCreationMask: (mask) => run('setFileCreationMask', () => process.umask(mask)),
    log: (entry) => run('log', () => logLine(entry)),
    findUser: (by) => run('findUser', () => findUser(by)),
    pid: process.pid,
    parentPid: process.ppid,
    processGroup: process.pid,
    get credentials() {
      return ownCredentials();
    },
    get workingDirectory() {
      return process.cwd();
    },
    environment: Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  };
}
