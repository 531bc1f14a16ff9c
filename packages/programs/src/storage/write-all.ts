/** Writing to a descriptor until everything is written. */
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError, type StreamOperations } from '@seashell/system';

/** Writes all of `data` (text as UTF-8); an interrupted write goes on. EPIPE and the like reject. */
export async function writeAll(
  streams: Pick<StreamOperations, 'write'>,
  descriptor: number,
  data: string | Uint8Array,
): Promise<void> {
  let rest = typeof data === 'string' ? utf8Encode(data) : data;
  while (rest.length > 0) {
    const written = await writeSome(streams, descriptor, rest);
    rest = rest.subarray(written);
  }
}

async function writeSome(streams: Pick<StreamOperations, 'write'>, descriptor: number, bytes: Uint8Array) {
  try {
    return await streams.write(descriptor, bytes);
  } catch (error) {
    if (isSystemError(error, 'EINTR')) return 0;
    throw error;
  }
}
