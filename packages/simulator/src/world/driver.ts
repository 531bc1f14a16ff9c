/**
 * Drives a world: delivers inputs between steps, logs them with the number of the step before which they came, plays a log again,
 * and gives up on a program that awaits what never comes. How fast it is driven changes nothing.
 */
import type { Scheduler } from '../kernel/scheduler.ts';
import type { InputLog, LoggedInput, WorldInput } from './input-log.ts';
import type { RunOptions, RunResult, Watchdog } from './world.ts';

export interface DriverOptions {
  readonly scheduler: Scheduler;
  readonly startsAtMilliseconds: number;
  readonly watchdog: Watchdog | undefined;
  readonly replay: InputLog;
  /** Whether an input can be applied at once; else the boot of its host has begun, and is to be made up for before. */
  readonly isReadyFor: (input: WorldInput) => boolean;
  /** Does what an input says; throws `SystemError` if it cannot. */
  readonly apply: (input: WorldInput) => void;
  /** The process that the kernel waits for. */
  readonly current: () => { readonly host: string; readonly pid: number } | undefined;
}

interface Delivery {
  readonly input: WorldInput;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const defaultMaximumSteps = 100_000;
/** Ticks of the watchdog in a row without a sign of the process. */
const maximumTicks = 10;

export class Driver {
  readonly log: LoggedInput[] = [];
  readonly #options: DriverOptions;
  readonly #scheduler: Scheduler;
  readonly #deliveries: Delivery[] = [];
  #replayed = 0;
  #isRunning = false;
  #isStepping = false;
  /** Inputs are applied one after another, and what has to happen before each of them happens. */
  #isDelivering = false;
  /** What was given between two runs and needs steps. */
  #idleDelivery: Promise<void> | undefined;
  #crash: { readonly error: unknown } | undefined;
  #silentStep = -1;
  #silentTicks = 0;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#scheduler = options.scheduler;
  }

  get isStepping(): boolean {
    return this.#isStepping;
  }

  get isReplaying(): boolean {
    return this.#replayed < this.#options.replay.length;
  }

  /** At once between steps, else before the next one, in the order in which they came. */
  deliver(input: WorldInput): Promise<void> {
    if (this.isReplaying) throw new Error('assertion: an input came before the replay was at its end');
    return new Promise((resolve, reject) => {
      const delivery = { input, resolve, reject };
      if (!this.#isStepping && !this.#isDelivering && this.#isReadyFor(input)) {
        this.#record(input);
        return this.#deliverNow(delivery);
      }
      this.#deliveries.push(delivery);
      if (!this.#isRunning && this.#idleDelivery === undefined) this.#idleDelivery = this.#deliverWaiting();
    });
  }

  /** The run that is under way rejects with it. */
  crashed(error: unknown): void {
    this.#crash ??= { error };
  }

  async run(options: RunOptions = {}): Promise<RunResult> {
    if (this.#isRunning) throw new Error('assertion: the world is running already');
    this.#isRunning = true;
    const stopWatching = this.#options.watchdog?.(() => this.#tick());
    try {
      return await this.#run(options);
    } finally {
      this.#isRunning = false;
      this.#isStepping = false;
      stopWatching?.();
    }
  }

  async #deliverWaiting(): Promise<void> {
    do await this.#deliverDue(Number.POSITIVE_INFINITY);
    while (this.#deliveries.length > 0);
    this.#idleDelivery = undefined;
  }

  async #run({ maximumSteps = defaultMaximumSteps, untilMilliseconds, until }: RunOptions): Promise<RunResult> {
    await this.#idleDelivery;
    const limit = this.#limit(untilMilliseconds);
    for (let steps = 0; ; steps += 1) {
      if (this.#deliveries.length > 0 || this.isReplaying) await this.#deliverDue(limit);
      if (until?.() === true) return 'until';
      const next = this.#scheduler.queue.nextMicroseconds;
      if (next === undefined || next > limit) return this.#stopAt(limit, next);
      if (steps >= maximumSteps) return 'steps';
      await this.#step();
    }
  }

  async #step(): Promise<void> {
    await this.#runEntries();
    const crash = this.#crash;
    this.#crash = undefined;
    if (crash !== undefined) throw crash.error;
  }

  /** One entry, and all those that make up for what began in the past: no input can come there. */
  async #runEntries(): Promise<void> {
    this.#isStepping = true;
    do {
      const woken = this.#scheduler.runNext();
      if (woken === undefined) continue;
      this.#replayExpiry();
      await woken;
    } while (this.#scheduler.isInPast());
    this.#isStepping = false;
  }

  #limit(untilMilliseconds: number | undefined): number {
    if (untilMilliseconds === undefined) return Number.POSITIVE_INFINITY;
    return Math.floor((untilMilliseconds - this.#options.startsAtMilliseconds) * 1000);
  }

  #stopAt(limit: number, next: number | undefined): RunResult {
    if (limit !== Number.POSITIVE_INFINITY) this.#scheduler.now = Math.max(this.#scheduler.now, limit);
    return next === undefined ? 'idle' : 'time';
  }

  /** What was given during the last step, and what the replay has for this moment. */
  async #deliverDue(limit: number): Promise<void> {
    this.#isDelivering = true;
    try {
      await this.#deliverAll(limit);
    } finally {
      this.#isDelivering = false;
    }
  }

