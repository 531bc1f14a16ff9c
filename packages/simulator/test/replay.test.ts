/**
 * A world of many programs has one history: in Node and in a browser, however often its programs await microtasks or the platform in
 * between, at every pace, and when its log is played again. `expectedDigest` is that history; it changes when a cost or a program does.
 */
import { sha256 } from '@seashell/core/crypto/sha256';
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import type { Program } from '@seashell/system';
import { expect, test } from 'vitest';
import type { InputLog } from '../src/world/input-log.ts';
import type { World } from '../src/world/world.ts';
import { bareWorld } from './bare-world.ts';
import { crowd, disturbed, type Disturbance, echoServer, echoSession, worker } from './busy-programs.ts';

const expectedDigest = 'ffd0937b690d56ae9bdd3c27d1461d955114152c81159d2178d0b14ef58fc2fa';

const hosts = ['alpha', 'beta', 'gamma'];
const programs: Readonly<Record<string, Program>> = {
  sh: crowd,
  worker,
  'echo-server': echoServer,
  'echo-session': echoSession,
};

interface History {
  readonly text: string;
  readonly log: InputLog;
}

function makeWorld(disturb: Disturbance | undefined, replay: InputLog): World {
  const entries = Object.entries(programs).map(([name, program]) => [
    name,
    disturb === undefined ? program : disturbed(program, disturb),
  ]);
  const services = Object.fromEntries(hosts.map((host) => [host, ['echo-server']]));
  return bareWorld({ hosts, services, programs: Object.fromEntries(entries) }, { replay, seed: 7 });
}

/** Events with their steps and times, and what sessions print, in order. */
function listen(world: World): { readonly lines: string[]; readonly attach: (session: number) => void } {
  const lines: string[] = [];
  world.observe((event) => lines.push(JSON.stringify(event)));
  const attach = (number: number): void => {
    const session = world.session(number);
    if (session?.type === 'terminal') {
      session.onOutput((bytes) => lines.push(`${world.step} screen ${number} ${utf8DecodeLossy(bytes)}`));
    } else {
      session?.onOutput((stream, bytes) => lines.push(`${world.step} ${stream} ${number} ${utf8DecodeLossy(bytes)}`));
    }
  };
  return { lines, attach };
}

/** People at two terminals and a command's input, and somebody who pulls cables. */
async function playAll(world: World, maximumSteps: number): Promise<History> {
  const { lines, attach } = listen(world);
  const reach = async (step: number): Promise<void> => {
    while ((await world.run({ maximumSteps, until: () => world.step >= step })) === 'steps');
  };
  await reach(10);
  const first = world.openTerminal({ host: 'alpha', user: 'demo' });
  attach(first.session);
  await reach(100);
  const second = world.openTerminal({ host: 'beta', user: 'root' });
  attach(second.session);
  first.write(utf8Encode('hello\r'));
  await reach(800);
  const command = world.openCommand({ host: 'gamma', user: 'demo', commandLine: '' });
  attach(command.session);
  command.write(utf8Encode('some input'));
  await reach(1500);
  world.setLink('beta', false);
  await reach(2500);
  world.setLink('beta', true);
  second.resize({ columns: 100, rows: 30, widthPixels: 0, heightPixels: 0 });
  command.end();
  await world.writeFile('alpha', '/tmp/from-outside', utf8Encode('text'));
  await reach(3500);
  second.hangUp();
  while ((await world.run({ maximumSteps })) === 'steps');
  lines.push(JSON.stringify(world.snapshot()));
  return { text: lines.join('\n'), log: world.log };
}

async function playLog(log: InputLog): Promise<string> {
  const world = makeWorld(undefined, log);
  const { lines, attach } = listen(world);
  const attached = new Set<number>();
  const until = (): boolean => {
    for (let number = 1; world.session(number) !== undefined; number += 1) {
      if (!attached.has(number)) attach(number);
      attached.add(number);
    }
    return false;
  };
  while ((await world.run({ until })) === 'steps');
  lines.push(JSON.stringify(world.snapshot()));
  return lines.join('\n');
}

function digestOf(text: string): string {
  return Array.from(sha256.digest(utf8Encode(text)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Real chance: it must not matter. */
const microtasks: Disturbance = async () => {
  for (let count = Math.floor(Math.random() * 20); count > 0; count -= 1) await Promise.resolve();
};

const platform: Disturbance = async () => {
  const chance = Math.random();
  if (chance < 0.02) await new Promise((resolve) => setTimeout(resolve, 0));
  else if (chance < 0.2) await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(8));
  else await microtasks();
};

const calm = playAll(makeWorld(undefined, []), 1_000_000);

test('a world of many programs has the history that is written here', async () => {
  const { text } = await calm;
  const started = text.match(/"type":"processStarted"/gu)?.length ?? 0;
  expect(started).toBeGreaterThan(150);
  for (const deed of ['slept SIGUSR1', 'echoed', 'ECONNREFUSED', 'child signaled', '<hello>']) {
    expect(text.includes(deed), deed).toBe(true);
  }
  expect(digestOf(text)).toBe(expectedDigest);
});

test('extra microtasks in the programs change nothing', async () => {
  const { text } = await playAll(makeWorld(microtasks, []), 1_000_000);
  expect(digestOf(text)).toBe(digestOf((await calm).text));
});

test('promises of the platform in the programs change nothing', async () => {
  const { text } = await playAll(makeWorld(platform, []), 1_000_000);
  expect(digestOf(text)).toBe(digestOf((await calm).text));
});

test('the pace changes nothing: seven steps at a time', async () => {
  const { text } = await playAll(makeWorld(undefined, []), 7);
  expect(digestOf(text)).toBe(digestOf((await calm).text));
});

test('the log, played again, gives the same history', async () => {
  const { text, log } = await calm;
  expect(digestOf(await playLog(log))).toBe(digestOf(text));
});
