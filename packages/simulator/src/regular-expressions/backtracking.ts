/**
 * The matcher for back-references, which no linear one can do: one way after the other, and the longest is kept. The number
 * of ways can be exponential, so their steps are counted, and too many are an error.
 */
import { holds } from './assertion.ts';
import { caseVariants } from './character-set.ts';
import { ExpressionError } from './expression-error.ts';
import { mostBacktrackingSteps } from './limits.ts';
import type { Instruction, Program } from './program.ts';
import type { Outcome, Slots, Subject } from './simulation.ts';

interface Way {
  readonly at: number;
  readonly position: number;
  readonly slots: Slots;
}

const isSame = (a: number, b: number): boolean => a === b || caseVariants(a).includes(b);

class Backtracker {
  steps = 0;
  readonly #instructions: readonly Instruction[];
  readonly #subject: Subject;
  readonly #ignoreCase: boolean;
  readonly #empty: Slots;

  constructor(program: Program, subject: Subject, ignoreCase: boolean) {
    this.#instructions = program.instructions;
    this.#subject = subject;
    this.#ignoreCase = ignoreCase;
    this.#empty = Array.from({ length: program.slots }, () => -1);
  }

  run(): Slots | undefined {
    const { text, from } = this.#subject;
    for (let at = from; at <= text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) {
      const found = this.#longestFrom(at);
      if (found) return found;
    }
    return undefined;
  }

  #longestFrom(start: number): Slots | undefined {
    const stack: Way[] = [{ at: 0, position: start, slots: this.#empty.with(0, start) }];
    let best: Slots | undefined;
    for (let way = stack.pop(); way; way = stack.pop()) {
      this.steps += 1 + (way.slots.length >> 3);
      if (this.steps > mostBacktrackingSteps)
        throw new ExpressionError('the search for a back-reference takes too many steps');
      const instruction = this.#instructions[way.at];
      if (instruction?.op !== 'match') {
        stack.push(...(instruction ? this.#next(way, instruction) : []));
        continue;
      }
      if (way.position > (best?.[1] ?? -1)) best = way.slots.with(1, way.position);
      if (way.position === this.#subject.text.length || this.#subject.any) break;
    }
    return best;
  }

  /** The ways that go on from here; the preferred one last, for it is taken first. */
  #next(way: Way, instruction: Instruction): readonly Way[] {
    const { at, position, slots } = way;
    const on = (to: number, moved: Partial<Way> = {}): readonly Way[] => [{ ...way, at: to, ...moved }];
    switch (instruction.op) {
      case 'match':
        return [];
      case 'jump':
        return on(instruction.to);
      case 'split':
        return [...on(instruction.second), ...on(instruction.first)];
      case 'save':
        return on(at + 1, { slots: slots.with(instruction.slot, position) });
      case 'progress':
        return slots[instruction.slot] === position ? [] : on(at + 1);
      case 'assertion':
        return holds(instruction.assertion, this.#subject, position) ? on(at + 1) : [];
      case 'character': {
        const point = this.#subject.text.codePointAt(position);
        if (point === undefined || !instruction.test(point)) return [];
        return on(at + 1, { position: position + (point > 0xffff ? 2 : 1) });
      }
      case 'reference': {
        const length = this.#referenced(way, instruction.group);
        return length === undefined ? [] : on(at + 1, { position: position + length });
      }
    }
  }

  /** How long the text of a group is, if it stands here again. */
  #referenced({ position, slots }: Way, group: number): number | undefined {
    const [start = -1, end = -1] = [slots[2 * group], slots[2 * group + 1]];
    if (start === -1 || end === -1) return undefined;
    const { text } = this.#subject;
    this.steps += (end - start) >> 3;
    const wanted = text.slice(start, end);
    const found = text.slice(position, position + wanted.length);
    if (found === wanted) return wanted.length;
    if (!this.#ignoreCase || found.length !== wanted.length) return undefined;
    const points = Array.from(found, (each) => each.codePointAt(0) ?? 0);
    const matches = Array.from(wanted).every((each, index) => isSame(each.codePointAt(0) ?? 0, points[index] ?? 0));
    return matches ? wanted.length : undefined;
  }
}

/** Searches, trying the ways in turn; throws ExpressionError when there are too many. */
export function backtrack(program: Program, subject: Subject, ignoreCase: boolean): Outcome {
  const backtracker = new Backtracker(program, subject, ignoreCase);
  const slots = backtracker.run();
  return { slots, steps: backtracker.steps };
}
