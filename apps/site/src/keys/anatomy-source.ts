/** Until the core has its own. */
import type { Anatomy } from '@seashell/core/anatomy';
export function anatomyOf(bytes: Uint8Array): Anatomy {
  return {
    kind: 'unknown',
    title: 'key',
    bodies: [{ title: 'the file', bytes, origin: { encoding: 'file' } }],
    fields: [],
    fault: undefined,
    isPrivate: false,
  };
}
