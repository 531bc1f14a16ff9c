/** What a later version of a program brings answers with one plain line and exit status 1, and never does half of it. */
import type { System } from '@seashell/system';
import { writeAll } from './storage/write-all.ts';

/** Says that `what` of `program` is not built yet; the exit status. */
export async function answerLater(system: Pick<System, 'streams'>, program: string, what: string): Promise<number> {
  await writeAll(system.streams, 2, `${program}: ${what} is not available yet\n`);
  return 1;
}
