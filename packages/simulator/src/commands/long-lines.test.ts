/** One long line must not keep the turn for itself: the steps between its matches count. */
import { utf8Encode } from '@seashell/core/wire';
import type { System } from '@seashell/system';
import { expect, test } from 'vitest';
import { runAsShell } from '../../test/bare-world.ts';
import { commands } from './index.ts';

function countedSystem(system: System) {
  let polls = 0;
  const poll: System['streams']['poll'] = async (...given) => {
    polls += 1;
    return system.streams.poll(...given);
  };
  const streams = new Proxy(system.streams, {
    get: (target, key): unknown => (key === 'poll' ? poll : Reflect.get(target, key)),
  });
  const counted = new Proxy(system, {
    get: (target, key): unknown => (key === 'streams' ? streams : Reflect.get(target, key)),
  });
  return { counted, polls: () => polls };
}

async function pollsOf(argv: readonly string[]): Promise<number> {
  const program = commands.find(({ name }) => name === argv[0])?.program;
  let found = 0;
  const outcome = await runAsShell(async (system) => {
    const file = await system.files.open('line', { access: 'write', create: true, mode: 0o644 });
    await system.streams.write(file, utf8Encode('a'.repeat(1500)));
    await system.streams.close(file);
    const { counted, polls } = countedSystem(system);
    const status = (await program?.(counted, argv)) ?? 1;
    found = polls();
    return status;
  });
  expect(outcome.status).toBe(0);
  return found;
}

test.each([
  [['grep', '-o', String.raw`a*b\|a`, 'line']],
  [['grep', '--color=always', String.raw`a*b\|a`, 'line']],
  [['sed', String.raw`s/a*b\|a/c/g`, 'line']],
])('%j lets others have their turn between the matches of a line', async (argv) => {
  expect(await pollsOf(argv)).toBeGreaterThan(5);
});
