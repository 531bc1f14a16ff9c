/**
 * The processes of one host and what becomes of them: signals, stops, ends, orphans, waits (signal(7), wait(2), credentials(7)).
 * Process 1 is init, which is no program: it adopts orphans and waits for them at once.
 */
import { type SignalName, SystemError, type WaitStatus } from '@seashell/system';
import { maximumProcesses } from './limits.ts';
import type { Process } from './process.ts';
import type { Scheduler } from './scheduler.ts';
import { defaultAction } from './signal-actions.ts';
import type { Terminal } from './terminal.ts';

export const initPid = 1;
const firstPid = 2;
const lastPid = 32_767;

export interface ProcessTableEvents {
  /** It ended; its descriptors are closed. */
  ended(process: Process, status: WaitStatus): void;
}

export class ProcessTable {
  readonly #processes = new Map<number, Process>();
  readonly #scheduler: Scheduler;
  readonly #events: ProcessTableEvents;
  #lastPid: number;

  /** `lastPid` is the number after which the next process is numbered. */
  constructor(scheduler: Scheduler, events: ProcessTableEvents, lastGivenPid: number) {
    this.#scheduler = scheduler;
    this.#events = events;
    this.#lastPid = lastGivenPid;
  }

  /** All of them, zombies too, by pid. */
  list(): readonly Process[] {
    return [...this.#processes.values()].toSorted((a, b) => a.pid - b.pid);
  }

  get(pid: number): Process | undefined {
    return this.#processes.get(pid);
  }

  /** The next free pid; EAGAIN when the host is full. */
  allocatePid(): number {
    if (this.#processes.size >= maximumProcesses) throw new SystemError('EAGAIN', 'spawn');
    do {
      this.#lastPid = this.#lastPid >= lastPid ? firstPid : this.#lastPid + 1;
    } while (this.#processes.has(this.#lastPid) || this.#isGroup(this.#lastPid));
    return this.#lastPid;
  }

  add(process: Process): void {
    this.#processes.set(process.pid, process);
  }

  /** Gives a process that lives on a new number; used by `detach`, whose old number stays behind as `ghost`. */
  renumber(process: Process, ghost: Process, pid: number): void {
    for (const child of this.childrenOf(process.pid)) child.parentPid = pid;
    this.#processes.set(process.pid, ghost);
    process.pid = pid;
    this.#processes.set(pid, process);
  }

  group(processGroup: number): readonly Process[] {
    return this.list().filter((process) => process.processGroup === processGroup && process.endStatus === undefined);
  }

  childrenOf(pid: number): readonly Process[] {
    return this.list().filter((process) => process.parentPid === pid);
  }

  /** Sends `signal` as the kernel does, without asking who may. */
  signal(process: Process, signal: SignalName): void {
    if (process.endStatus !== undefined) return;
    if (signal === 'SIGCONT') this.#continue(process);
    if (signal === 'SIGKILL') this.#terminate(process, signal);
    else if (process.task.stopped) hold(process, signal);
    else this.#deliver(process, signal);
  }

  signalGroup(processGroup: number, signal: SignalName): void {
    for (const process of this.group(processGroup)) this.signal(process, signal);
  }

  /** The end of a process: its descriptors are closed, its children go to init, its parent is told. */
  end(process: Process, status: WaitStatus): void {
    if (process.endStatus !== undefined) return;
    process.endStatus = status;
    this.#scheduler.end(process.task);
    process.descriptors.closeAll();
    if (process.sessionId === process.pid) this.#leaveSession(process);
    this.#events.ended(process, status);
    const children = this.childrenOf(process.pid);
    for (const child of children) this.#adopt(child);
    this.tellParent(process);
    for (const child of children) this.#releaseOrphans(child, process);
    this.#releaseOrphans(process, this.#processes.get(process.parentPid));
  }

  /** A child that ended or stopped, for wait(2); `undefined` when there is none yet. ECHILD without children. */
  takeChange(parent: Process, pid: number | undefined): WaitStatus | undefined {
    const children = this.childrenOf(parent.pid).filter((child) => pid === undefined || child.pid === pid);
    if (children.length === 0) throw new SystemError('ECHILD', 'wait');
    const changed = children.find(hasChanged);
    if (changed?.endStatus !== undefined) {
      this.#processes.delete(changed.pid);
      return changed.endStatus;
    }
    const signal = changed?.unreportedStop;
    if (changed === undefined || signal === undefined) return undefined;
    changed.unreportedStop = undefined;
    return { type: 'stopped', pid: changed.pid, signal };
  }

  hasChangedChild(parent: Process): boolean {
    return this.childrenOf(parent.pid).some(hasChanged);
  }

  /** Tells the parent that a child changed; init waits for its children at once. */
  tellParent(process: Process): void {
    const parent = this.#processes.get(process.parentPid);
    if (parent === undefined || parent.pid === initPid) {
      if (process.endStatus !== undefined) this.#processes.delete(process.pid);
      return;
    }
    this.#scheduler.wake(parent.childQueue);
    this.signal(parent, 'SIGCHLD');
  }

  /**
   * Whether no member has a parent in another group of the same session, so that nobody would continue it: such a group is not
   * stopped by the terminal.
   */
  isOrphaned(processGroup: number): boolean {
    return this.group(processGroup).every((member) => {
      const parent = this.#processes.get(member.parentPid);
      return parent === undefined || parent.processGroup === processGroup || parent.sessionId !== member.sessionId;
    });
  }

  /** The controlling side of a terminal is gone: its session's leader and its foreground group are told. */
  hangUp(terminal: Terminal): void {
    if (terminal.sessionId === undefined) return;
    const leader = this.#processes.get(terminal.sessionId);
    const members = new Set([...(leader === undefined ? [] : [leader]), ...this.group(terminal.foreground)]);
    for (const member of members) {
      this.signal(member, 'SIGHUP');
      this.signal(member, 'SIGCONT');
    }
  }

  #isGroup(number: number): boolean {
    for (const process of this.#processes.values()) {
      if (process.processGroup === number || process.sessionId === number) return true;
    }
    return false;
  }

  #deliver(process: Process, signal: SignalName): void {
    const disposition = process.disposition(signal);
    if (disposition === 'ignore') return;
    if (disposition === 'handle') return this.#handle(process, signal);
    const action = defaultAction(signal);
    if (action === 'terminate') this.#terminate(process, signal);
    if (action === 'stop') this.#stop(process, signal);
  }

  /** Differs from Linux: real-time signals too wait once, and do not queue. */
  #handle(process: Process, signal: SignalName): void {
    if (!process.pendingSignals.includes(signal)) process.pendingSignals.push(signal);
    this.#scheduler.interrupt(process.task);
  }

