/** `seashell play`: this terminal, or one command line, on a host of a world. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createWorld, standardPrograms, type World } from '@seashell/simulator';
import { CommandLineError } from '../command-line-error.ts';
import { reportCrashes } from '../crash-report.ts';
import { watchdog } from '../real-time.ts';
import { usage } from '../usage.ts';
import { findHost, findWorld, parseOpenSsh, parseSeed, withOpenSsh, worldOptions } from '../world-options.ts';
import { parseAnswers } from './answers.ts';
import { playCommand } from './command.ts';
import { playAnswers } from './scripted.ts';
import { playOnTerminal, terminalSize } from './terminal.ts';

const options = {
  ...worldOptions,
  host: { type: 'string' },
  user: { type: 'string' },
  command: { type: 'string', short: 'c' },
  answers: { type: 'string' },
} as const;

interface Place {
  readonly world: World;
  readonly host: string;
  readonly user: string;
}

const parse = (argv: readonly string[]) => parseArgs({ args: [...argv], options, allowPositionals: false }).values;
type Values = ReturnType<typeof parse>;

/** The world, and where in it the person is. */
function openPlace(values: Values): Place {
  const definition = findWorld(values.world);
  const host = findHost(definition, values.host ?? definition.start.host);
  const user = values.user ?? definition.start.user;
  if (user !== 'root' && !host.users.some((own) => own.name === user)) {
    throw new CommandLineError(`no user of ${host.name} is called '${user}'`);
  }
  const chosen = withOpenSsh(definition, [host.name], parseOpenSsh(values.openssh));
  const world = createWorld({
    definition: chosen,
    seed: parseSeed(values.seed),
    programs: standardPrograms,
    watchdog,
    goesOnAfterCrash: true,
  });
  reportCrashes(world);
  return { world, host: host.name, user };
}

function readAnswers(path: string): readonly Uint8Array[] {
  try {
    return parseAnswers(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof CommandLineError || !(error instanceof Error)) throw error;
    throw new CommandLineError(`cannot read the answers: ${error.message}`);
  }
}

export async function play(argv: readonly string[]): Promise<number> {
  const values = parse(argv);
  if (values.help) {
    process.stdout.write(usage.play);
    return 0;
  }
  if (values.command !== undefined && values.answers !== undefined) {
    throw new CommandLineError('-c and --answers exclude each other');
  }
  const answers = values.answers === undefined ? undefined : readAnswers(values.answers);
  const { world, host, user } = openPlace(values);
  const hasTerminal = process.stdin.isTTY && process.stdout.isTTY;
  if (values.command === undefined && answers === undefined && !hasTerminal) {
    throw new CommandLineError('play needs a terminal; without one, use -c or --answers');
  }
  if (values.command !== undefined) {
    return await playCommand(world, world.openCommand({ host, user, commandLine: values.command }));
  }
  const session = world.openTerminal({ host, user, ...(process.stdout.isTTY ? { size: terminalSize() } : {}) });
  return await (answers === undefined ? playOnTerminal(world, session) : playAnswers(world, session, answers));
}
