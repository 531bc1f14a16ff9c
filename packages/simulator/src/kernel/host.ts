/** One host: its files, processes, terminals and clock, over the scheduler and the network that all hosts of a world share. */
import { utf8Encode } from '@seashell/core/wire';
import {
  type LogEntry,
  type Program,
  type RandomSource,
  type SignalName,
  SystemError,
  type WaitStatus,
  type WindowSize,
} from '@seashell/system';
import { kernelCaller } from '../filesystem/caller.ts';
import type { FileSystem } from '../filesystem/file-system.ts';
import type { Network } from '../network/network.ts';
import { crashStatus, tellCrash } from './crash.ts';
import { Pipe } from './pipe.ts';
import type { PluggedAuthenticator } from './plugged-authenticator.ts';
import { Process, type ProcessEnd, type ProcessIdentity } from './process.ts';
import { initPid, ProcessTable } from './process-table.ts';
import { seededRandom } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import { formatLogLine, logPath } from './syslog.ts';
import { Terminal } from './terminal.ts';

export interface HostOptions {
  readonly name: string;
  readonly openSsh: '10' | '6.6';
  readonly seed: number;
  /** The clock at the world's start, in milliseconds since the epoch. */
  readonly startsAtMilliseconds: number;
  readonly fileSystem: FileSystem;
  readonly scheduler: Scheduler;
  readonly network: Network;
  /** By the name that an executable file holds. */
  readonly programs: ReadonlyMap<string, Program>;
  readonly events: HostEvents;
  /** What is plugged in as /dev/hidraw0, if anything is. */
  readonly authenticator?: PluggedAuthenticator;
}

/** What a host tells its world. */
export interface HostEvents {
  started(host: Host, process: Process): void;
  /** It runs another program now. */
  replaced(host: Host, process: Process): void;
  ended(host: Host, process: Process, status: WaitStatus): void;
  crashed(host: Host, process: Process, error: unknown): void;
  logged(host: Host, process: Process, entry: LogEntry): void;
  /** A process began to wait for input on a terminal, for the first time since something was typed there. */
  inputAwaited(host: Host, process: Process, terminal: Terminal): void;
  listening(host: Host, process: Process, on: { readonly address: string; readonly port: number }): void;
}

/** A program may be called by any name: more than these share one. */
const maximumRandomNames = 1000;
/** Where a booted machine's daemons start to be numbered. */
const lastPidOfBoot = 411;

export class Host implements ProcessEnd {
  readonly name: string;
  readonly openSsh: '10' | '6.6';
  readonly seed: number;
  readonly fileSystem: FileSystem;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly programs: ReadonlyMap<string, Program>;
  readonly processes: ProcessTable;
  readonly events: HostEvents;
  readonly authenticator: PluggedAuthenticator | undefined;
  readonly #startsAtMilliseconds: number;
  readonly #terminals = new Map<number, Terminal>();
  readonly #pipeBudget = { usedBytes: 0 };
  readonly #fifos = new Map<number, Pipe>();
  readonly #randomCounts = new Map<string, number>();

  constructor(options: HostOptions) {
    this.name = options.name;
    this.openSsh = options.openSsh;
    this.seed = options.seed;
    this.fileSystem = options.fileSystem;
    this.scheduler = options.scheduler;
    this.network = options.network;
    this.programs = options.programs;
    this.events = options.events;
    this.authenticator = options.authenticator;
    this.#startsAtMilliseconds = options.startsAtMilliseconds;
    const ended = (process: Process, status: WaitStatus): void => this.events.ended(this, process, status);
    this.processes = new ProcessTable(this.scheduler, { ended }, lastPidOfBoot);
    this.processes.add(new Process(initIdentity, this));
  }

  /** Milliseconds since the epoch. */
  get nowMilliseconds(): number {
    return this.#startsAtMilliseconds + Math.floor(this.scheduler.now / 1000);
  }

