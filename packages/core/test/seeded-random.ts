/** Random bytes that are the same in every run: SHA-512 of a seed and a counter. For tests only. */
import type { RandomSource } from '../src/crypto/index.ts';
import { sha512 } from '../src/crypto/sha512.ts';
import { utf8Encode } from '../src/wire/index.ts';

export function seededRandom(seed: string): RandomSource {
  let counter = 0;
  return (sizeBytes) => {
    const bytes = new Uint8Array(sizeBytes);
    for (let at = 0; at < sizeBytes; at += 64) {
      const block = sha512.digest(utf8Encode(`${seed} ${counter++}`));
      bytes.set(block.subarray(0, sizeBytes - at), at);
    }
    return bytes;
  };
}
