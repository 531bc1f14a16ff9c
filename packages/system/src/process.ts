/** The process itself, its children, and the users of the machine. */
import type { SignalDisposition, SignalName } from './signals.ts';

/** Whose rights a process has. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups. */
  readonly groups: readonly number[];
}

/** A program that a process is to run, and what it begins with. */
export interface ExecOptions {
  /** The executable: a path; no search of PATH. */
  readonly path: string;
  /** `argv[0]` is the name by which it was called. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The program's descriptors: its number to the caller's own number. What is not named here is not handed on. */
  readonly descriptors: Readonly<Record<number, number>>;
  /** Dispositions the program starts with; handled ones of the caller fall back to the default, ignored ones stay. */
  readonly signals?: Readonly<Partial<Record<SignalName, 'default' | 'ignore'>>>;
}

/** What a child process begins with. */
export interface SpawnOptions extends ExecOptions {
  readonly workingDirectory?: string;
  /** Makes the child a session leader (setsid), with the terminal behind `controllingTerminal` (a descriptor of the child) if given. */
  readonly newSession?: { readonly controllingTerminal?: number };
  /** 0: a group of its own; a number: that group; left out: the parent's. */
  readonly processGroup?: number;
  /** Puts the child's group in the foreground of the terminal behind this descriptor of the child, before it runs. */
  readonly foregroundOf?: number;
  readonly credentials?: Credentials;
}

/** What became of a child: wait(2). */
export type WaitStatus =
  | { readonly type: 'exited'; readonly pid: number; readonly status: number }
  | { readonly type: 'signaled'; readonly pid: number; readonly signal: SignalName }
  | { readonly type: 'stopped'; readonly pid: number; readonly signal: SignalName };

/** A line for the system log: syslog(3). */
export interface LogEntry {
  readonly facility: 'auth' | 'daemon' | 'user';
  readonly severity: 'error' | 'warning' | 'notice' | 'info' | 'debug';
  /** The program's name as the log shows it: `sshd-session`. */
  readonly identity: string;
  readonly message: string;
}

/** A user's row of passwd(5), and of group(5) all that the user is in, the primary one first. */
export interface UserAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly fullName: string;
  readonly home: string;
  readonly shell: string;
  readonly groups: readonly { readonly name: string; readonly gid: number }[];
}

/** Processes and signals. Every failure is a SystemError with the errno that is named. */
export interface ProcessOperations {
  /** Starts a child and gives its pid. ENOENT, EACCES, ENOEXEC, EAGAIN (too many processes). */
  spawn(options: SpawnOptions): Promise<number>;
  /**
   * execve(2): the process runs another program from now on, with its pid, parent, group, session, terminal, directory, mask, children
   * and the signals that it ignores. Never returns: nothing of the caller runs any more. Refused with ENOENT, EACCES, ENOEXEC, EBADF
   * as long as all is as it was. ENOTSUP on Node.
   */
  exec(options: ExecOptions): Promise<never>;
  /** Waits for a child (any, if left out) to end or stop. `noHang` answers `undefined` when none has. ECHILD without children. */
  wait(options?: { readonly pid?: number; readonly noHang?: boolean }): Promise<WaitStatus | undefined>;
  /** Sends a signal to a process or, with a negative number, to a process group; `undefined` only asks whether it could. */
  kill(pid: number, signal: SignalName | undefined): Promise<void>;
  /** Ends this process; never returns. */
  exit(status: number): Promise<never>;
  /**
   * The one way to the background (daemon(3) without chdir): the parent sees exit 0 now, this process goes on in a new session
   * without a terminal. Descriptors stay as they are.
   */
  detach(): Promise<void>;
  setDisposition(signal: SignalName, disposition: SignalDisposition): Promise<void>;
  /** Becomes another user; only root may. */
  setCredentials(credentials: Credentials): Promise<void>;
  changeDirectory(path: string): Promise<void>;
  setFileCreationMask(mask: number): Promise<number>;
  /** A line for syslog(3). */
  log(entry: LogEntry): Promise<void>;
  /** getpwnam(3), getpwuid(3): `undefined` when there is none. */
  findUser(by: { readonly name: string } | { readonly uid: number }): Promise<UserAccount | undefined>;

  /** What needs no operation, because only this process changes it. */
  readonly pid: number;
  readonly parentPid: number;
  readonly processGroup: number;
  readonly credentials: Credentials;
  readonly workingDirectory: string;
  /** The environment the process was started with. */
  readonly environment: Readonly<Record<string, string>>;
}
