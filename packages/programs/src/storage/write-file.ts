/** Files written whole: beside the place, then renamed, so that a reader sees the old file or the new one, never half of one. */
import { isSystemError, type System } from '@seashell/system';
import { writeAll } from './write-all.ts';

export type WritingSystem = Pick<System, 'files' | 'streams' | 'random'>;

/** Writes `path` with exactly `mode`, through a temporary file in the same directory; errors name `path`'s own cause. */
export async function replaceFile(
  system: WritingSystem,
  path: string,
  content: { readonly bytes: Uint8Array; readonly mode: number },
): Promise<void> {
  const temporary = `${path}.${randomSuffix(system)}`;
  const descriptor = await system.files.open(temporary, {
    access: 'write',
    create: true,
    exclusive: true,
    mode: content.mode,
  });
  try {
    await writeAndClose(system, descriptor, content.bytes);
    await system.files.changeMode(temporary, content.mode);
    await system.files.rename(temporary, path);
  } catch (error) {
    if (isSystemError(error)) await removeQuietly(system, temporary);
    throw error;
  }
}

async function writeAndClose(system: WritingSystem, descriptor: number, bytes: Uint8Array): Promise<void> {
  try {
    await writeAll(system.streams, descriptor, bytes);
    await system.files.synchronize(descriptor);
  } finally {
    await system.streams.close(descriptor);
  }
}

async function removeQuietly(system: WritingSystem, path: string): Promise<void> {
  try {
    await system.files.remove(path, 'file');
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** Ten letters, as mkstemp(3) takes them. */
function randomSuffix(system: Pick<System, 'random'>): string {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return Array.from(system.random.bytes(10), (byte) => letters.charAt(byte % letters.length)).join('');
}

/** Appends `bytes` to a file, made with `mode` if it is not there. */
export async function appendFile(
  system: Pick<System, 'files' | 'streams'>,
  path: string,
  content: { readonly bytes: Uint8Array; readonly mode: number },
): Promise<void> {
  const descriptor = await system.files.open(path, { access: 'write', create: true, append: true, mode: content.mode });
  try {
    await writeAll(system.streams, descriptor, content.bytes);
  } finally {
    await system.streams.close(descriptor);
  }
}
