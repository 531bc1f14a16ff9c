/**
 * Files saved as open(2) with O_TRUNC would leave them (mode, symbolic links), but whole: written beside the place and renamed, so
 * that neither ^C nor a full disk costs what was there. Differs from OpenSSH, which writes over the file itself.
 */
import { isSystemError, type FileStatus, type SignalName, type System } from '@seashell/system';
import { writeAll } from './write-all.ts';

export type SavingSystem = Pick<System, 'files' | 'streams' | 'random' | 'process'>;

export interface SavedContent {
  readonly bytes: Uint8Array;
  /** Of a new file, before the umask; a file that was there keeps its own. */
  readonly mode: number;
}

/** Rejects with SystemError; then the old file is as it was, and nothing lies beside it. */
export async function saveFile(system: SavingSystem, path: string, content: SavedContent): Promise<void> {
  await withSignalsHeld(system, async () => {
    const before = await statusOf(system, path);
    if (before !== undefined && before.type !== 'file') return writeInPlace(system, path, content);
    const place = before === undefined ? await placeOfNew(system, path) : await system.files.realPath(path);
    const temporary = await openTemporary(system, place, before?.mode ?? content.mode);
    return fillAndRename(system, temporary, { place, bytes: content.bytes, kept: before });
  });
}

/** A directory says EISDIR, a device takes the bytes. */
async function writeInPlace(system: SavingSystem, path: string, { bytes, mode }: SavedContent): Promise<void> {
  const descriptor = await system.files.open(path, { access: 'write', create: true, truncate: true, mode });
  try {
    await writeAll(system.streams, descriptor, bytes);
  } finally {
    await system.streams.close(descriptor);
  }
}

interface Temporary {
  readonly path: string;
  readonly descriptor: number;
}

/** A new file beside `place` that nobody else has open, as mkstemp(3) makes one. */
export async function openTemporary(system: SavingSystem, place: string, mode: number): Promise<Temporary> {
  const path = `${place}.${randomSuffix(system)}`;
  const descriptor = await system.files.open(path, { access: 'write', create: true, exclusive: true, mode });
  return { path, descriptor };
}

interface Filling {
  readonly place: string;
  readonly bytes: Uint8Array;
  /** The status of the file that was there. */
  readonly kept: FileStatus | undefined;
}

async function fillAndRename(system: SavingSystem, temporary: Temporary, filling: Filling): Promise<void> {
  try {
    await fill(system, temporary.descriptor, filling.bytes);
    if (filling.kept !== undefined) await system.files.changeMode(temporary.path, filling.kept.mode);
    await system.files.rename(temporary.path, filling.place);
  } catch (error) {
    if (isSystemError(error)) await removeQuietly(system, temporary.path);
    throw error;
  }
}

async function fill(system: SavingSystem, descriptor: number, bytes: Uint8Array): Promise<void> {
  try {
    await writeAll(system.streams, descriptor, bytes);
    await system.files.synchronize(descriptor);
  } finally {
    await system.streams.close(descriptor);
  }
}

/** Removes a file that may be gone. */
export async function removeQuietly(system: Pick<System, 'files'>, path: string): Promise<void> {
  try {
    await system.files.remove(path, 'file');
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

const ending: readonly SignalName[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** Does `work` to its end; signals that came meanwhile then have their effect. */
export async function withSignalsHeld<T>(
  system: Pick<System, 'streams' | 'process'>,
  work: () => Promise<T>,
): Promise<T> {
  for (const signal of ending) await system.process.setDisposition(signal, 'handle');
  try {
    return await work();
  } finally {
    const { signals } = await system.streams.poll([], 0);
    for (const signal of ending) await system.process.setDisposition(signal, 'default');
    for (const signal of signals) if (ending.includes(signal)) await system.process.kill(system.process.pid, signal);
  }
}

/** Where open(2) with O_CREAT makes a file that is not there: at the end of symbolic links, if `path` is one. */
async function placeOfNew(system: SavingSystem, path: string): Promise<string> {
  let place = path;
  for (let followed = 0; followed < maximumLinks; followed += 1) {
    const target = await linkTarget(system, place);
    if (target === undefined) break;
    place = target.startsWith('/') ? target : place.slice(0, place.lastIndexOf('/') + 1) + target;
  }
  return place;
}

/** MAXSYMLINKS; more are refused before this is asked. */
const maximumLinks = 40;

async function linkTarget(system: SavingSystem, path: string): Promise<string | undefined> {
  try {
    return await system.files.readLink(path);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

async function statusOf(system: SavingSystem, path: string): Promise<FileStatus | undefined> {
  try {
    return await system.files.status(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Ten letters, as mkstemp(3) takes them. */
function randomSuffix(system: Pick<System, 'random'>): string {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return Array.from(system.random.bytes(10), (byte) => letters.charAt(byte % letters.length)).join('');
}
