/**
 * Long computations (bcrypt, RSA primes) are generators that yield progress; these are the drivers. None knows a clock: the
 * caller decides when to pause, and stops the work by throwing from `pause`.
 */

/** So much of a long computation is done. Where the total is not known (a search for primes), it is 0. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** A computation in steps; what it returns is the result. */
export type LongWork<T> = Generator<Progress, T, void>;

/** Runs it to the end without a pause. */
export function runAtOnce<T>(work: LongWork<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** How to give way between slices. */
export interface Slices {
  /** Steps between pauses; 1 if not given. A step takes some milliseconds. */
  readonly stepsPerSlice?: number;
  /** Awaited after each slice. What it throws ends the work and comes out of `runInSlices`. */
  readonly pause: (progress: Progress) => Promise<void>;
}

/** Runs it with pauses, so that the caller stays responsive and can show progress or cancel. */
export async function runInSlices<T>(work: LongWork<T>, { stepsPerSlice = 1, pause }: Slices): Promise<T> {
  for (let steps = 1; ; steps++) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (steps % stepsPerSlice === 0) await pause(step.value);
  }
}
