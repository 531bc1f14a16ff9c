/** Whether a path leads to a directory, for cd and for completion. */
import { isSystemError } from '@seashell/system';
import type { Shell } from './shell.ts';

/** False also where it cannot be looked at. */
export async function isDirectory(shell: Shell, path: string): Promise<boolean> {
  try {
    return (await shell.system.files.status(path)).type === 'directory';
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
