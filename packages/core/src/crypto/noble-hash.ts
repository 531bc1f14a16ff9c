/** Makes our `Hash` of one of noble's, so that each hash stays a file of its own and is imported alone. */
import type { CHash } from '@noble/hashes/utils.js';
import type { Hash, RunningHash } from './provider.ts';

interface NobleRunning {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** Our view of one of noble's hash functions. */
export function nobleHash(hash: CHash): Hash {
  return { digestSizeBytes: hash.outputLen, digest: (message) => hash(message), start: () => running(hash.create()) };
}

function running(inner: NobleRunning): RunningHash {
  const self: RunningHash = {
    update(bytes) {
      inner.update(bytes);
      return self;
    },
    digest: () => inner.digest(),
  };
  return self;
}
