/** argon2 (RFC 9106), version 0x13, by noble; the caller bounds the cost. */
import { argon2d, argon2dAsync, argon2i, argon2iAsync, argon2id, argon2idAsync } from '@noble/hashes/argon2.js';
import { workOfPiece, type LongWork } from '../long-work.ts';

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

const variants = {
  argon2d: { atOnce: argon2d, inSlices: argon2dAsync },
  argon2i: { atOnce: argon2i, inSlices: argon2iAsync },
  argon2id: { atOnce: argon2id, inSlices: argon2idAsync },
} as const;
const bytesPerKibibyte = 1024;

/** So many bytes of key material: one step, which noble can slice. */
export function argon2(request: Argon2Request): LongWork<Uint8Array> {
  const { variant, passphrase, salt, memoryKibibytes, passes, parallelism, sizeBytes } = request;
  const { atOnce, inSlices } = variants[variant];
  const maxmem = memoryKibibytes * bytesPerKibibyte;
  const cost = { m: memoryKibibytes, t: passes, p: parallelism, dkLen: sizeBytes, maxmem };
  return workOfPiece({
    atOnce: () => atOnce(passphrase, salt, cost),
    inSlices: (onProgress) => inSlices(passphrase, salt, { ...cost, onProgress }),
  });
}