  millisecondsAt(microseconds: number): number {
    return this.#startsAtMilliseconds + Math.floor(microseconds / 1000);
  }

  /**
   * Random bytes of the world's seed, others for each that asks under the same name. Only how often a name was asked before counts, so that a
   * key which ssh-keygen makes stays the same when other programs take more steps or fewer.
   */
  newRandom(name: string): RandomSource {
    const known = this.#randomCounts.has(name) || this.#randomCounts.size < maximumRandomNames ? name : '';
    const count = (this.#randomCounts.get(known) ?? 0) + 1;
    this.#randomCounts.set(known, count);
    return seededRandom(this.seed, `${this.name} ${known} ${count}`);
  }

  addProcess(identity: ProcessIdentity): Process {
    const process = new Process(identity, this);
    this.processes.add(process);
    return process;
  }

  /** What stands under the number of a process that goes on under another one. */
  makeGhost(process: Process): Process {
    return new Process(process, this);
  }

  openTerminal(size: WindowSize, uid: number): Terminal {
    let number = 0;
    while (this.#terminals.has(number)) number += 1;
    const terminal = new Terminal({
      scheduler: this.scheduler,
      number,
      size,
      uid,
      nowMilliseconds: this.nowMilliseconds,
      signalForeground: (to, signal) => this.#signalForeground(to, signal),
      hungUp: (from) => this.processes.hangUp(from),
      released: ({ number: free }) => this.#terminals.delete(free),
    });
    this.#terminals.set(number, terminal);
    return terminal;
  }

  terminals(): readonly Terminal[] {
    return [...this.#terminals.values()];
  }

  terminal(number: number): Terminal | undefined {
    return this.#terminals.get(number);
  }

  pipe(): Pipe {
    return new Pipe(this.scheduler, this.network.nextInode(), this.#pipeBudget);
  }

  /** The one pipe behind a named pipe's inode. */
  namedPipe(inode: number): Pipe {
    const pipe = this.#fifos.get(inode) ?? new Pipe(this.scheduler, inode, this.#pipeBudget);
    this.#fifos.set(inode, pipe);
    return pipe;
  }

  /** syslog(3), as rsyslog writes it by default: every severity, in the traditional format. */
  log(process: Process, entry: LogEntry): void {
    const line = formatLogLine({ host: this.name, pid: process.pid, timeMilliseconds: this.nowMilliseconds }, entry);
    this.fileSystem.appendFile(kernelCaller, logPath(this.fileSystem, entry.facility), {
      content: utf8Encode(line),
      mode: 0o640,
    });
    this.events.logged(this, process, entry);
  }

  logAsInit(entry: LogEntry): void {
    const init = this.processes.get(initPid);
    if (init !== undefined) this.log(init, entry);
  }

  finished(process: Process, status: number): void {
    this.processes.end(process, { type: 'exited', pid: process.pid, status: status & 0xff });
  }

  failed(process: Process, error: unknown): void {
    tellCrash(process, error);
    this.processes.end(process, { type: 'exited', pid: process.pid, status: crashStatus });
    this.events.crashed(this, process, error);
  }

  #signalForeground(terminal: Terminal, signal: SignalName): void {
    if (terminal.foreground > initPid) this.processes.signalGroup(terminal.foreground, signal);
  }
}

const initIdentity: ProcessIdentity = {
  pid: initPid,
  parentPid: 0,
  processGroup: initPid,
  sessionId: initPid,
  credentials: { uid: 0, gid: 0, groups: [0] },
  workingDirectory: '/',
  fileCreationMask: 0o022,
  argv: ['/sbin/init'],
  executable: '/sbin/init',
  environment: {},
  controllingTerminal: undefined,
  worldSession: undefined,
  startMicroseconds: 0,
};

/** The credentials check of kill(2), setuid(2) and the like. */
export function requireRoot(process: Process, operation: string): void {
  if (process.credentials.uid !== 0) throw new SystemError('EPERM', operation);
}
