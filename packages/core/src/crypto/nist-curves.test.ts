import { p256, p384, p521 } from '@noble/curves/nist.js';
import { describe, expect, it } from 'vitest';
import { checkPoint, nistCurves, scalarOfSeed, scalarSeedExtraBytes } from './nist-curves.ts';

describe.each([
  { curve: nistCurves.nistp256, noble: p256 },
  { curve: nistCurves.nistp384, noble: p384 },
  { curve: nistCurves.nistp521, noble: p521 },
])('nistCurves $curve.name', ({ curve, noble }) => {
  it('has the numbers that the library computes with', () => {
    const { p, b, n, h } = noble.Point.CURVE();
    expect({ p: curve.p, b: curve.b, n: curve.n, h: 1n }).toEqual({ p, b, n, h });
    expect([curve.bits, curve.sizeBytes]).toEqual([noble.Point.Fn.BITS, noble.Point.Fn.BYTES]);
  });

  it('checkPoint takes multiples of the base point and no neighbour of them', () => {
    for (const scalar of [1n, 2n, curve.n - 1n]) {
      const point = noble.Point.BASE.multiply(scalar).toBytes(false);
      expect(checkPoint(curve, point)).toBeUndefined();
      point[point.length - 1] = (point.at(-1) ?? 0) ^ 1;
      expect(checkPoint(curve, point)).toBe(`the point is not on the curve ${curve.name}`);
    }
  });

  it('scalarOfSeed gives 1 to n - 1', () => {
    const size = curve.sizeBytes + scalarSeedExtraBytes;
    expect(scalarOfSeed(curve, new Uint8Array(size))).toBe(1n);
    const largest = scalarOfSeed(curve, new Uint8Array(size).fill(0xff));
    expect(largest > 0n && largest < curve.n).toBe(true);
  });
});
