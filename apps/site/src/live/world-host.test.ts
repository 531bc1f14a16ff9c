/** A world at the reader's pace: what waits for a packet goes at once, what sleeps sleeps. */
import { createWorld } from '@seashell/simulator';
import { expect, test } from 'vitest';
import { Carriers, joinBytes, type OutputPiece } from './carriers.ts';
import { findWorld } from './find-world.ts';
import { type RealClock, WorldHost, type WorldUpdate } from './world-host.ts';

const size = { columns: 80, rows: 24, widthPixels: 0, heightPixels: 0 };
const encoder = new TextEncoder();

interface Bench {
  readonly host: WorldHost;
  readonly slept: number[];
  /** All that appeared, and from which side. */
  readonly pieces: readonly OutputPiece[];
  /** Resolves when the screen ends with the text. */
  readonly shows: (text: string) => Promise<void>;
}

/** A clock that jumps over what is slept, and stands still while the world waits for the reader. */
function startBench(): Bench {
  const definition = findWorld('essentials');
  const carriers = new Carriers();
  const world = createWorld({ definition, seed: 1, programs: carriers.programs });
  const slept: number[] = [];
  let now = 0;
  let wake: (() => void) | undefined;
  const clock: RealClock = {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        if (milliseconds > 0 && milliseconds < 100_000) slept.push(milliseconds);
        wake = resolve;
        if (milliseconds >= 100_000) return;
        now += milliseconds;
        setImmediate(resolve);
      }),
    wake: () => wake?.(),
  };
  const pieces: OutputPiece[] = [];
  let screen = '';
  let look: (() => void) | undefined;
  const decoder = new TextDecoder();
  const listener = (update: WorldUpdate): Promise<void> => {
    pieces.push(...update.output);
    screen += decoder.decode(joinBytes(update.output.map(({ bytes }) => bytes)), { stream: true });
    look?.();
    return Promise.resolve();
  };
  const host = new WorldHost(world, size, { clock, listener, carriers });
  void host.run();
  const shows = (text: string): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (screen.endsWith(text)) resolve();
      };
      look();
    });
  return { host, slept, shows, pieces };
}

const type = (host: WorldHost, text: string): void => host.input({ type: 'bytes', bytes: encoder.encode(text) });

test('WorldHost runs to the prompt and answers what is typed', async () => {
  const { host, shows, slept } = startBench();
  await shows('demo@laptop:~$ ');
  type(host, 'echo hello\r');
  await shows('hello\r\n\u001b[?2004hdemo@laptop:~$ ');
  expect(slept).toEqual([]);
});

test('WorldHost sleeps in real time as long as a program does', async () => {
  const { host, shows, slept } = startBench();
  await shows('demo@laptop:~$ ');
  type(host, 'sleep 20; echo done\r');
  await shows('done\r\n\u001b[?2004hdemo@laptop:~$ ');
  const total = slept.reduce((sum, milliseconds) => sum + milliseconds, 0);
  expect(total).toBeGreaterThan(19_900);
  expect(total).toBeLessThan(20_100);
});

test('WorldHost takes an interrupt while a program sleeps', async () => {
  const { host, shows } = startBench();
  await shows('demo@laptop:~$ ');
  type(host, 'sleep 100000\r');
  await shows('sleep 100000\r\n\u001b[?2004l\r');
  type(host, '\u0003');
  await shows('^C\r\n\u001b[?2004hdemo@laptop:~$ ');
});

test('WorldHost takes an interrupt while a program floods the screen', async () => {
  const { host, shows } = startBench();
  await shows('demo@laptop:~$ ');
  type(host, 'cat /dev/zero\r');
  await shows('\0'.repeat(100));
  type(host, '\u0003');
  await shows('demo@laptop:~$ ');
});

/** Who printed the lines of the screen that hold `words`. */
const sidesOf = (pieces: readonly OutputPiece[], words: string): readonly string[] => {
  const lines = pieces.flatMap(({ bytes, from }) =>
    new TextDecoder()
      .decode(bytes)
      .split('\n')
      .map((line) => ({ line, from })),
  );
  return [...new Set(lines.filter(({ line }) => line.includes(words)).map(({ from }) => from))];
};

test('what another machine prints is told from what ssh says, on both outputs, also where there is no shell', async () => {
  const { host, shows, pieces } = startBench();
  await shows('demo@laptop:~$ ');
  type(host, 'ssh demo@remote_host "echo over there; cat /nosuch"\r');
  await shows('[fingerprint])? ');
  type(host, 'yes\r');
  await shows('password: ');
  type(host, 'seashell\r');
  await shows('demo@laptop:~$ ');
  expect(sidesOf(pieces, 'over there\r')).toEqual(['server']);
  expect(sidesOf(pieces, 'cat: /nosuch')).toEqual(['server']);
  expect(sidesOf(pieces, 'Permanently added')).toEqual(['client']);
  expect(sidesOf(pieces, 'password:')).toEqual(['client']);
});

test('what a program here makes of the other side’s output is printed here', async () => {
  const { host, shows, pieces } = startBench();
  await shows('demo@laptop:~$ ');
  type(host, 'ssh -o StrictHostKeyChecking=no demo@remote_host hostname | tr a-z A-Z; echo end\r');
  await shows('password: ');
  type(host, 'seashell\r');
  await shows('demo@laptop:~$ ');
  expect(sidesOf(pieces, 'REMOTE_HOST')).toEqual(['client']);
});
