/**
 * Where a replay differs from its recording. `differences` says why ours is right or cannot be the same; `later` names what a coming
 * issue brings. Both only shrink: a row whose exchange has become equal fails the test.
 */

export interface Difference {
  readonly transcript: string;
  /** Index of the exchange, or the command line of one without a terminal. */
  readonly at: number | string;
  readonly reason: string;
}

export const differences: readonly Difference[] = [];

export const later: readonly Difference[] = [];
