/** Makes our `Hash` of one of noble's, so that each hash stays a file of its own and is imported alone. */
import type { CHash } from '@noble/hashes/utils.js';
import type { Hash, RunningHash } from './provider.ts';

interface NobleRunning {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** Our view of one of noble's hash functions. */
export function nobleHash(hash: CHash): Hash {
  return { digestSizeBytes: hash.outputLen, digest: digestWith(hash), start: () => running(hash.create()) };
}

/**
 * Digests at once, on one state that is set back each time: a new one allocates two buffers, which for a short message, like
 * a key, takes longer than its hash. Noble wipes the state when it gives the digest.
 */
function digestWith(hash: CHash): Hash['digest'] {
  let states: { readonly initial: NobleState; readonly work: NobleState } | undefined;
  return (message) => {
    states ??= { initial: hash.create(), work: hash.create() };
    // oxlint-disable-next-line no-underscore-dangle -- the name that its types give to copying a state into another
    return states.initial._cloneInto(states.work).update(message).digest();
  };
}

type NobleState = ReturnType<CHash['create']>;

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
