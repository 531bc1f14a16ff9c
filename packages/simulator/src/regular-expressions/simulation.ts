/**
 * The matcher without back-references: all ways at once, so that a search is linear in program times text (Pike's version of
 * Thompson's algorithm). Leftmost first, then longest; between ways of the same length the one that the expression prefers,
 * which is what glibc's groups show.
 */
import { holds } from './assertion.ts';
import { ExpressionError } from './expression-error.ts';
import { mostSteps } from './limits.ts';
import type { Instruction, Program } from './program.ts';

export interface Subject {
  readonly text: string;
  readonly multiline: boolean;
  readonly from: number;
  /** Any match will do: where it ends is not asked. */
  readonly any: boolean;
}

/** Where each slot points; -1 where it does not. Slots 0 and 1 are the match. */
export type Slots = readonly number[];

export interface Outcome {
  readonly slots: Slots | undefined;
  readonly steps: number;
}

interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

class Simulation {
  steps = 0;
  readonly #instructions: readonly Instruction[];
  readonly #subject: Subject;
  /** In which round an instruction was reached last: each is entered once a round, by the preferred way. */
  readonly #reached: Int32Array;
  readonly #empty: Slots;
  #round = 0;
  #best: Slots | undefined;

  constructor(program: Program, subject: Subject) {
    this.#instructions = program.instructions;
    this.#subject = subject;
    this.#reached = new Int32Array(program.instructions.length);
    this.#empty = Array.from({ length: program.slots }, () => -1);
  }

  run(): Slots | undefined {
    const { text, from, any } = this.#subject;
    let threads: Thread[] = [];
    this.#round = 1;
    for (let at = from; ;) {
      if (!this.#best) this.#follow(threads, { at: 0, slots: this.#empty.with(0, at) }, at);
      if (threads.length === 0 && this.#best) break;
      const point = text.codePointAt(at);
      threads = this.#advance(threads, at, point);
      if (point === undefined || (any && this.#best)) break;
      at += point > 0xffff ? 2 : 1;
    }
    return this.#best;
  }

  /** One character on: the threads that the next round begins with. */
  #advance(threads: readonly Thread[], at: number, point: number | undefined): Thread[] {
    const next: Thread[] = [];
    this.#round++;
    for (const thread of threads) {
      const instruction = this.#instructions[thread.at];
      this.#count(1);
      if (this.#isTooLate(thread)) break;
      if (instruction?.op === 'match') this.#best = thread.slots.with(1, at);
      else if (instruction?.op === 'character' && point !== undefined && instruction.test(point))
        this.#follow(next, { at: thread.at + 1, slots: thread.slots }, at + (point > 0xffff ? 2 : 1));
    }
    return next;
  }

  /** It starts after the best match, as all that follow it do. */
  #isTooLate(thread: Thread): boolean {
    return this.#best !== undefined && (thread.slots[0] ?? 0) > (this.#best[0] ?? 0);
  }

  #count(steps: number): void {
    this.steps += steps;
    if (this.steps > mostSteps) throw new ExpressionError('the search takes too many steps');
  }

  /** Adds what is reached from a thread without a character, in the order of preference. */
  #follow(threads: Thread[], from: Thread, position: number): void {
    // Most often the next instruction is a character: no list is needed then.
    if (this.#instructions[from.at]?.op === 'character') {
      this.#enter(threads, from);
      return;
    }
    const stack: Thread[] = [from];
    for (let thread = stack.pop(); thread; thread = stack.pop()) {
      const { at, slots } = thread;
      if (this.#reached[at] === this.#round) continue;
      this.#reached[at] = this.#round;
      this.#count(1);
      const instruction = this.#instructions[at];
      switch (instruction?.op) {
        case 'jump':
          stack.push({ at: instruction.to, slots });
          break;
        case 'split':
          stack.push({ at: instruction.second, slots }, { at: instruction.first, slots });
          break;
        case 'save':
          this.#count(slots.length >> 3);
          stack.push({ at: at + 1, slots: slots.with(instruction.slot, position) });
          break;
        case 'progress':
          if (slots[instruction.slot] !== position) stack.push({ at: at + 1, slots });
          break;
        case 'assertion':
          if (holds(instruction.assertion, this.#subject, position)) stack.push({ at: at + 1, slots });
          break;
        default:
          threads.push(thread);
      }
    }
  }

  #enter(threads: Thread[], thread: Thread): void {
    if (this.#reached[thread.at] === this.#round) return;
    this.#reached[thread.at] = this.#round;
    threads.push(thread);
  }
}

/** Searches; the time is linear in the size of the program times the length of the text. */
export function simulate(program: Program, subject: Subject): Outcome {
  const simulation = new Simulation(program, subject);
  const slots = simulation.run();
  return { slots, steps: simulation.steps };
}
