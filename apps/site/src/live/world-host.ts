/**
 * A world and its terminal, kept going at the reader's pace: it runs until nothing is left to do, then waits in real time for what is
 * due. Short waits (the way of a packet) are skipped, so that the reader is not kept by latencies; a program that sleeps sleeps.
 */
import {
  signalNumbers,
  type TerminalSession,
  type WaitStatus,
  type WindowSize,
  type World,
  type WorldEvent,
} from '@seashell/simulator';
import { type Carriers, joinPieces, type OutputPiece } from './carriers.ts';
import type { PageEvent } from './world-state.ts';

/** Virtual time that is skipped after each input, at most. */
const skippedMilliseconds = 3000;
/** Steps between two looks at what the page has sent. */
const stepsPerSlice = 4000;
/** And the most time: one step can be long work, like a search for primes, and ^C and the screen wait for nobody. */
const sliceMilliseconds = 40;

export interface WorldUpdate {
  readonly output: readonly OutputPiece[];
  readonly events: readonly PageEvent[];
  /** Whether a person would type now. */
  readonly waiting: boolean;
  readonly echo: boolean;
  readonly ended: boolean;
}

/** The world waits until the page has taken an update: a flood cannot run ahead of the screen. */
export type WorldListener = (update: WorldUpdate) => Promise<void>;

export type WorldInput =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'resize'; readonly size: WindowSize };

/** Real time, so that tests can have their own. */
export interface RealClock {
  now(): number;
  /** Resolves after the time, or when `wake` is called. */
  sleep(milliseconds: number): Promise<void>;
  wake(): void;
}

/** `$?` after a process that ended so: bash(1), EXIT STATUS. */
function exitOf(status: WaitStatus): number | undefined {
  if (status.type === 'exited') return status.status;
  return status.type === 'signaled' ? 128 + signalNumbers[status.signal] : undefined;
}

const pageEvent = (event: WorldEvent): PageEvent =>
  event.type === 'processEnded' ? { ...event, exit: exitOf(event.status) } : event;

export class WorldHost {
  readonly #world: World;
  readonly #terminal: TerminalSession;
  readonly #clock: RealClock;
  readonly #listener: WorldListener;
  readonly #inputs: WorldInput[] = [];
  #output: OutputPiece[] = [];
  #events: PageEvent[] = [];
  #skipLeft = skippedMilliseconds;
  #told = '';

  /** Opens a terminal of the world's first user. The world's programs are those of `carriers`. */
  constructor(
    world: World,
    size: WindowSize,
    options: { readonly clock: RealClock; readonly listener: WorldListener; readonly carriers: Carriers },
  ) {
    const { carriers } = options;
    this.#world = world;
    this.#clock = options.clock;
    this.#listener = options.listener;
    world.observe((event) => this.#events.push(pageEvent(event)));
    this.#terminal = world.openTerminal({ ...world.definition.start, size });
    carriers.onEvent = (event) => this.#events.push(event);
    const { host } = this.#terminal;
    this.#terminal.onOutput((bytes, writer) => this.#output.push(carriers.pieceOf(host, bytes, writer)));
  }

  input(input: WorldInput): void {
    this.#inputs.push(input);
    this.#clock.wake();
  }

  /** Goes on until the terminal's shell has ended. */
  async run(): Promise<void> {
    while (this.#terminal.status === undefined) {
      this.#takeInputs();
      const isOver = this.#slice();
      const result = await this.#world.run({
        until: () => this.#world.quiet || this.#inputs.length > 0 || isOver(),
        maximumSteps: stepsPerSlice,
      });
      await this.#tell();
      if (result === 'steps' || (isOver() && !this.#world.quiet)) await this.#clock.sleep(0);
      else if (this.#world.quiet && this.#inputs.length === 0) await this.#wait();
    }
    await this.#tell();
  }

  /** Begins a slice: whether its time is over. */
  #slice(): () => boolean {
    const end = this.#clock.now() + sliceMilliseconds;
    return () => this.#clock.now() >= end;
  }

  #takeInputs(): void {
    if (this.#inputs.length > 0) this.#skipLeft = skippedMilliseconds;
    for (const input of this.#inputs.splice(0)) {
      if (input.type === 'bytes') this.#terminal.write(input.bytes);
      else this.#terminal.resize(input.size);
    }
  }

  async #wait(): Promise<void> {
    const next = this.#world.nextMilliseconds;
    const gap = next === undefined ? Number.POSITIVE_INFINITY : next - this.#world.nowMilliseconds;
    if (next !== undefined && gap <= this.#skipLeft && !this.#terminal.waiting) {
      this.#skipLeft -= gap;
      const isOver = this.#slice();
      await this.#world.run({
        untilMilliseconds: next,
        until: () => this.#inputs.length > 0 || isOver(),
        maximumSteps: stepsPerSlice,
      });
      return;
    }
    const start = this.#clock.now();
    await this.#clock.sleep(gap);
    const passed = Math.min(gap, this.#clock.now() - start);
    await this.#world.run({ untilMilliseconds: this.#world.nowMilliseconds + passed, maximumSteps: stepsPerSlice });
  }

  async #tell(): Promise<void> {
    const { waiting, echo, status } = this.#terminal;
    const state = `${waiting} ${echo} ${status === undefined}`;
    if (this.#output.length === 0 && this.#events.length === 0 && state === this.#told) return;
    this.#told = state;
    const output = joinPieces(this.#output);
    const events = this.#events;
    this.#output = [];
    this.#events = [];
    await this.#listener({ output, events, waiting, echo, ended: status !== undefined });
  }
}
