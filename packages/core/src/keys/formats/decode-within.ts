/** Errors of a part, told as errors of the whole: a path in front, and where the part begins added to the offset. */
import { DecodeError, withinField } from '../../wire/decode-error.ts';

/** Runs `decode`; what it throws as a DecodeError gets `path` in front and `start` added. */
export function decodeWithin<T>(path: string, start: () => number, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw withinField(new DecodeError(error.reason, { path: error.path, offset: start() + error.offset }), path);
  }
}
