/**
 * ssh-keygen of each version on keys of a type that it does not know, as tools/record-keygen-types.ts recorded it: 10 on DSA, which went
 * with 10.0, and 6.6 on a key in an authenticator.
 */
import { readFileSync } from 'node:fs';
import { createWorld, standardPrograms, type World } from '@seashell/simulator';
import type { WorldDefinition } from '@seashell/simulator/world-definition';
import { expect, it } from 'vitest';

interface RecordedRun {
  readonly version: '10' | '6.6';
  /** What stands behind `ssh-keygen`; `%` is an empty word. */
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

interface Recording {
  readonly files: readonly { readonly name: string; readonly mode: number; readonly content: string }[];
  readonly runs: readonly RecordedRun[];
}

const recording: Recording = JSON.parse(readFileSync(new URL('fixtures/keygen-types.json', import.meta.url), 'utf8'));
const user = {
  name: 'demo',
  password: 'demo',
  files: recording.files.map(({ name: path, mode, content }) => ({ path, mode, content })),
};
const definition: WorldDefinition = {
  name: 'two-versions',
  title: 'Two versions',
  description: 'A host of each version, with the files of the recording.',
  startsAtMilliseconds: 1_790_000_000_000,
  networks: [{ name: 'lan', latencyMilliseconds: 1 }],
  names: [],
  start: { host: 'host-10', user: 'demo' },
  hosts: (['10', '6.6'] as const).map((version, index) => ({
    name: `host-${version}`,
    image: version === '10' ? 'ubuntu-like' : 'old',
    interfaces: [{ network: 'lan', address: `192.0.2.${10 + index}` }],
    users: [user],
    services: [],
  })),
};

async function runIn(world: World, { version, line }: RecordedRun) {
  const commandLine = `ssh-keygen ${line.replaceAll('%', "''")}`;
  const session = world.openCommand({ host: `host-${version}`, user: 'demo', commandLine });
  const outputs = { stdout: '', stderr: '' };
  session.onOutput((stream, bytes) => {
    outputs[stream] += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined, maximumSteps: 50_000_000 });
  return { version, line, ...outputs, status: session.status?.type === 'exited' ? session.status.status : -1 };
}

it.each(['10', '6.6'] as const)(
  'ssh-keygen of %s refuses types that it does not know, as recorded',
  async (version) => {
    const world = createWorld({ definition, seed: 1, programs: standardPrograms });
    while ((await world.run({ until: () => world.quiet })) === 'steps');
    const done: unknown[] = [];
    const runs = recording.runs.filter((run) => run.version === version);
    for (const run of runs) done.push(await runIn(world, run));
    expect(done).toEqual(runs);
  },
);
