/**
 * Pseudo-terminals, pty(7): a line discipline between programs on the terminal's side and whoever holds the controlling side,
 * a program (sshd) or a person outside of the world. It knows process groups only by number.
 */
import {
  type FileStatus,
  type SignalName,
  SystemError,
  type TerminalAttributes,
  type WindowSize,
} from '@seashell/system';
import { LineDiscipline } from '../tty/line-discipline.ts';
import { anonymousStatus, Description } from './description.ts';
import type { Scheduler } from './scheduler.ts';
import { blocked, type Blocked, WaitQueue } from './task.ts';

export interface TerminalOptions {
  readonly scheduler: Scheduler;
  readonly number: number;
  readonly size: WindowSize;
  readonly uid: number;
  readonly nowMilliseconds: number;
  /** Sends a signal to the foreground process group. */
  readonly signalForeground: (terminal: Terminal, signal: SignalName) => void;
  /** The controlling side is gone. */
  readonly hungUp: (terminal: Terminal) => void;
  /** Nobody has it open on either side any more. */
  readonly released: (terminal: Terminal) => void;
}

/** The process that wrote to a terminal, and through which of its descriptors. */
export interface TerminalWriter {
  /** Its number when it began: `detach` gives it another one. */
  readonly pid: number;
  readonly descriptor: number;
}

/** Group `tty` of the images. */
const terminalGid = 5;

export class Terminal {
  readonly discipline: LineDiscipline;
  readonly name: string;
  readonly createdMilliseconds: number;
  readonly #options: TerminalOptions;
  uid: number;
  gid = terminalGid;
  mode = 0o620;
  /** The session that it controls, and the group in its foreground. */
  sessionId: number | undefined;
  foreground = 0;
  readonly openSides = new Set<TerminalDescription>();
  readonly controllers = new Set<ControllerDescription>();
  /** Whoever sits before it: takes all output at once. The terminal's own echo has no writer. */
  outside: ((bytes: Uint8Array, writer: TerminalWriter | undefined) => void) | undefined;
  /** Who writes just now; the same object as long as it is the same writer. */
  #writer: TerminalWriter | undefined;
  /** Called when typed bytes would be taken again. */
  onRoom: (() => void) | undefined;
  hasHungUp = false;
  /** The process whose waiting for input was told of, until something is typed. */
  awaitedBy: number | undefined;
  /** Opened on the terminal's side at least once. */
  wasOpened = false;
  /** Woken when all output was taken, for `drain`. */
  readonly drained = new WaitQueue();

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.discipline = new LineDiscipline({ windowSize: options.size });
    this.name = `pts/${options.number}`;
    this.uid = options.uid;
    this.createdMilliseconds = options.nowMilliseconds;
  }

  get path(): string {
    return `/dev/${this.name}`;
  }

  get number(): number {
    return this.#options.number;
  }

  get scheduler(): Scheduler {
    return this.#options.scheduler;
  }

  status(): FileStatus {
    const time = this.createdMilliseconds;
    const times = { modifiedMilliseconds: time, accessedMilliseconds: time, changedMilliseconds: time };
    const base = anonymousStatus('characterDevice', this.number + 3, this.mode);
    return { ...base, ...times, uid: this.uid, gid: this.gid };
  }

  /** The controlling side types. Gives how many bytes were taken. */
  receive(bytes: Uint8Array): number {
    this.awaitedBy = undefined;
    this.#writer = undefined;
    const taken = this.discipline.receive(bytes);
    this.settle();
    return taken;
  }

  /** What comes next is written by this process. */
  beginWrite(pid: number, descriptor: number): void {
    if (this.#writer?.pid !== pid || this.#writer.descriptor !== descriptor) this.#writer = { pid, descriptor };
  }

  setAttributes(attributes: TerminalAttributes, flush: boolean): void {
    this.discipline.setAttributes(attributes, { flush });
    this.settle();
  }

  setWindowSize(size: WindowSize): void {
    if (this.discipline.setWindowSize(size)) this.#options.signalForeground(this, 'SIGWINCH');
  }

  /** The controlling side goes away: reads end, writes fail, the session is told. */
  hangUp(): void {
    if (this.hasHungUp) return;
    this.hasHungUp = true;
    this.outside = undefined;
    this.#options.hungUp(this);
    this.#wakeAll();
    this.releaseIfUnused();
  }

  releaseIfUnused(): void {
    if (this.hasHungUp && this.openSides.size === 0) this.#options.released(this);
  }

  /** After each change: signals go out, output to the outside, and whoever can go on is woken. */
  settle(): void {
    for (const signal of this.discipline.takeSignals()) this.#options.signalForeground(this, signal);
    if (this.outside !== undefined && this.discipline.hasOutput)
      this.outside(this.discipline.takeOutput(), this.#writer);
    this.#wakeAll();
    if (this.discipline.canReceive) this.onRoom?.();
  }

  #wakeAll(): void {
    const { scheduler } = this;
    for (const side of this.openSides) {
      if (side.isReadable) scheduler.wake(side.readableQueue);
      if (side.isWritable) scheduler.wake(side.writableQueue);
    }
    for (const controller of this.controllers) {
      if (controller.isReadable) scheduler.wake(controller.readableQueue);
      if (controller.isWritable) scheduler.wake(controller.writableQueue);
    }
    if (!this.discipline.hasOutput || this.hasHungUp) scheduler.wake(this.drained);
  }
}

