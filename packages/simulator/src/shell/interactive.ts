/** An interactive shell: job control, prompts, line editing, history, and the end of the session. */
import type { Shell } from './shell.ts';
import { descriptorInput, runInput } from './input.ts';

/** Runs commands that a person types. */
export async function runInteractive(shell: Shell): Promise<number> {
  await runInput(shell, descriptorInput(shell, 0));
  return shell.status;
}
