/**
 * The three curves of RFC 5656 section 10.1 as numbers (NIST SP 800-186 section 3.2.1), and what reading keys needs of them: whether
 * a point is on its curve. So a public key is read and fingerprinted without a library of curves.
 */
import { bigintFromBytes } from '../wire/bytes.ts';
import type { NistCurveName } from './provider.ts';

/** y^2 = x^3 - 3x + b modulo p; the base point has the prime order n. */
export interface NistCurve {
  readonly name: NistCurveName;
  readonly bits: number;
  /** Bytes of a coordinate, and of a scalar. */
  readonly sizeBytes: number;
  readonly p: bigint;
  readonly b: bigint;
  readonly n: bigint;
}

export const nistCurves: Readonly<Record<NistCurveName, NistCurve>> = {
  nistp256: {
    name: 'nistp256',
    bits: 256,
    sizeBytes: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  nistp384: {
    name: 'nistp384',
    bits: 384,
    sizeBytes: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  nistp521: {
    name: 'nistp521',
    bits: 521,
    sizeBytes: 66,
    p: 2n ** 521n - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    n: 0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
};

const uncompressed = 4;

/** Why these bytes are no uncompressed point of the curve (SEC 1 section 2.3.4), or undefined. Infinity is none. */
export function checkPoint(curve: NistCurve, point: Uint8Array): string | undefined {
  const { sizeBytes, p, b } = curve;
  if (point.length !== 1 + 2 * sizeBytes) {
    return `expected an uncompressed point of ${1 + 2 * sizeBytes} bytes, found ${point.length}`;
  }
  if (point[0] !== uncompressed) return 'expected an uncompressed point';
  const x = bigintFromBytes(point.subarray(1, 1 + sizeBytes));
  const y = bigintFromBytes(point.subarray(1 + sizeBytes));
  if (x >= p || y >= p) return 'a coordinate is not below the prime of the field';
  return (y * y - (x * x * x - 3n * x + b)) % p === 0n ? undefined : `the point is not on the curve ${curve.name}`;
}

/** How many bytes more than the order has make a scalar without noticeable bias. */
export const scalarSeedExtraBytes = 8;

/** A number from 1 to n - 1 of 8 bytes more than it has: the bias is below 2^-64 (FIPS 186-5 appendix A.2.1). */
export function scalarOfSeed({ n }: Pick<NistCurve, 'n'>, seed: Uint8Array): bigint {
  return (bigintFromBytes(seed) % (n - 1n)) + 1n;
}
