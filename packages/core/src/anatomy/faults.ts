/** Where reading a malformed file stopped, from the error of the format's own reader. */
import { DecodeError } from '../wire/decode-error.ts';
import type { AnatomyFault } from './anatomy.ts';

/** Errors whose paths start like this tell offsets in the file; others in the decoded body. */
const inTheFile = /^(?:file|pem|ppk(?!\.(?:publicBlob|privateBlob))|rfc4716)\b/;

/** Runs a reader for its refusals only. */
export function faultOf(read: () => unknown): AnatomyFault | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { reason, path, offset } = error;
    return { reason, path, at: { body: inTheFile.test(path) ? 0 : 1, offset } };
  }
}