/** The terminal's own side, as its programs have it on 0, 1 and 2. */
export class TerminalDescription extends Description {
  readonly terminal: Terminal;

  constructor(terminal: Terminal) {
    super();
    this.terminal = terminal;
    terminal.openSides.add(this);
    terminal.wasOpened = true;
  }

  get target(): string {
    return this.terminal.path;
  }

  override status(): FileStatus {
    return this.terminal.status();
  }

  override read(maximumBytes: number): Uint8Array | Blocked {
    const { terminal } = this;
    if (terminal.hasHungUp) return new Uint8Array(0);
    const bytes = terminal.discipline.read(maximumBytes);
    if (bytes === undefined) return blocked;
    terminal.settle();
    return bytes;
  }

  override write(bytes: Uint8Array): number | Blocked {
    const { terminal } = this;
    if (terminal.hasHungUp) throw new SystemError('EIO', 'write');
    const taken = terminal.discipline.write(bytes);
    if (taken === 0 && bytes.length > 0) return blocked;
    terminal.settle();
    return taken;
  }

  override get isReadable(): boolean {
    return this.terminal.hasHungUp || this.terminal.discipline.canRead;
  }

  override get isWritable(): boolean {
    return this.terminal.hasHungUp || this.terminal.discipline.canWrite;
  }

  protected override close(): void {
    this.terminal.openSides.delete(this);
    this.terminal.settle();
    this.terminal.releaseIfUnused();
  }
}

/** The controlling side, as sshd has it. Its end of stream is that nobody has the terminal open any more. */
export class ControllerDescription extends Description {
  readonly terminal: Terminal;

  constructor(terminal: Terminal) {
    super();
    this.terminal = terminal;
    terminal.controllers.add(this);
  }

  get target(): string {
    return '/dev/ptmx';
  }

  override status(): FileStatus {
    return anonymousStatus('characterDevice', 2, 0o666);
  }

  override read(maximumBytes: number): Uint8Array | Blocked {
    const { discipline } = this.terminal;
    if (!discipline.hasOutput) return this.#isAbandoned ? new Uint8Array(0) : blocked;
    const bytes = discipline.takeOutput(maximumBytes);
    this.terminal.settle();
    return bytes;
  }

  override write(bytes: Uint8Array): number | Blocked {
    if (this.#isAbandoned) throw new SystemError('EIO', 'write');
    const taken = this.terminal.receive(bytes);
    return taken === 0 && bytes.length > 0 ? blocked : taken;
  }

  override get isReadable(): boolean {
    return this.terminal.discipline.hasOutput || this.#isAbandoned;
  }

  override get isWritable(): boolean {
    return this.#isAbandoned || this.terminal.discipline.canReceive;
  }

  get #isAbandoned(): boolean {
    return this.terminal.wasOpened && this.terminal.openSides.size === 0;
  }

  protected override close(): void {
    this.terminal.controllers.delete(this);
    if (this.terminal.controllers.size === 0) this.terminal.hangUp();
  }
}
