/** Whole files as bytes and as text, up to a bound. */
import { utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError, SystemError, type System } from '@seashell/system';

/** No file that OpenSSH's programs read as a whole is larger: configuration, keys, known hosts (SECURITY.md: 16 MiB). */
const maximumFileBytes = 16 * 1024 * 1024;

export type ReadingSystem = Pick<System, 'files' | 'streams'>;

/** All bytes of a file; EFBIG beyond 16 MiB. */
export async function readFile(system: ReadingSystem, path: string): Promise<Uint8Array> {
  const descriptor = await system.files.open(path, { access: 'read' });
  try {
    return await readToEnd(system, descriptor, path);
  } finally {
    await system.streams.close(descriptor);
  }
}

/** Reads a descriptor to its end; EFBIG beyond 16 MiB. */
export async function readToEnd(
  system: Pick<System, 'streams'>,
  descriptor: number,
  path?: string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = await readSome(system, descriptor);
    if (chunk === undefined) continue;
    if (chunk.length === 0) return concatenate(chunks, length);
    length += chunk.length;
    if (length > maximumFileBytes) throw new SystemError('EFBIG', 'read', path);
    chunks.push(chunk);
  }
}

async function readSome(system: Pick<System, 'streams'>, descriptor: number): Promise<Uint8Array | undefined> {
  try {
    return await system.streams.read(descriptor, 65_536);
  } catch (error) {
    if (isSystemError(error, 'EINTR')) return undefined;
    throw error;
  }
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** A file's text (UTF-8, wrong bytes replaced), or the error that kept it from being read. */
export async function readTextFile(system: ReadingSystem, path: string): Promise<string | SystemError> {
  try {
    return utf8DecodeLossy(await readFile(system, path));
  } catch (error) {
    if (isSystemError(error)) return error;
    throw error;
  }
}

/** The status of a path, or `undefined` when it cannot be had. */
export async function findStatus(system: Pick<System, 'files'>, path: string) {
  try {
    return await system.files.status(path);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** Why stat(2) of a path fails, in the system's words; `undefined` when it does not. */
export async function statusError(system: Pick<System, 'files'>, path: string): Promise<string | undefined> {
  try {
    await system.files.status(path);
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return error.message;
    throw error;
  }
}
