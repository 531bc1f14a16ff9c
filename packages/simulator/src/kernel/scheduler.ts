/**
 * Runs async programs over a virtual clock (DESIGN.md, How programs run): wakes ONE task, waits until it asks for its next
 * operation or ends, then takes the next entry of the queue. So the order of microtasks decides nothing, and a program that
 * awaits the platform only stops virtual time.
 */
import { bytesPerMicrosecond, operationCosts, type OperationName } from './costs.ts';
import { EventQueue, type EntryKind, type QueueEntry } from './event-queue.ts';
import { type Attempt, blocked, type Blocked, type Operation, type Task, type WaitQueue } from './task.ts';
import { SystemError } from '@seashell/system';

export interface ParkOptions {
  /** On the scheduler's clock. */
  readonly deadlineMicroseconds?: number;
}

export class Scheduler {
  readonly queue = new EventQueue();
  /** Microseconds since the world's start. */
  now = 0;
  /** Entries run so far. */
  step = 0;
  /** The task that was woken and has not come back. */
  #current: Task | undefined;
  #resume: (() => void) | undefined;
  /** What time stands still for. */
  #held: Promise<void> | undefined;
  /** The latest time that was reached: `now` is before it while something that began in the past is made up for. */
  #present = 0;

  get current(): Task | undefined {
    return this.#current;
  }

  after(delayMicroseconds: number, kind: EntryKind, run: () => void): QueueEntry {
    return this.queue.schedule(this.now + delayMicroseconds, kind, run);
  }

