/**
 * What OpenSSH 6.6's ssh-keygen printed, done again on a host of that version, in the order of the recording: each run starts from what
 * the one before left. Left out of it: keys of SSH 1 and RSA below 1,024 bits, which are not made here.
 */
import { readFileSync } from 'node:fs';
import { createWorld, standardPrograms, type World } from '@seashell/simulator';
import type { WorldDefinition } from '@seashell/simulator/world-definition';
import { expect, it } from 'vitest';
import { normalise } from './normalise.ts';

interface RecordedRun {
  readonly command: string;
  /** Command lines that made what it starts from. */
  readonly before?: readonly string[];
  /** Lines typed on a terminal; the recording has them on `output`, where they were shown. */
  readonly typed?: readonly string[];
  readonly output?: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exit: number;
}

const recorded: readonly RecordedRun[] = JSON.parse(
  readFileSync(new URL('fixtures/keygen-6.6.json', import.meta.url), 'utf8'),
);

const definition: WorldDefinition = {
  name: 'oldbox',
  title: 'A machine of 2014',
  description: 'The host of the recordings of OpenSSH 6.6.',
  startsAtMilliseconds: 1_413_795_600_000,
  networks: [{ name: 'lan', latencyMilliseconds: 1 }],
  names: [],
  start: { host: 'oldbox', user: 'vera' },
  hosts: [
    {
      name: 'oldbox',
      image: 'old',
      interfaces: [{ network: 'lan', address: '10.66.0.10' }],
      users: [
        {
          name: 'vera',
          password: 'vera',
          files: [{ path: '.inputrc', content: 'set enable-bracketed-paste off\n' }],
        },
      ],
      services: [],
    },
  ],
};

const fingerprintOf66 = /\b(?:[0-9a-f]{2}:){15}[0-9a-f]{2}\b/g;
const comparable = (text: string): string => normalise(text).replaceAll(fingerprintOf66, 'FINGERPRINT');

const place = { host: 'oldbox', user: 'vera' } as const;

async function runOnStreams(world: World, commandLine: string) {
  const session = world.openCommand({ ...place, commandLine });
  const outputs = { stdout: '', stderr: '' };
  session.onOutput((stream, bytes) => {
    outputs[stream] += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined, maximumSteps: 50_000_000 });
  return { ...outputs, exit: session.status?.type === 'exited' ? session.status.status : -1 };
}

const promptOf = /vera@oldbox:~\$ $/;

/** Types the command at a shell, then the lines, each when the program waits. */
async function runOnTerminal(world: World, run: RecordedRun): Promise<string> {
  const size = { columns: 200, rows: 50, widthPixels: 0, heightPixels: 0 };
  const session = world.openTerminal({ ...place, size });
  let output = '';
  session.onOutput((bytes) => {
    output += new TextDecoder().decode(bytes);
  });
  const settle = async (): Promise<void> => {
    while ((await world.run({ until: () => session.waiting && session.pendingBytes === 0 })) === 'steps');
  };
  await settle();
  output = '';
  for (const line of [`${run.command}\n`, ...(run.typed ?? [])]) {
    session.write(new TextEncoder().encode(line));
    await settle();
  }
  expect(output, 'the program has ended').toMatch(promptOf);
  return output.slice(output.indexOf('\n') + 1).replace(promptOf, '');
}

const withoutReturns = (text: string): string => text.replaceAll('\r', '').trimEnd();

it('ssh-keygen of 6.6: prompts, lines on both streams, exit statuses and files are as recorded', async () => {
  const world = createWorld({ definition, seed: 1, programs: standardPrograms });
  while ((await world.run({ until: () => world.quiet })) === 'steps');
  for (const run of recorded) {
    for (const line of run.before ?? []) await runOnStreams(world, line);
    if (run.typed === undefined) {
      const { command, stdout = '', stderr = '', exit } = run;
      const done = await runOnStreams(world, command);
      expect({ command, out: comparable(done.stdout), err: comparable(done.stderr), exit: done.exit }).toEqual({
        command,
        out: comparable(stdout),
        err: comparable(stderr),
        exit,
      });
    } else {
      const shown = await runOnTerminal(world, run);
      expect({ command: run.command, shown: comparable(withoutReturns(shown)) }).toEqual({
        command: run.command,
        shown: comparable(withoutReturns(run.output ?? '')),
      });
    }
  }
});
