/** Recorded sessions of OpenSSH 10.5, typed again into the world `lab`. */
import { createWorld, standardPrograms, type World } from '@seashell/simulator';
import { describe, expect, it } from 'vitest';
import { differences, later } from './differences.ts';
import { labFor, type Preparation } from './lab-for.ts';
import { normalise } from './normalise.ts';
import { readTranscript, replayCommand, replayTerminal, type CommandOutcome } from './transcript.ts';

/** What each recording started from, read off its text. */
const preparations: Readonly<Record<string, Preparation>> = {
  '12-first-connect': { installedKey: true, knownHosts: false },
  '13-wrong-password': { installedKey: false, knownHosts: true },
  '19-single-command': { installedKey: true, knownHosts: true },
};

const listed = (transcript: string, at: number | string): boolean =>
  [...differences, ...later].some((row) => row.transcript === transcript && row.at === at);

const outcomeText = (outcome: CommandOutcome): string =>
  normalise(JSON.stringify([outcome.stdout, outcome.stderr, outcome.exit]));

const open = (preparation: Preparation): Promise<World> =>
  labFor(preparation, { seed: 1, programs: standardPrograms, createWorld });

describe.each(Object.entries(preparations))('transcript %s', (name, preparation) => {
  const transcript = readTranscript(name);

  it('terminal: every exchange is as recorded, or stands in a list', async () => {
    const exchanges = await replayTerminal(await open(preparation), transcript);
    const wrong = exchanges.filter(
      (exchange) => (normalise(exchange.recorded) === normalise(exchange.simulated)) === listed(name, exchange.index),
    );
    expect(
      wrong.map(({ command, index, simulated }) => ({ index, command, output: normalise(simulated) })),
      'left: what ours printed',
    ).toEqual(wrong.map(({ command, index, recorded }) => ({ index, command, output: normalise(recorded) })));
  });

  const commands = transcript.events.flatMap((event) => ('cmd' in event ? [event] : []));
  it.each(commands.map((event) => [event.cmd, event] as const))(
    'without a terminal: %s',
    async (commandLine, event) => {
      const ours = await replayCommand(
        await open({ ...preparation, ...(name === '12-first-connect' ? { knownHosts: false } : {}) }),
        commandLine,
      );
      expect(outcomeText(ours) === outcomeText(event), `${outcomeText(ours)} was ${outcomeText(event)}`).toBe(
        !listed(name, commandLine),
      );
    },
  );
});
