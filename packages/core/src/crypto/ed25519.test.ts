import { ed25519 as curves } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { concatBytes, hexDecode, utf8Encode } from '../wire/index.ts';
import { ed25519 } from './ed25519.ts';

const ofHex = (hex: string): Uint8Array => hexDecode(hex) ?? new Uint8Array();

/** Points of order 1, 2, 4 and 8, in their own and in every encoding that is not canonical: y of p and more, x = 0 with a sign. */
const smallOrder = [
  `01${'00'.repeat(31)}`,
  `01${'00'.repeat(30)}80`,
  '00'.repeat(32),
  `${'00'.repeat(31)}80`,
  `ec${'ff'.repeat(30)}7f`,
  `ec${'ff'.repeat(31)}`,
  `ed${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(31)}`,
  `ee${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(31)}`,
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
].map(ofHex);

describe('ed25519', () => {
  const seed = new Uint8Array(32).fill(9);
  const publicKey = ed25519.publicKey(seed);
  const message = utf8Encode('message');
  const signature = ed25519.sign(message, seed);

  it('refuses points of small order, canonical or not, as the key and as R, as noble/curves does', () => {
    const scalars = [new Uint8Array(32), signature.subarray(32)];
    for (const key of [...smallOrder, publicKey]) {
      for (const forged of smallOrder.flatMap((point) => scalars.map((scalar) => concatBytes(point, scalar)))) {
        expect(ed25519.verify({ message, signature: forged, publicKey: key })).toBe(false);
        expect(curves.verify(forged, message, key, { zip215: false })).toBe(false);
      }
      expect(ed25519.verify({ message, signature, publicKey: key })).toBe(key === publicKey);
    }
  });

  it('takes nothing but 32 bytes as a seed', () => {
    for (const size of [0, 31, 33, 64]) expect(() => ed25519.sign(message, new Uint8Array(size))).toThrow(RangeError);
  });
});