  async #deliverAll(limit: number): Promise<void> {
    for (let due = this.#nextReplayed(); due !== undefined && this.#isDue(due, limit); due = this.#nextReplayed()) {
      this.#replayed += 1;
      this.#scheduler.now = due.atMicroseconds;
      this.#record(due.input);
      await this.#makeReadyFor(due.input);
      this.#applyQuietly(due.input);
    }
    for (let next = this.#deliveries.shift(); next !== undefined; next = this.#deliveries.shift()) {
      this.#record(next.input);
      await this.#makeReadyFor(next.input);
      this.#deliverNow(next);
    }
  }

  /** Also what an input before it woke is made up for before. */
  #isReadyFor(input: WorldInput): boolean {
    return this.#options.isReadyFor(input) && !this.#scheduler.isInPast();
  }

  async #makeReadyFor(input: WorldInput): Promise<void> {
    while (!this.#isReadyFor(input)) await this.#runEntries();
  }

  #nextReplayed(): LoggedInput | undefined {
    return this.#options.replay[this.#replayed];
  }

  #isDue(input: LoggedInput, limit: number): boolean {
    if (input.before < this.#scheduler.step) {
      throw new Error(`assertion: the replay went another way before step ${this.#scheduler.step}`);
    }
    return input.before === this.#scheduler.step && input.atMicroseconds <= limit;
  }

  #deliverNow({ input, resolve, reject }: Delivery): void {
    try {
      this.#options.apply(input);
      resolve();
    } catch (error) {
      reject(error);
    }
  }

  #record(input: WorldInput): void {
    this.log.push({ before: this.#scheduler.step, atMicroseconds: this.#scheduler.now, input });
  }

  /** What failed when it was first given fails again, and has told so then. */
  #applyQuietly(input: WorldInput): void {
    try {
      this.#options.apply(input);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'SystemError') throw error;
    }
  }

  /** In a replay the process that never came back is given up at once. */
  #replayExpiry(): void {
    const next = this.#nextReplayed();
    if (next?.input.type !== 'expire' || next.before !== this.#scheduler.step) return;
    this.#replayed += 1;
    this.#record(next.input);
    this.#options.apply(next.input);
  }

  #tick(): void {
    const current = this.#options.current();
    if (current === undefined || this.#silentStep !== this.#scheduler.step) {
      this.#silentStep = this.#scheduler.step;
      this.#silentTicks = 0;
      return;
    }
    this.#silentTicks += 1;
    if (this.#silentTicks < maximumTicks || this.isReplaying) return;
    const expiry = { type: 'expire', ...current } as const;
    this.#record(expiry);
    this.#options.apply(expiry);
  }
}
