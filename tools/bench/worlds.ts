/** The virtual System: operations of many programs, the way to a prompt, and a whole ssh login through two hosts. */
import { createWorld, standardPrograms, type RegisteredProgram, type World } from '@seashell/simulator';
import { essentials } from '@seashell/worlds';
import { time, type Comparison } from './compare.ts';
import { SeashellPair } from './seashell-pair.ts';

type Program = RegisteredProgram['program'];

const stations = 100;
const tokens = 20;
const passes = 400;
let operations = 0;

/** Hands on each byte as it comes, one at a time, to the end. */
const station: Program = async ({ streams }) => {
  for (;;) {
    const byte = await streams.read(0, 1);
    operations += 1;
    if (byte.length === 0) return 0;
    await streams.write(1, byte);
    operations += 1;
  }
};

/** Stations in a row, joined by pipes into a ring with this program: bytes go round it. */
const ring: Program = async ({ process, streams }) => {
  const first = await streams.pipe();
  let reader = first.reader;
  for (let count = 0; count < stations; count++) {
    const next = await streams.pipe();
    const descriptors = { 0: reader, 1: next.writer };
    await process.spawn({ path: '/usr/bin/station', argv: ['station'], environment: {}, descriptors });
    await streams.close(reader);
    await streams.close(next.writer);
    reader = next.reader;
  }
  await streams.write(first.writer, new Uint8Array(tokens));
  for (let count = 0; count < passes; count++) await streams.write(first.writer, await streams.read(reader, 1));
  await streams.close(first.writer);
  while ((await streams.read(reader, tokens)).length > 0);
  return 0;
};

const programs: readonly RegisteredProgram[] = [
  ...standardPrograms,
  { name: 'ring', path: '/usr/bin/ring', program: ring },
  { name: 'station', path: '/usr/bin/station', program: station },
];

const { host, user } = essentials.start;
const openWorld = (): World => createWorld({ definition: essentials, seed: 1, programs });

async function runUntil(world: World, until: () => boolean): Promise<void> {
  let result = await world.run({ until });
  while (result === 'steps') result = await world.run({ until });
  if (result !== 'until') throw new Error(`the world ended: ${result}`);
}

/** Passes of the tokens through all stations, and back: read and write each. */
const ringOperations = 2 * stations * (passes + tokens) + stations;

async function runRing(): Promise<number> {
  const world = openWorld();
  await runUntil(world, () => world.quiet);
  operations = 0;
  const session = world.openCommand({ host, user, commandLine: 'ring' });
  const milliseconds = await time(() => runUntil(world, () => session.status !== undefined));
  if (operations !== ringOperations) throw new Error(`${operations} operations were done, not ${ringOperations}`);
  return milliseconds;
}

const nothing = async (count: number): Promise<number> => count;

async function awaitNothing(): Promise<void> {
  for (let count = 0; count < ringOperations; count++) await nothing(count);
}

async function openPrompt() {
  const world = openWorld();
  const terminal = world.openTerminal({ host, user });
  const wait = (): Promise<void> => runUntil(world, () => terminal.waiting && terminal.pendingBytes === 0);
  let screen = '';
  terminal.onOutput((bytes) => {
    screen += new TextDecoder().decode(bytes);
  });
  await wait();
  const type = async (line: string): Promise<string> => {
    screen = '';
    terminal.write(new TextEncoder().encode(`${line}\r`));
    await wait();
    return screen;
  };
  return { screen, type };
}

/** From the command to the next prompt, with the host key's question and the password answered. */
async function logIn(): Promise<number> {
  const { type } = await openPrompt();
  let screen = '';
  const milliseconds = await time(async () => {
    await type('ssh demo@remote_host hostname');
    await type('yes');
    screen = await type('seashell');
  });
  if (!screen.includes('remote_host')) throw new Error(`the login went wrong: ${screen}`);
  return milliseconds;
}

export const worlds: readonly Comparison[] = [
  {
    what: `kernel: ${stations} programs in a ring of pipes`,
    peer: 'as many bare awaited calls',
    work: { amount: ringOperations, unit: 'operations' },
    ours: runRing,
    theirs: () => time(awaitNothing),
  },
  { what: 'essentials from createWorld to a prompt', peer: '', ours: () => time(openPrompt) },
  {
    what: 'ssh demo@remote_host hostname, with password',
    peer: 'our bare handshake and login',
    ours: logIn,
    theirs: () => time(() => new SeashellPair('chacha20-poly1305@openssh.com').logIn()),
  },
];
