/** Signals by name and number, as kill(1) and the shell read and list them. */
import { signalNumbers, type SignalName } from '@seashell/system';

function isSignalName(name: string): name is SignalName {
  return Object.hasOwn(signalNumbers, name);
}

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

/** All of Linux's names by number, for the lists; those without a row in `signalNumbers` cannot be sent. */
const linuxNames = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ ' +
  'VTALRM PROF WINCH IO PWR SYS'
).split(' ');

/** `TERM` of 15. */
export function signalOfNumber(number: number): string | undefined {
  return linuxNames[number - 1];
}

/** 11 of `SEGV`, `sigsegv`, `RTMIN+3`: signals of Linux, also those that a System does not send. */
export function numberOfSignal(text: string): number | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '');
  const index = [...shellSignals.values()].indexOf(name);
  return index === -1 ? undefined : [...shellSignals.keys()][index];
}

function realTimeName(number: number): string {
  if (number <= 49) return number === 34 ? 'RTMIN' : `RTMIN+${number - 34}`;
  return number === 64 ? 'RTMAX' : `RTMAX-${64 - number}`;
}

/** What bash calls its signals, by number: 32 and 33 are the C library's own. */
export const shellSignals: ReadonlyMap<number, string> = new Map(
  Array.from({ length: 64 }, (_, index) => index + 1)
    .filter((number) => number !== 32 && number !== 33)
    .map((number) => [number, linuxNames[number - 1] ?? realTimeName(number)]),
);

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
