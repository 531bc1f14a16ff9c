/** Our own bugs: an assertion crashes loudly and is never caught. Not for input, which gets a DecodeError or a Diagnostic. */

/** Throws when our own code broke its promise. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}
