/** The scratch directory of ssh-copy-id below ~/.ssh. While it is there signals wait until it is gone, as with the script's trap. */
import { isSystemError } from '@seashell/system';
import type { CopyRun } from './copy-run.ts';

/** From here on, of ssh as well. */
const scriptMask = 0o177;
const scratchMode = 0o700;
const trapped = ['SIGINT', 'SIGTERM', 'SIGQUIT'] as const;

/** Gives `work` the path of a file in it; the exit status when the directory cannot be made. */
export async function withScratch<T>(run: CopyRun, work: (file: string) => Promise<T>): Promise<T | number> {
  const { files } = run.system;
  await run.system.process.setFileCreationMask(scriptMask);
  const directory = `${run.home}/.ssh/ssh-copy-id.${randomSuffix(run)}`;
  try {
    await files.makeDirectory(directory, scratchMode);
    await files.changeMode(directory, scratchMode);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return run.fail({ text: run.texts.noScratch(run.name, run.home, error.message), to: 2 });
  }
  await setTraps(run, 'handle');
  try {
    return await work(`${directory}/key`);
  } finally {
    await files.remove(directory, 'directory');
    await setTraps(run, 'default');
  }
}

async function setTraps({ system }: CopyRun, disposition: 'handle' | 'default'): Promise<void> {
  for (const signal of trapped) await system.process.setDisposition(signal, disposition);
}

/** Ten letters, as mktemp(1) takes them. */
function randomSuffix({ system }: CopyRun): string {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return Array.from(system.random.bytes(10), (byte) => letters.charAt(byte % letters.length)).join('');
}
