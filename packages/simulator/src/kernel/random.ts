/** Randomness of a world: SHA-256 of seed, name and counter, block after block. The same seed and name give the same bytes. */
import { sha256 } from '@seashell/core/crypto/sha256';
import { utf8Encode } from '@seashell/core/wire';
import type { RandomSource } from '@seashell/system';

/** A source of its own for each `name`: a host, a process. */
export function seededRandom(seed: number, name: string): RandomSource {
  const key = sha256.digest(utf8Encode(`seashell ${seed} ${name}`));
  let counter = 0;
  let block = new Uint8Array(0);
  return {
    bytes(lengthBytes) {
      const result = new Uint8Array(lengthBytes);
      for (let filled = 0; filled < lengthBytes;) {
        if (block.length === 0) block = nextBlock(key, counter++);
        const piece = block.subarray(0, lengthBytes - filled);
        result.set(piece, filled);
        block = block.subarray(piece.length);
        filled += piece.length;
      }
      return result;
    },
  };
}

function nextBlock(key: Uint8Array, counter: number): Uint8Array<ArrayBuffer> {
  const input = new Uint8Array(key.length + 8);
  input.set(key);
  new DataView(input.buffer).setFloat64(key.length, counter);
  return new Uint8Array(sha256.digest(input));
}
