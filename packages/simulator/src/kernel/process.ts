/** One process: its identity, descriptors and signals, and the program that it runs. What happens to it is decided by the process table. */
import type { Credentials, SignalDisposition, SignalName, WaitStatus } from '@seashell/system';
import type { Caller } from '../filesystem/caller.ts';
import { DescriptorTable } from './descriptor-table.ts';
import { Task, WaitQueue } from './task.ts';
import type { Terminal } from './terminal.ts';

export interface ProcessIdentity {
  readonly pid: number;
  readonly parentPid: number;
  readonly processGroup: number;
  readonly sessionId: number;
  readonly credentials: Credentials;
  readonly workingDirectory: string;
  readonly fileCreationMask: number;
  readonly argv: readonly string[];
  /** The file that it runs. */
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly controllingTerminal: Terminal | undefined;
  /** The session of the world from which it descends. */
  readonly worldSession: number | undefined;
  readonly startMicroseconds: number;
}

/** What the host does when a program comes to its end. */
export interface ProcessEnd {
  finished(process: Process, status: number): void;
  failed(process: Process, error: unknown): void;
}

/** What a process runs, from its start or an exec to its end or the next exec. */
class RunningProgram extends Task {
  readonly #process: Process;
  readonly #end: ProcessEnd;

  /** Goes on with the processor time of the program `before` it. */
  constructor(process: Process, end: ProcessEnd, before?: Task) {
    super();
    this.#process = process;
    this.#end = end;
    this.cpuMicroseconds = before?.cpuMicroseconds ?? 0;
    this.debtMicroseconds = before?.debtMicroseconds ?? 0;
  }

  override finished(status: number): void {
    this.#end.finished(this.#process, status);
  }

  override failed(error: unknown): void {
    if (!this.ended) this.#end.failed(this.#process, error);
  }
}

export class Process {
  readonly descriptors = new DescriptorTable();
  readonly dispositions = new Map<SignalName, 'ignore' | 'handle'>();
  /** Handled signals that no `poll` has taken yet, oldest first. */
  pendingSignals: SignalName[] = [];
  /** Signals that came while it was stopped. */
  readonly heldSignals: SignalName[] = [];
  /** Woken when a child changes, for `poll` and `wait`. */
  readonly childQueue = new WaitQueue();
  readonly startMicroseconds: number;
  /** Its number when it began, which `detach` does not change. */
  readonly firstPid: number;
  /** The program that runs; `exec` makes another one. */
  task: Task;
  argv: readonly string[];
  executable: string;
  environment: Readonly<Record<string, string>>;
  worldSession: number | undefined;
  pid: number;
  parentPid: number;
  processGroup: number;
  sessionId: number;
  credentials: Credentials;
  workingDirectory: string;
  fileCreationMask: number;
  controllingTerminal: Terminal | undefined;
  /** How it ended; it is a zombie until it was waited for. */
  endStatus: WaitStatus | undefined;
  /** Stopped by this signal, and no `wait` has told so yet. */
  unreportedStop: SignalName | undefined;
  readonly #end: ProcessEnd;

  constructor(identity: ProcessIdentity, end: ProcessEnd) {
    this.#end = end;
    this.task = new RunningProgram(this, end);
    this.firstPid = identity.pid;
    this.pid = identity.pid;
    this.parentPid = identity.parentPid;
    this.processGroup = identity.processGroup;
    this.sessionId = identity.sessionId;
    this.credentials = identity.credentials;
    this.workingDirectory = identity.workingDirectory;
    this.fileCreationMask = identity.fileCreationMask;
    this.argv = identity.argv;
    this.executable = identity.executable;
    this.environment = identity.environment;
    this.controllingTerminal = identity.controllingTerminal;
    this.worldSession = identity.worldSession;
    this.startMicroseconds = identity.startMicroseconds;
  }

  get caller(): Caller {
    const { credentials, workingDirectory, fileCreationMask, pid } = this;
    return { credentials, workingDirectory, fileCreationMask, pid };
  }

  disposition(signal: SignalName): SignalDisposition {
    return this.dispositions.get(signal) ?? 'default';
  }

  /** Another program is to run in place of the one before, which has ended. */
  renewTask(): void {
    this.task = new RunningProgram(this, this.#end, this.task);
  }
}
