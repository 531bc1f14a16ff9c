/**
 * What becomes of a program that threw what it should have caught, which is a bug of ours: it alone ends, as on Linux, where a crash
 * or an oops of the kernel takes the process in whose name it happened. The world is told of it, and so are those who sit before it.
 */
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import type { Process } from './process.ts';
import { TerminalDescription } from './terminal.ts';

/** As a shell has it of abort(3): 128 and SIGABRT. */
export const crashStatus = 134;
const standardError = 2;

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Words on the standard error of `process`, as far as there is room: a process that crashed cannot wait. */
export function tellCrash(process: Process, error: unknown): void {
  const [name = process.executable] = process.argv;
  try {
    const description = process.descriptors.find(standardError, 'write');
    if (description instanceof TerminalDescription) description.terminal.beginWrite(process.firstPid, standardError);
    description.write(utf8Encode(`${name}: internal error: ${describe(error)}\n`));
  } catch (refusal) {
    if (!isSystemError(refusal)) throw refusal;
  }
}
