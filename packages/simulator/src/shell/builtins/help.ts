/** help: the commands that this machine has, in columns. Differs from bash, whose help describes the builtins. */
import { isSystemError } from '@seashell/system';
import { arrangeColumns, displayWidth } from '../../commands/ls-display.ts';
import { searchPath } from '../execute/launch.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { builtinNames } from './names.ts';

async function namesIn(shell: Shell, directory: string): Promise<readonly string[]> {
  try {
    return await shell.system.files.readDirectory(directory);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

/** The names of all programs that PATH finds. */
async function programNames(shell: Shell): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    for (const name of await namesIn(shell, directory)) names.add(name);
  }
  const found = new Set<string>();
  for (const name of names) if ((await searchPath(shell, name)).length > 0) found.add(name);
  return found;
}

async function lineWidth(shell: Shell, descriptor: number | undefined): Promise<number> {
  if (descriptor === undefined) return 80;
  try {
    return (await shell.system.terminal.getWindowSize(descriptor)).columns || 80;
  } catch (error) {
    if (isSystemError(error)) return 80;
    throw error;
  }
}

/** help. */
export const help: Builtin = async ({ shell, write, descriptors }) => {
  const columns = await lineWidth(shell, descriptors.get(1));
  const section = (title: string, names: Iterable<string>) => {
    const sorted = [...names].toSorted();
    return `${title}\n${arrangeColumns(sorted, sorted.map(displayWidth), columns)}`;
  };
  await write(section('Commands of the shell itself:', builtinNames));
  await write(`\n${section('Programs:', await programNames(shell))}`);
  return 0;
};
