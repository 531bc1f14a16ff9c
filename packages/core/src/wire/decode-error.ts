/** The one error of malformed bytes: which field, at which byte, and what was expected and found. */

/** What a `DecodeError` is about, beside the sentence. */
export interface DecodePosition {
  /** Path of the field from the outermost struct, like `kexinit.cookie`; empty where there is none. */
  readonly path: string;
  /** Offset in the decoded bytes. */
  readonly offset: number;
}

/**
 * Bytes are not what the format says. The message is one lower-case sentence that ends in the path and the offset;
 * `reason` is the sentence alone.
 */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly reason: string;
  readonly path: string;
  readonly offset: number;

  constructor(reason: string, position: DecodePosition) {
    const field = position.path === '' ? '' : `${position.path}: `;
    super(`${field}${reason} (byte ${position.offset})`);
    this.reason = reason;
    this.path = position.path;
    this.offset = position.offset;
  }
}

/** The same error seen from the struct around it: `name` goes in front of the path. What is no DecodeError stays as it is. */
export function withinField(error: unknown, name: string): unknown {
  if (!(error instanceof DecodeError) || name === '') return error;
  const path = error.path === '' || error.path.startsWith('[') ? name + error.path : `${name}.${error.path}`;
  return new DecodeError(error.reason, { path, offset: error.offset });
}
