/** The bishop's walk of randomart for the picture: how often each square was entered so far, and a step in words. */
import {
  type RandomartSquare,
  randomartStart,
  randomartSymbol,
  type RandomartStep,
  randomartWidth,
} from '@seashell/core/fingerprint';

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

/** The drawing of `ssh-keygen -lv` as it stands after the first steps; its lines above and below are those of the whole walk. */
export function artAfter(art: string, steps: readonly RandomartStep[], count: number): string {
  if (count >= steps.length) return art;
  const squares = new Map<number, string>();
  const put = ({ x, y }: RandomartSquare, symbol: string): void => void squares.set(y * randomartWidth + x, symbol);
  for (const { at, visits } of visitsAfter(steps, count)) put(at, randomartSymbol(visits));
  put(randomartStart, 'S');
  if (count > 0) put(steps[count - 1]?.to ?? randomartStart, 'E');
  const [head = '', ...lines] = art.split('\n');
  const foot = lines.findIndex((line) => line.startsWith('+'));
  const rows = lines.slice(0, foot).map((_line, y) => {
    const row = Array.from({ length: randomartWidth }, (_square, x) => squares.get(y * randomartWidth + x) ?? ' ');
    return `|${row.join('')}|`;
  });
  return [head, ...rows, ...lines.slice(foot)].join('\n');
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
