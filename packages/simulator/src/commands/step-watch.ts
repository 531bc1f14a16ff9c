/** Lets signals and other processes have their turn while a command works on expressions, in proportion to that work. */
import type { System } from '@seashell/system';
import type { RegularExpression } from '../regular-expressions/regular-expression.ts';

/** About a twentieth of a second. */
const stepsBetweenTurns = 500_000;

export class StepWatch {
  readonly #system: System;
  #seen = 0;

  constructor(system: System) {
    this.#system = system;
  }

  /** To be called between lines. */
  async pause(expressions: readonly Pick<RegularExpression, 'steps'>[]): Promise<void> {
    const steps = expressions.reduce((sum, expression) => sum + expression.steps, 0);
    if (steps - this.#seen < stepsBetweenTurns) return;
    this.#seen = steps;
    await this.#system.streams.poll([], this.#system.clock.monotonic());
  }
}
