/** argon2 (RFC 9106), version 0x13, by noble; the caller bounds the cost. */
import { argon2d, argon2i, argon2id } from '@noble/hashes/argon2.js';
import type { LongWork } from '../long-work.ts';

export type Argon2Variant = 'argon2d' | 'argon2i' | 'argon2id';

export interface Argon2Request {
  readonly variant: Argon2Variant;
  readonly passphrase: Uint8Array;
  /** 8 bytes or more. */
  readonly salt: Uint8Array;
  /** At least 8 for each lane. */
  readonly memoryKibibytes: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly sizeBytes: number;
}

const variants = { argon2d, argon2i, argon2id } as const;
const bytesPerKibibyte = 1024;

/** So many bytes of key material. */
export function* argon2(request: Argon2Request): LongWork<Uint8Array> {
  const { variant, passphrase, salt, memoryKibibytes, passes, parallelism, sizeBytes } = request;
  yield { done: 0, total: passes };
  const maxmem = memoryKibibytes * bytesPerKibibyte;
  return variants[variant](passphrase, salt, {
    m: memoryKibibytes,
    t: passes,
    p: parallelism,
    dkLen: sizeBytes,
    maxmem,
  });
}
