/**
 * Long computations (bcrypt, RSA primes) are generators that yield progress; these are the drivers. None knows a clock: the
 * caller decides when to pause, and stops the work by throwing from `pause`.
 */

/** So much of a long computation is done. Where the total is not known (a search for primes), it is 0. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Where a computation stands between two of its steps. */
export interface LongStep extends Progress {
  /**
   * Where a library does the next step in one piece: the same in slices of the library's own, by its own clock. A driver may run it to its
   * end before the next step, which takes the result then, and does the work at once if nobody has. What `report` throws ends it.
   */
  readonly ahead?: (report: (progress: Progress) => void) => Promise<void>;
}

/** A computation in steps; what it returns is the result. */
export type LongWork<T> = Generator<LongStep, T, void>;

const permille = 1000;

/** What a library does in one piece, both ways: at once, and in slices, telling its progress as a share of 1. */
export interface Piece<T> {
  readonly atOnce: () => T;
  readonly inSlices: (onProgress: (share: number) => void) => Promise<T>;
}

/** A piece as long work of one step, which a driver may run ahead. */
export function* workOfPiece<T>({ atOnce, inSlices }: Piece<T>): LongWork<T> {
  const done: T[] = [];
  yield {
    done: 0,
    total: 1,
    async ahead(report) {
      done.push(await inSlices(reportShare(report)));
    },
  };
  const [result = atOnce()] = done;
  return result;
}

/** Libraries tell often: each thousandth is reported once. */
function reportShare(report: (progress: Progress) => void): (share: number) => void {
  let last = 0;
  return (share) => {
    const done = Math.floor(share * permille);
    if (done === last) return;
    last = done;
    report({ done, total: permille });
  };
}

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
  /**
   * Given, what a library would do in one piece (argon2, scrypt) goes in slices too, of some 10 ms by its own clock; called between them.
   * What it throws ends the work. For pages: where the clock must not decide anything, as in a world, it is left out.
   */
  readonly onLibrarySlice?: (progress: Progress) => void;
}

/** Runs it with pauses, so that the caller stays responsive and can show progress or cancel. */
export async function runInSlices<T>(work: LongWork<T>, slices: Slices): Promise<T> {
  const { stepsPerSlice = 1, pause, onLibrarySlice } = slices;
  for (let steps = 1; ; steps++) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (onLibrarySlice !== undefined) await step.value.ahead?.(onLibrarySlice);
    if (steps % stepsPerSlice === 0) await pause(step.value);
  }
}