  #terminate(process: Process, signal: SignalName): void {
    this.end(process, { type: 'signaled', pid: process.pid, signal });
  }

  #stop(process: Process, signal: SignalName): void {
    if (signal !== 'SIGSTOP' && this.isOrphaned(process.processGroup)) return;
    if (process.task.stopped) return;
    process.task.stopped = true;
    process.unreportedStop = signal;
    this.tellParent(process);
  }

  #continue(process: Process): void {
    const held = process.heldSignals.splice(0).filter((signal) => defaultAction(signal) !== 'stop');
    process.unreportedStop = undefined;
    if (!process.task.stopped) return;
    this.#scheduler.continueTask(process.task);
    for (const signal of held) this.signal(process, signal);
  }

  #adopt(child: Process): void {
    child.parentPid = initPid;
    if (child.endStatus !== undefined) this.#processes.delete(child.pid);
  }

  /** The leader of a session is gone: its terminal is free, and who was in the foreground is told. */
  #leaveSession(leader: Process): void {
    const terminal = leader.controllingTerminal;
    if (terminal === undefined || terminal.sessionId !== leader.sessionId) return;
    const { foreground } = terminal;
    terminal.sessionId = undefined;
    terminal.foreground = 0;
    for (const process of this.list()) {
      if (process.sessionId === leader.sessionId) process.controllingTerminal = undefined;
    }
    this.signalGroup(foreground, 'SIGHUP');
    this.signalGroup(foreground, 'SIGCONT');
  }

  /**
   * The member's group has lost what tied it to its session, if that was `parent`: if it became orphaned so and has stopped members, it is
   * told, as POSIX has it.
   */
  #releaseOrphans({ processGroup, sessionId }: Process, parent: Process | undefined): void {
    if (parent === undefined || parent.processGroup === processGroup || parent.sessionId !== sessionId) return;
    const members = this.group(processGroup);
    if (!members.some((member) => member.task.stopped) || !this.isOrphaned(processGroup)) return;
    for (const member of members) {
      this.signal(member, 'SIGHUP');
      this.signal(member, 'SIGCONT');
    }
  }
}

function hasChanged(child: Process): boolean {
  return child.endStatus !== undefined || child.unreportedStop !== undefined;
}

function hold(process: Process, signal: SignalName): void {
  if (process.disposition(signal) === 'ignore' || process.heldSignals.includes(signal)) return;
  process.heldSignals.push(signal);
}
