/** How a comparison is measured: ours and the peer in turn, A B A B, so that a busy moment meets both; then medians. */
import { performance } from 'node:perf_hooks';

/** Runs once and gives the milliseconds that count, so that preparations can be left out. */
export type Run = () => number | Promise<number>;

export interface Comparison {
  readonly what: string;
  readonly peer: string;
  readonly ours: Run;
  /** Left out where there is nothing of its kind: then ours alone is printed. */
  readonly theirs?: Run;
  /** Measured rounds; 7 if not given. Fewer where one takes seconds. */
  readonly repetitions?: number;
  /** What one run does, like 32 of 'MiB': printed per second, and then more is better. Without it, milliseconds are. */
  readonly work?: { readonly amount: number; readonly unit: string };
}

export interface Outcome {
  readonly comparison: Comparison;
  readonly oursMilliseconds: number;
  readonly theirsMilliseconds: number | undefined;
}

const warmUps = 1;
const usualRepetitions = 7;

export async function compare(comparison: Comparison): Promise<Outcome> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -warmUps; round < (comparison.repetitions ?? usualRepetitions); round++) {
    const own = await comparison.ours();
    const other = await comparison.theirs?.();
    if (round < 0) continue;
    ours.push(own);
    if (other !== undefined) theirs.push(other);
  }
  return { comparison, oursMilliseconds: median(ours) ?? 0, theirsMilliseconds: median(theirs) };
}

function median(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((left, right) => left - right)[numbers.length >> 1];
}

/** The milliseconds that `act` takes. */
export async function time(act: () => unknown): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
