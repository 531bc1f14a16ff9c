/** The question before a file is written over (ssh-keygen.c, confirm_overwrite). */
import { statusError } from '../storage/read-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { readInputLine } from '../terminal/read-passphrase.ts';
import type { KeygenRun } from './run.ts';

/** Whether nothing stands at the path, or the answer begins with y or Y. */
export async function mayWrite(run: KeygenRun, path: string): Promise<boolean> {
  if ((await statusError(run.system, path)) !== undefined) return true;
  await run.print(run.texts.exists(path));
  await writeAll(run.system.streams, 1, run.texts.askOverwrite);
  const answer = await readInputLine(run.system);
  return answer !== undefined && /^[yY]/.test(answer);
}
