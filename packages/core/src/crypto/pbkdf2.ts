/**
 * PBKDF2 (RFC 8018 section 5.2) with noble's HMAC. The loop is ours, so that it yields progress and can be cancelled: ten million
 * iterations take half a minute.
 */
// oxlint-disable no-underscore-dangle -- noble's own PBKDF2 reuses a keyed HMAC this way; clone() allocates each time
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { assert } from '../assertion.ts';
import type { LongWork } from '../long-work.ts';
import { wipeBytes } from '../wire/bytes.ts';

const hashes = { sha1, sha224, sha256, sha384, sha512 } as const;

/** The hashes that HMAC may use here. */
export type Pbkdf2HashName = keyof typeof hashes;

export interface Pbkdf2Parameters {
  readonly hash: Pbkdf2HashName;
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  /** 1 or more; the caller checks it against a limit before. */
  readonly iterations: number;
  readonly sizeBytes: number;
}

/** Some milliseconds of work. */
const iterationsPerStep = 2048;

/** Yields after every 2,048 iterations; returns `sizeBytes` bytes. */
export function* pbkdf2(parameters: Pbkdf2Parameters): LongWork<Uint8Array<ArrayBuffer>> {
  const { hash, passphrase, salt, iterations, sizeBytes } = parameters;
  assert(iterations >= 1 && sizeBytes >= 1, 'PBKDF2 needs an iteration and a byte at least');
  const keyed = hmac.create(hashes[hash], passphrase);
  const blocks = Math.ceil(sizeBytes / keyed.outputLen);
  const derived = new Uint8Array(blocks * keyed.outputLen);
  const number = new Uint8Array(4);
  const running = keyed.clone();
  const last = new Uint8Array(keyed.outputLen);
  for (let block = 0; block < blocks; block++) {
    new DataView(number.buffer).setUint32(0, block + 1);
    keyed._cloneInto(running).update(salt).update(number).digestInto(last);
    const sum = derived.subarray(block * last.length, (block + 1) * last.length);
    sum.set(last);
    for (let done = 1; done < iterations; done++) {
      keyed._cloneInto(running).update(last).digestInto(last);
      for (let index = 0; index < last.length; index++) sum[index] = (sum[index] ?? 0) ^ (last[index] ?? 0);
      if (done % iterationsPerStep === 0) yield { done: block * iterations + done, total: blocks * iterations };
    }
  }
  keyed.destroy();
  running.destroy();
  wipeBytes(last);
  return derived.slice(0, sizeBytes);
}
