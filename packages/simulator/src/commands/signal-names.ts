/** Signals by name and number, as kill(1) and the shell read and list them. */
import { isSignalName, signalNumbers, type SignalName } from '@seashell/system';

/** `9`, `KILL`, `SIGKILL`, `kill`; `undefined` if it is no signal (0 too, which sends nothing). */
export function parseSignal(text: string): SignalName | undefined {
  if (/^\d+$/.test(text)) {
    const name = Object.entries(signalNumbers).find(([, number]) => number === Number(text))?.[0] ?? '';
    return isSignalName(name) ? name : undefined;
  }
  const upper = text.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  return isSignalName(name) ? name : undefined;
}

/** What bash calls its signals, by number. */
export const shellSignals: ReadonlyMap<number, string> = new Map(
  Object.entries(signalNumbers).map(([name, number]) => [number, name.replace(/^SIG/, '')]),
);

/** 11 of `SEGV`, `sigsegv`, and so on for `RTMIN+3`. */
export function numberOfSignal(text: string): number | undefined {
  const signal = /^\d+$/.test(text) ? undefined : parseSignal(text);
  return signal && signalNumbers[signal];
}

/** Without the real-time signals. */
const linuxNames = [...shellSignals].filter(([number]) => number < signalNumbers.SIGRTMIN).map(([, name]) => name);

/** `TERM` of 15; of a real-time signal procps has no name. */
export function signalOfNumber(number: number): string | undefined {
  return linuxNames[number - 1];
}

/** What procps lists: its name for 29 is POLL. */
const procpsNames = linuxNames.map((name) => (name === 'IO' ? 'POLL' : name));

/** The list of `kill -l` in procps, in lines of at most 80 columns. */
export function formatSignalList(): string {
  let text = '';
  let column = 0;
  for (const name of procpsNames) {
    const fits = column + name.length + 1 <= 80;
    text += column === 0 ? name : `${fits ? ' ' : '\n'}${name}`;
    column = column === 0 || !fits ? name.length : column + name.length + 1;
  }
  return `${text}\n`;
}

/** The table of `kill -L` in procps: seven in a row. */
export function formatProcpsTable(): string {
  const cells = procpsNames.map((name, index) => `${String(index + 1).padStart(2)} ${name}`);
  const rows = Array.from({ length: Math.ceil(cells.length / 7) }, (_, row) => cells.slice(row * 7, row * 7 + 7));
  return rows
    .map((row) => row.map((cell, at) => (at === 6 ? cell : cell.padEnd(11))).join(''))
    .map((line) => `${line}\n`)
    .join('');
}

/** The table of `kill -l` in bash: five in a row. */
export function formatSignalTable(): string {
  let text = '';
  let column = 0;
  for (const [number, name] of shellSignals)
    text += `${String(number).padStart(2)}) SIG${name}${++column % 5 === 0 ? '\n' : '\t'}`;
  return `${text}\n`;
}