  /** Runs the next entry. Gives a promise when a task was woken or time is held: it resolves when that task has come back, or with the work. */
  runNext(): Promise<void> | undefined {
    const entry = this.queue.take();
    if (entry === undefined) return undefined;
    this.#present = Math.max(this.#present, this.now);
    this.now = entry.timeMicroseconds;
    this.step += 1;
    entry.run();
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) return held;
    if (this.#current === undefined) return undefined;
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  /** Called by an entry that wakes no task: time stands still until `work` is done, such as bringing code. */
  holdFor(work: Promise<void>): void {
    this.#held = work;
  }

  /**
   * Begins, in the present, what should have begun at an earlier time: `begin` runs with the clock set back, and so does all that it
   * schedules before the present. Nothing may have seen so far that it was missing.
   */
  beginInPast(timeMicroseconds: number, begin: () => void): void {
    const { now } = this;
    this.now = timeMicroseconds;
    try {
      begin();
    } finally {
      this.now = now;
    }
  }

  /** Whether the next entry is of the past. If none is, the clock shows the present again. */
  isInPast(): boolean {
    const present = Math.max(this.now, this.#present);
    const next = this.queue.nextMicroseconds;
    if (next !== undefined && next < present) return true;
    this.now = present;
    return false;
  }

  /** Starts `main` as the program of `task`, after `start`'s cost. */
  start(task: Task, main: () => Promise<number>): void {
    this.after(operationCosts.start, 'activity', () => this.#whenRunning(task, () => this.#call(task, main)));
  }

  /**
   * An operation that `task`'s program asks for: `attempt` is tried after its cost, and again whenever a wait queue on which it
   * parked the task is woken. The promise never settles once the task has ended.
   */
  perform<T>(task: Task, name: OperationName, attempt: Attempt<T>): Promise<T> {
    if (task.ended) return new Promise(() => {});
    if (this.#current !== task) return this.#refuseSecond(task, name);
    return new Promise<T>((resolve, reject) => {
      const settle = (): (() => void) | undefined => {
        const result = attempt();
        return result === blocked ? undefined : () => resolve(result);
      };
      task.operation = { name, attempt: settle, reject, blocked: false, interrupted: false };
      const cost = operationCosts[name] + task.debtMicroseconds;
      task.debtMicroseconds = 0;
      task.cpuMicroseconds += cost;
      this.#attemptAfter(task, cost);
      this.#comeBack();
    });
  }

  /** Lets `task` wait: it tries again when one of `queues` is woken or the deadline is reached. */
  park(task: Task, queues: readonly WaitQueue[], options: ParkOptions = {}): Blocked {
    for (const queue of queues) queue.add(task);
    if (options.deadlineMicroseconds !== undefined) {
      const time = Math.max(this.now, options.deadlineMicroseconds);
      task.timer = this.queue.schedule(time, 'timer', () => this.#attempt(task, task.operation));
    }
    task.waiting = queues.length > 0 ? 'streams' : 'time';
    return blocked;
  }

  wake(queue: WaitQueue): void {
    if (queue.isEmpty) return;
    for (const task of queue.tasks()) this.retry(task);
  }

  /** Makes a blocked task try its operation again. */
  retry(task: Task): void {
    if (task.ended || task.operation === undefined || task.attemptDue) return;
    this.#unpark(task);
    this.#attemptAfter(task, operationCosts.wake);
  }

  /** A handled signal came: a blocked operation that cannot go on now ends with EINTR. */
  interrupt(task: Task): void {
    if (task.operation?.blocked !== true) return;
    task.operation.interrupted = true;
    this.retry(task);
  }

  /** Virtual time for copying bytes, paid with the task's next operation. */
  charge(task: Task, bytes: number): void {
    task.debtMicroseconds += Math.floor(bytes / bytesPerMicrosecond);
  }

  /** A stopped task goes on: what was held back comes now, and what it was blocked in is tried again. */
  continueTask(task: Task): void {
    const { held } = task;
    task.stopped = false;
    task.held = undefined;
    if (held === undefined) this.retry(task);
    else this.after(operationCosts.wake, 'activity', () => this.#whenRunning(task, held));
  }

  /** The task is gone: it is never woken again, and its promise never settles. */
  end(task: Task): void {
    task.ended = true;
    task.operation = undefined;
    task.held = undefined;
    this.#unpark(task);
    if (this.#current === task) this.#comeBack();
  }

  #attemptAfter(task: Task, delayMicroseconds: number): void {
    const { operation } = task;
    task.attemptDue = true;
    this.after(delayMicroseconds, 'activity', () => this.#attempt(task, operation));
  }

  #attempt(task: Task, operation: Operation | undefined): void {
    if (operation === undefined || task.operation !== operation) return;
    task.attemptDue = false;
    this.#whenRunning(task, () => {
      if (task.operation === operation) this.#tryOperation(task, operation);
    });
  }

  #tryOperation(task: Task, operation: Operation): void {
    this.#unpark(task);
    try {
      const settle = operation.attempt();
      if (task.ended) return;
      if (settle !== undefined) this.#complete(task, settle);
      else if (operation.interrupted) throw new SystemError('EINTR', operation.name);
      else operation.blocked = true;
    } catch (error) {
      if (error instanceof SystemError) {
        if (!task.ended) this.#complete(task, () => operation.reject(error));
      } else if (task.ended) throw error;
      else task.failed(error);
    }
  }

  #complete(task: Task, settle: () => void): void {
    this.#unpark(task);
    task.operation = undefined;
    this.#whenRunning(task, () => {
      this.#current = task;
      settle();
    });
  }

  #unpark(task: Task): void {
    for (const queue of task.parkedOn) queue.delete(task);
    task.parkedOn.length = 0;
    task.waiting = 'nothing';
    if (task.timer === undefined) return;
    this.queue.cancel(task.timer);
    task.timer = undefined;
  }

  #whenRunning(task: Task, run: () => void): void {
    if (task.ended) return;
    if (task.stopped) task.held = run;
    else run();
  }

  #call(task: Task, main: () => Promise<number>): void {
    this.#current = task;
    main().then(
      (status) => this.#finish(task, () => task.finished(status)),
      (error: unknown) => this.#finish(task, () => task.failed(error)),
    );
  }

  #finish(task: Task, finished: () => void): void {
    if (task.ended) return;
    if (this.#current !== task) return task.failed(new Error('assertion: a program ended with an operation in flight'));
    this.after(operationCosts.exit, 'activity', () => this.#whenRunning(task, finished));
    this.#comeBack();
  }

  #refuseSecond(task: Task, name: OperationName): Promise<never> {
    task.failed(new Error(`assertion: ${name} was asked for while ${task.operation?.name ?? 'nothing'} is in flight`));
    return new Promise(() => {});
  }

  #comeBack(): void {
    this.#current = undefined;
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }
}
