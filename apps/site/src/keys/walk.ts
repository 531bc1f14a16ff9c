/** The bishop's walk of randomart, step by step, for the picture: two bits of the digest a step, the lowest bits of a byte first. */

export const boardWidth = 17;
export const boardHeight = 9;

export interface Square {
  readonly x: number;
  readonly y: number;
}

export interface WalkStep {
  /** Two binary digits: down and right. */
  readonly bits: string;
  /** Which byte of the digest they come from. */
  readonly byte: number;
  readonly to: Square;
  /** How often the square has been entered, this time included. */
  readonly visits: number;
}

export const start: Square = { x: 8, y: 4 };

const held = (at: number, size: number): number => Math.min(Math.max(at, 0), size - 1);

function stepFrom({ x, y }: Square, direction: number): Square {
  return {
    x: held(x + ((direction & 1) === 0 ? -1 : 1), boardWidth),
    y: held(y + ((direction & 2) === 0 ? -1 : 1), boardHeight),
  };
}

/** All steps of a digest: four a byte. */
export function walkOf(digest: Uint8Array): readonly WalkStep[] {
  const visits = new Map<string, number>();
  const steps: WalkStep[] = [];
  let square = start;
  digest.forEach((value, byte) => {
    for (let shift = 0; shift < 8; shift += 2) {
      const direction = (value >> shift) & 3;
      square = stepFrom(square, direction);
      const name = `${square.x} ${square.y}`;
      const count = (visits.get(name) ?? 0) + 1;
      visits.set(name, count);
      steps.push({ bits: direction.toString(2).padStart(2, '0'), byte, to: square, visits: count });
    }
  });
  return steps;
}

/** How often each square was entered in the first steps. */
export function visitsAfter(
  steps: readonly WalkStep[],
  count: number,
): readonly { readonly at: Square; readonly visits: number }[] {
  const last = new Map<string, { readonly at: Square; readonly visits: number }>();
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
export function describeStep({ bits, byte, to, visits }: WalkStep): string {
  const times = visits === 1 ? 'for the first time' : `visit ${visits}`;
  return `byte ${byte}, bits ${bits}: ${directions[bits] ?? ''}, to column ${to.x + 1}, row ${to.y + 1}, ${times}`;
}
