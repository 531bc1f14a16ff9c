/** A notice that stands until something is done: notify_start() and notify_complete() of readpass.c, on a terminal. */
import type { System } from '@seashell/system';
import { writeAll } from '../storage/write-all.ts';
import { isTerminal } from './read-passphrase.ts';

/** Ends the notice, with words if there are some to say. */
export type EndNotice = (words?: string) => Promise<void>;

/** Says it on stderr where that is a terminal. Differs from OpenSSH: elsewhere no askpass program is started. */
export async function startNotice(system: Pick<System, 'streams' | 'terminal'>, words: string): Promise<EndNotice> {
  if (!(await isTerminal(system, 2))) return async () => {};
  await writeLine(system, words);
  return async (ending) => {
    if (ending !== undefined) await writeLine(system, ending);
  };
}

/** Over whatever was typed, and right in a raw terminal too: writemsg(). */
function writeLine(system: Pick<System, 'streams'>, words: string): Promise<void> {
  return writeAll(system.streams, 2, `\r${words}\r\n`);
}
