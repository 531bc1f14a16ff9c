/**
 * The public face of a world: hosts over one virtual clock, driven by its caller. A world is its definition, its seed and its
 * inputs; the pace is the caller's. Every method is to be called between two `run`s or from their listeners, never from a program.
 */
import type { FileStatus, WaitStatus, WindowSize } from '@seashell/system';
import type { ProgramRegistry } from '../kernel/program-registry.ts';
import type { TerminalWriter } from '../kernel/terminal.ts';
import type { WorldDefinition } from '../world-definition/definition.ts';
import type { WorldEvent } from './events.ts';
import type { InputLog } from './input-log.ts';
import type { WorldSnapshot } from './snapshot.ts';

/** What a world is made of. */
export interface WorldOptions {
  readonly definition: WorldDefinition;
  /** 1 is the site's and the command's. */
  readonly seed: number;
  readonly programs: ProgramRegistry;
  /** Without one, the world waits for ever for a program that awaits what never comes. */
  readonly watchdog?: Watchdog;
  /**
   * For those who tell a person: what a program of ours threw ends that program alone, with status 134 and a word on its standard error, and
   * the event `crashed` has the error. If left out, `run` rejects with it too, so that no test or page is made past a bug.
   */
  readonly goesOnAfterCrash?: boolean;
  /** Inputs to play again; inputs of one's own may follow once they are all delivered. */
  readonly replay?: InputLog;
}

/**
 * Real time, as the world's caller has it. Calls `tick` every few hundred milliseconds until the function it gave is called.
 * The kernel ends a process that has not come back after ten ticks in a row.
 */
export type Watchdog = (tick: () => void) => () => void;

/** A running world: hosts, their processes and the network between them. */
export interface World {
  readonly definition: WorldDefinition;
  readonly seed: number;
  /** Steps done so far; the number of the next one. */
  readonly step: number;
  /** Virtual time, in milliseconds since the epoch. */
  readonly nowMilliseconds: number;
  /** When the next event is due; undefined when nothing is. */
  readonly nextMilliseconds: number | undefined;
  /** Whether nothing can run before a timer is due or an input comes. */
  readonly quiet: boolean;
  readonly log: InputLog;

  /** Runs until a limit is met. One `run` at a time. Rejects only for a bug of ours: a failed assertion of the kernel, or, if asked for, a crashed program. */
  run(options?: RunOptions): Promise<RunResult>;

  /** A login shell of `user` on a new terminal, as if logged in at the console of `host`. */
  openTerminal(options: { readonly host: string; readonly user: string; readonly size?: WindowSize }): TerminalSession;
  /** Runs `commandLine` by the login shell of `user` (`sh -c`), without a terminal. */
  openCommand(options: { readonly host: string; readonly user: string; readonly commandLine: string }): CommandSession;
  /** The open sessions, also those that a replay opened, by their number. */
  session(number: number): TerminalSession | CommandSession | undefined;
  /** A stream from outside the world to a port of a host, as of `serve`. It is not logged: such a world cannot be replayed. */
  connectFromOutside(options: OutsideConnectionOptions): OutsideConnection;

  /** Replaces a file's content, or makes it, with its directory's owner; an input. Rejects with the SystemError that root would meet. */
  writeFile(host: string, path: string, content: Uint8Array): Promise<void>;
  /** Removes a file; an input. */
  removeFile(host: string, path: string): Promise<void>;
  /** Pulls a host's cable out or puts it back; an input. */
  setLink(host: string, up: boolean): void;

  /**
   * Looks at a host's files as root, without a trace in it. A host that sleeps (`onlyAnswers`) has neither its keys yet nor what its
   * services write.
   */
  readonly files: {
    read(host: string, path: string): Uint8Array;
    status(host: string, path: string): FileStatus;
    list(host: string, path: string): readonly string[];
  };
  /** Without the processes of hosts that sleep. */
  snapshot(): WorldSnapshot;
  /** Calls `listener` with each event as it happens; gives the function that ends this. */
  observe(listener: (event: WorldEvent) => void): () => void;
}

/** How far a world runs. */
export interface RunOptions {
  /** 100,000 if left out. */
  readonly maximumSteps?: number;
  /** Virtual time to run to, in milliseconds since the epoch: the clock stands there afterwards. Without it, time goes as far as events do. */
  readonly untilMilliseconds?: number;
  /** Asked before each step; `run` ends when it holds: `() => world.quiet`, `() => terminal.waiting`. */
  readonly until?: () => boolean;
}

/** Why a run ended: `until` held, `untilMilliseconds` or `maximumSteps` was met, or nothing at all is due until an input comes. */
export type RunResult = 'until' | 'time' | 'steps' | 'idle';

interface SessionBase {
  readonly session: number;
  readonly host: string;
  readonly user: string;
  /** How its first process ended; undefined while it goes on. */
  readonly status: WaitStatus | undefined;
  /** The terminal goes away (SIGHUP), or the streams do (end of input, SIGPIPE). */
  hangUp(): void;
}

/** A login on a host's terminal, with a person at it. */
export interface TerminalSession extends SessionBase {
  readonly type: 'terminal';
  /** `/dev/pts/0` */
  readonly path: string;
  /** Types; what the terminal has no room for yet is kept and follows. */
  write(bytes: Uint8Array): void;
  resize(size: WindowSize): void;
  /**
   * Calls `listener` with what appears on the screen, and with the process of its host that wrote it (none for the terminal's own echo);
   * bytes that came before the first listener are given to it at once.
   */
  onOutput(listener: (bytes: Uint8Array, writer: TerminalWriter | undefined) => void): () => void;
  /**
   * Whether a person would type now: the foreground process waits on the terminal, and nothing that it waits for besides can run
   * or is asleep, however many hosts away.
   */
  readonly waiting: boolean;
  /** Whether typed characters are echoed: false at a password. */
  readonly echo: boolean;
  /** Bytes given to `write` that the terminal has not taken yet. */
  readonly pendingBytes: number;
}

/** A command that was started on a host without a terminal. */
export interface CommandSession extends SessionBase {
  readonly type: 'command';
  write(bytes: Uint8Array): void;
  /** The end of standard input. */
  end(): void;
  onOutput(listener: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void): () => void;
  readonly pendingBytes: number;
}

/** Where a connection from outside leads to, and who hears of what comes back. */
export interface OutsideConnectionOptions {
  readonly host: string;
  readonly port: number;
  /** The address that the host sees; one of the documentation range if left out. */
  readonly remoteAddress?: string;
  /** Bytes from the host, in order; `false` asks for a pause until `resume` is called. */
  readonly onData: (bytes: Uint8Array) => boolean;
  /** The host will send no more; or the connection was refused or reset. */
  readonly onEnd: (reason: 'end' | 'refused' | 'reset') => void;
  /** There is room again after `write` gave false. */
  readonly onDrain: () => void;
}

/** A TCP connection into the world from outside of it. */
export interface OutsideConnection {
  /** False when the buffers are full: wait for `onDrain`. The bytes are taken in any case. */
  write(bytes: Uint8Array): boolean;
  end(): void;
  reset(): void;
  resume(): void;
}
