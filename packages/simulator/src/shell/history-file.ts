/** HISTFILE, where an interactive shell keeps what was typed (bash(1), HISTORY). */
import { isSystemError } from '@seashell/system';
import { readTextFile, writeAll } from '../commands/streams.ts';
import { toBytes } from '../commands/byte-text.ts';
import type { Shell } from './shell.ts';

const historyLimit = 500;

function historyPath(shell: Shell): string {
  return shell.variables.get('HISTFILE') ?? `${shell.variables.get('HOME') ?? ''}/.bash_history`;
}

/** Takes up the lines of earlier shells. */
export async function loadHistory(shell: Shell): Promise<void> {
  try {
    const text = await readTextFile(shell.system, historyPath(shell));
    shell.history.push(...text.split('\n').filter((line) => line !== ''));
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** Leaves the last lines for later shells. */
export async function saveHistory(shell: Shell): Promise<void> {
  const { files, streams } = shell.system;
  const lines = shell.history.slice(-historyLimit);
  if (lines.length === 0) return;
  try {
    const descriptor = await files.open(historyPath(shell), {
      access: 'write',
      create: true,
      truncate: true,
      mode: 0o600,
    });
    await writeAll(shell.system, descriptor, toBytes(lines.map((line) => `${line}\n`).join('')));
    await streams.close(descriptor);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
