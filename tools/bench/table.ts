/** Prints outcomes as rows of a table. The ratio is of speeds or of times, ours to the peer's; the last column says which way is good. */
import type { Outcome } from './compare.ts';

const widths = [48, 20, 23, 7, 7];

export function header(): string {
  return line(['', 'ours', 'peer', 'ratio', 'good is', 'against']);
}

export function row({ comparison, oursMilliseconds, theirsMilliseconds }: Outcome): string {
  const { work } = comparison;
  const show = (milliseconds: number): string =>
    work === undefined
      ? `${significant(milliseconds)} ms`
      : `${significant((work.amount * 1000) / milliseconds)} ${work.unit}/s`;
  const isFast = work !== undefined;
  if (theirsMilliseconds === undefined) {
    return line([comparison.what, show(oursMilliseconds), '', '', isFast ? 'more' : 'less', comparison.peer]);
  }
  const ratio = isFast ? theirsMilliseconds / oursMilliseconds : oursMilliseconds / theirsMilliseconds;
  return line([
    comparison.what,
    show(oursMilliseconds),
    show(theirsMilliseconds),
    significant(ratio),
    isFast ? 'more' : 'less',
    comparison.peer,
  ]);
}

function significant(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) =>
      index === 0 || index === 5 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
    )
    .join('  ')
    .trimEnd();
}
