/** scrypt (RFC 7914) by noble; the caller bounds the cost. */
import { scrypt as atOnce, scryptAsync as inSlices } from '@noble/hashes/scrypt.js';
import { workOfPiece, type LongWork } from '../long-work.ts';

export interface ScryptRequest {
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  /** N: a power of two, 2 or more. */
  readonly cost: number;
  /** r: in units of 128 bytes. */
  readonly blockSize: number;
  /** p. */
  readonly parallelization: number;
  readonly sizeBytes: number;
}

const blockSizeUnit = 128;

/** So many bytes of key material: one step, which noble can slice. */
export function scrypt(request: ScryptRequest): LongWork<Uint8Array> {
  const { passphrase, salt, cost, blockSize, parallelization, sizeBytes } = request;
  // The table, a block for each lane, and the one that noble works on.
  const maxmem = blockSizeUnit * blockSize * (cost + parallelization + 1);
  const parameters = { N: cost, r: blockSize, p: parallelization, dkLen: sizeBytes, maxmem };
  return workOfPiece({
    atOnce: () => atOnce(passphrase, salt, parameters),
    inSlices: (onProgress) => inSlices(passphrase, salt, { ...parameters, onProgress }),
  });
}
