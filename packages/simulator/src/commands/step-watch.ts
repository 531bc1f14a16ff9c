/** Lets signals and other processes have their turn while a command works on expressions, in proportion to that work. */
import type { System } from '@seashell/system';
import type { RegularExpression } from '../regular-expressions/regular-expression.ts';

type Counted = Pick<RegularExpression, 'steps'>;
type Machine = {
  readonly streams: Pick<System['streams'], 'poll'>;
  readonly clock: Pick<System['clock'], 'monotonic'>;
};

/** About a twentieth of a second. */
const stepsBetweenTurns = 500_000;

export class StepWatch {
  readonly #system: Machine;
  /** The steps of each expression that were counted already. */
  readonly #seen = new Map<Counted, number>();
  #sinceTurn = 0;

  constructor(system: Machine) {
    this.#system = system;
  }

  /** To be called between lines, and between the matches of a line, with the expressions that may have made steps. */
  async pause(expressions: readonly Counted[]): Promise<void> {
    for (const expression of expressions) {
      const { steps } = expression;
      this.#sinceTurn += steps - (this.#seen.get(expression) ?? 0);
      this.#seen.set(expression, steps);
    }
    if (this.#sinceTurn < stepsBetweenTurns) return;
    this.#sinceTurn = 0;
    await this.#system.streams.poll([], this.#system.clock.monotonic());
  }
}
