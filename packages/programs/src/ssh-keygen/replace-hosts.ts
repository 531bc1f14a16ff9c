/** A known_hosts file put in place of the old one, which stays as `.old`: unlink, link, rename of ssh-keygen.c. */
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { openTemporary, removeQuietly, withSignalsHeld } from '../storage/save-file.ts';
import { writeAll } from '../storage/write-all.ts';
import type { KeygenRun } from './run.ts';
import type { Failure } from './texts.ts';

/** Writes the lines; why it could not, in OpenSSH's words. 10 keeps of the mode what others may read, 6.6 makes it private. */
export function replaceWithBackup(
  run: KeygenRun,
  path: string,
  lines: readonly string[],
): Promise<Failure | undefined> {
  return withSignalsHeld(run.system, () => replace(run, path, utf8Encode(lines.map((line) => `${line}\n`).join(''))));
}

async function replace(run: KeygenRun, path: string, bytes: Uint8Array): Promise<Failure | undefined> {
  const { files } = run.system;
  const temporary = await writeTemporary(run, path, bytes);
  if ('to' in temporary) return temporary;
  const old = `${path}.old`;
  try {
    await removeOld(run, old);
    await files.link(path, old);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await removeQuietly(run.system, temporary.path);
    const what = error.operation === 'remove' ? `unlink ${old}` : `link ${path} to ${old}`;
    return { text: `${what}: ${error.message}`, to: 'log', status: 255 };
  }
  try {
    await files.rename(temporary.path, path);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await removeQuietly(run.system, temporary.path);
    await removeQuietly(run.system, old);
    return { text: `rename"${temporary.path}" to "${path}": ${error.message}`, to: 'log', status: 1 };
  }
}

/** A backup of before, if there is one. */
async function removeOld(run: KeygenRun, old: string): Promise<void> {
  try {
    await run.system.files.remove(old, 'file');
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
  }
}

async function writeTemporary(
  run: KeygenRun,
  path: string,
  bytes: Uint8Array,
): Promise<{ readonly path: string } | Failure> {
  const { files, streams } = run.system;
  let made: string | undefined;
  try {
    const { mode } = await files.status(path);
    const temporary = await openTemporary(run.system, path, 0o600);
    made = temporary.path;
    try {
      await writeAll(streams, temporary.descriptor, bytes);
      await files.synchronize(temporary.descriptor);
    } finally {
      await streams.close(temporary.descriptor);
    }
    if (!run.isOld) await files.changeMode(made, mode & 0o644);
    return { path: made };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (made !== undefined) await removeQuietly(run.system, made);
    const text = made === undefined ? `mkstemp: ${error.message}` : `write ${made}: ${error.message}`;
    return { text, to: 'log', status: 255 };
  }
}
