/** The bishop's walk of randomart for the picture: how often each square was entered so far, and a step in words. */
import type { RandomartSquare, RandomartStep } from '@seashell/core/fingerprint';

export interface SquareVisits {
  readonly at: RandomartSquare;
  readonly visits: number;
}

/** How often each square was entered in the first steps. */
export function visitsAfter(steps: readonly RandomartStep[], count: number): readonly SquareVisits[] {
  const last = new Map<string, SquareVisits>();
  for (const { to, visits } of steps.slice(0, count)) last.set(`${to.x} ${to.y}`, { at: to, visits });
  return [...last.values()];
}

const directions: Readonly<Record<string, string>> = {
  '00': 'up and left',
  '01': 'up and right',
  '10': 'down and left',
  '11': 'down and right',
};

/** One step in words. */
export function describeStep({ bits, byte, to, visits }: RandomartStep): string {
  const times = visits === 1 ? 'for the first time' : `visit ${visits}`;
  return `byte ${byte}, bits ${bits}: ${directions[bits] ?? ''}, to column ${to.x + 1}, row ${to.y + 1}, ${times}`;
}
