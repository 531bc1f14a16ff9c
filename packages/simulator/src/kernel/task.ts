/**
 * A task is what the scheduler runs: one program with at most one operation in flight. A wait queue is where blocked tasks
 * wait for one condition; waking it makes each try its operation again.
 */
import type { QueueEntry } from './event-queue.ts';

/** What an attempt at an operation answers when it has to wait; it has parked its task then. */
export const blocked: unique symbol = Symbol('blocked');
export type Blocked = typeof blocked;
export type Attempt<T> = () => T | Blocked;

export interface Operation {
  readonly name: string;
  /** Gives the function that hands the result to the program, or undefined when it has to wait. */
  readonly attempt: () => (() => void) | undefined;
  readonly reject: (error: unknown) => void;
  /** Tried at least once and waiting. */
  blocked: boolean;
  /** A handled signal came while it was blocked. */
  interrupted: boolean;
}

/** What the operation waits for besides streams, for whoever asks whether a world waits for a person. */
export type Waiting = 'streams' | 'time' | 'nothing';

export abstract class Task {
  operation: Operation | undefined;
  readonly parkedOn: WaitQueue[] = [];
  timer: QueueEntry | undefined;
  /** What the present operation waits for; `time` is a sleep. */
  waiting: Waiting = 'nothing';
  /** The next attempt stands in the queue already. */
  attemptDue = false;
  stopped = false;
  ended = false;
  /** What the scheduler would have run while the task was stopped. */
  held: (() => void) | undefined;
  /** Virtual time that the task owes for bytes copied, paid with the next operation. */
  debtMicroseconds = 0;
  cpuMicroseconds = 0;

  /** The program ended and gave its exit status. */
  abstract finished(status: number): void;
  /** The program threw, or broke the rule of one operation. */
  abstract failed(error: unknown): void;
}

export class WaitQueue {
  readonly #tasks = new Set<Task>();

  get isEmpty(): boolean {
    return this.#tasks.size === 0;
  }

  has(task: Task): boolean {
    return this.#tasks.has(task);
  }

  add(task: Task): void {
    this.#tasks.add(task);
    task.parkedOn.push(this);
  }

  delete(task: Task): void {
    this.#tasks.delete(task);
  }

  /** Those who wait, in the order in which they came. */
  tasks(): readonly Task[] {
    return [...this.#tasks];
  }
}
