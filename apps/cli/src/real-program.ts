/**
 * `seashell ssh`, `ssh-keygen` and `ssh-copy-id`: our programs on this machine. One that can go to the background runs from the start in an
 * inner process under a supervisor, which exits 0 when the inner one says so: Node cannot fork.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import process from 'node:process';
import { platformKeyGenerator } from '@seashell/core/generate';
import { createNodeSystem } from '@seashell/node';
import { createPrograms, type ProgramEntry } from '@seashell/programs';

/** Tells a process that it is the inner one. */
const innerVariable = 'SEASHELL_INNER';
const terminalSignals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGWINCH'] as const;

async function runHere(program: ProgramEntry, argv: readonly string[]): Promise<number> {
  const system = createNodeSystem(process.send === undefined ? {} : { detach });
  return await program.program(system, argv);
}

/** The supervisor ends with 0; what it shared with us stays open. */
async function detach(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.send?.('background', undefined, undefined, () => resolve());
  });
  process.disconnect();
}

/** Waits for the inner process, or for its word that it goes on alone. Signals of the terminal reach it directly. */
async function supervise(argv: readonly string[]): Promise<number> {
  const inner = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1, 3), ...argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [innerVariable]: '1' },
  });
  for (const signal of terminalSignals) process.on(signal, () => undefined);
  process.on('SIGTERM', () => inner.kill('SIGTERM'));
  const background = once(inner, 'message').then(() => 0);
  const ended = once(inner, 'exit').then(([status, signal]) =>
    typeof status === 'number' ? status : signalStatus(signal),
  );
  const status = await Promise.race([background, ended]);
  return status;
}

const signalStatus = (signal: unknown): number => {
  const entry = Object.entries(constants.signals).find(([name]) => name === signal);
  return 128 + (entry?.[1] ?? 1);
};

export interface RealProgram {
  readonly name: string;
  /** Whether it can go on in the background. */
  readonly detaches: boolean;
}

export async function runRealProgram({ name, detaches }: RealProgram, words: readonly string[]): Promise<number> {
  const program = createPrograms({ generateByPlatform: platformKeyGenerator }).find(
    (candidate) => candidate.name === name,
  );
  if (program === undefined) throw new Error(`assertion failed: no program ${name}`);
  const argv = [name, ...words];
  const isInner = process.env[innerVariable] === '1';
  delete process.env[innerVariable];
  return await (detaches && !isInner ? supervise(argv) : runHere(program, argv));
}
