/** The part of the contract that is about ECDSA, ECDH on the same curves, DSA and ML-DSA-44. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nobleProvider, type CryptoProvider, type NistCurveName, type SignaturePair } from '../src/crypto/index.ts';
import { nistCurves } from '../src/crypto/nist-curves.ts';
import { sha256 } from '../src/crypto/sha256.ts';
import { concatBytes, hexEncode, utf8Encode } from '../src/wire/index.ts';
import { bytesOf, counting, dsaVector, ecdhVectors, ecdsaVectors, mldsa44Vector } from './crypto-vectors.ts';

const few = { numRuns: 5 };
const curveNames: readonly NistCurveName[] = ['nistp256', 'nistp384', 'nistp521'];
const messages = fc.uint8Array({ maxLength: 100 });
const scalars = (curve: NistCurveName): fc.Arbitrary<bigint> => fc.bigInt({ min: 1n, max: nistCurves[curve].n - 1n });

function withByte(source: Uint8Array, at: number, change: (value: number) => number): Uint8Array {
  const changed = Uint8Array.from(source);
  const index = (at + changed.length) % changed.length;
  changed[index] = change(changed[index] ?? 0);
  return changed;
}

/** What is no uncompressed point of the curve, made of one. */
function notPoints(curve: NistCurveName, point: Uint8Array): readonly (readonly [string, Uint8Array])[] {
  const { sizeBytes } = nistCurves[curve];
  const x = point.subarray(1, 1 + sizeBytes);
  return [
    ['nothing', new Uint8Array()],
    ['infinity', Uint8Array.of(0)],
    ['infinity in full length', new Uint8Array(point.length)],
    ['compressed', concatBytes(Uint8Array.of(2 + ((point.at(-1) ?? 0) & 1)), x)],
    ['hybrid', withByte(point, 0, () => 6 + ((point.at(-1) ?? 0) & 1))],
    ['off the curve', withByte(point, -1, (value) => value ^ 1)],
    ['coordinates above the prime', new Uint8Array(point.length).fill(0xff).fill(4, 0, 1)],
    ['x = y = 0', new Uint8Array(point.length).fill(4, 0, 1)],
    ['a byte short', point.subarray(0, -1)],
    ['a byte long', concatBytes(point, Uint8Array.of(0))],
  ];
}

/** Pairs that no signature may be: 0, the order and above, and what a careless verifier takes for them. */
function outOfRange({ r, s }: SignaturePair, order: bigint): readonly SignaturePair[] {
  const zeros = [
    { r: 0n, s },
    { r, s: 0n },
    { r: 0n, s: 0n },
  ];
  const above = [order, order * 2n].flatMap((more) => [
    { r: r + more, s },
    { r, s: s + more },
    { r: more, s },
    { r, s: more },
  ]);
  return [...zeros, ...above, { r: -r, s }, { r, s: -s }, { r: s, s: r }];
}

/** ECDSA on the three curves. */
export function describeEcdsa(provider: CryptoProvider): void {
  describe.each(curveNames)('ecdsa %s', (curve) => {
    const ecdsa = provider.ecdsa[curve];
    const { n } = nistCurves[curve];
    const vectors = ecdsaVectors.filter((vector) => vector.curve === curve);

    it.each(vectors)('RFC 6979: signs "$text"', ({ text, scalar, r, s }) => {
      const [message, publicKey] = [utf8Encode(text), ecdsa.publicKey(scalar)];
      expect(ecdsa.sign(message, scalar)).toEqual({ r, s });
      expect(ecdsa.verify({ message, signature: { r, s }, publicKey })).toBe(true);
      expect(ecdsa.verify({ message, signature: { r, s: n - s }, publicKey })).toBe(true);
    });

    const scalar = vectors[0]?.scalar ?? 0n;
    const [message, publicKey] = [utf8Encode('message'), ecdsa.publicKey(scalar)];
    const signature = ecdsa.sign(message, scalar);

    it('refuses numbers out of range, another message and another key', () => {
      for (const wrong of outOfRange(signature, n)) {
        expect(ecdsa.verify({ message, signature: wrong, publicKey }), `${wrong.r}, ${wrong.s}`).toBe(false);
      }
      expect(ecdsa.verify({ message: utf8Encode('other'), signature, publicKey })).toBe(false);
      expect(ecdsa.verify({ message, signature, publicKey: ecdsa.publicKey(scalar - 1n) })).toBe(false);
    });

    it.each(notPoints(curve, publicKey))('refuses a key that is no point: %s', (_name, point) => {
      expect(ecdsa.verify({ message, signature, publicKey: point })).toBe(false);
    });

    it('gives the same points and signatures as noble', () => {
      const noble = nobleProvider.ecdsa[curve];
      fc.assert(
        fc.property(scalars(curve), messages, (secret, text) => {
          expect(hexEncode(ecdsa.publicKey(secret))).toBe(hexEncode(noble.publicKey(secret)));
          expect(ecdsa.sign(text, secret)).toEqual(noble.sign(text, secret));
        }),
        few,
      );
    });
  });
}

/** Diffie-Hellman on the three curves. */
export function describeEcdh(provider: CryptoProvider): void {
  describe.each(ecdhVectors)('ecdh $curve', ({ curve, scalars: [first, second], shared }) => {
    const ecdh = provider.ecdh[curve];
    const { n, sizeBytes } = nistCurves[curve];

    it('RFC 5903: both sides find the published secret', () => {
      for (const [ours, theirs] of [
        [first, second],
        [second, first],
      ] as const) {
        const secret = ecdh.sharedSecret(ours, ecdh.publicKey(theirs)) ?? new Uint8Array();
        expect(hexEncode(secret)).toBe(hexEncode(bytesOf(shared)));
      }
    });

    it.each(notPoints(curve, ecdh.publicKey(second)))('refuses what is no point: %s', (_name, point) => {
      expect(ecdh.sharedSecret(first, point)).toBeUndefined();
    });

    it('makes a scalar from 1 to n - 1 of any seed of its size, with eight bytes more than the order has', () => {
      expect(ecdh.seedSizeBytes).toBe(sizeBytes + 8);
      for (const fill of [0x00, 0x7f, 0xff]) {
        const scalar = ecdh.scalar(new Uint8Array(ecdh.seedSizeBytes).fill(fill));
        expect(scalar >= 1n && scalar < n).toBe(true);
      }
    });

    it('gives the same as noble, in as many bytes as the field has', () => {
      const noble = nobleProvider.ecdh[curve];
      const size = { minLength: sizeBytes + 8, maxLength: sizeBytes + 8 };
      fc.assert(
        fc.property(fc.uint8Array(size), scalars(curve), (seed, peer) => {
          const [scalar, point] = [ecdh.scalar(seed), noble.publicKey(peer)];
          expect(scalar).toBe(noble.scalar(seed));
          expect(hexEncode(ecdh.publicKey(scalar))).toBe(hexEncode(noble.publicKey(scalar)));
          const secret = ecdh.sharedSecret(scalar, point) ?? new Uint8Array();
          expect(secret).toHaveLength(sizeBytes);
          expect(hexEncode(secret)).toBe(hexEncode(noble.sharedSecret(scalar, point) ?? new Uint8Array()));
        }),
        few,
      );
    });
  });
}

/** DSA with SHA-1. */
export function describeDsa({ dsa }: CryptoProvider): void {
  describe('dsa', () => {
    const { key, signatures } = dsaVector;

    it.each(signatures)('RFC 6979 appendix A.2.1: signs "$text"', ({ text, r, s }) => {
      const message = utf8Encode(text);
      expect(dsa.sign(message, key)).toEqual({ r, s });
      expect(dsa.verify({ message, signature: { r, s }, key })).toBe(true);
    });

    it('refuses numbers out of range, another message and another key', () => {
      const message = utf8Encode('message');
      const signature = dsa.sign(message, key);
      for (const wrong of outOfRange(signature, key.q)) {
        expect(dsa.verify({ message, signature: wrong, key }), `${wrong.r}, ${wrong.s}`).toBe(false);
      }
      expect(dsa.verify({ message: utf8Encode('other'), signature, key })).toBe(false);
      expect(dsa.verify({ message, signature, key: { ...key, y: (key.y * key.g) % key.p } })).toBe(false);
    });

    it('gives the same signatures as noble', () => {
      fc.assert(
        fc.property(messages, (message) => {
          expect(dsa.sign(message, key)).toEqual(nobleProvider.dsa.sign(message, key));
        }),
        few,
      );
    });
  });
}

const digestOf = (part: Uint8Array): string => hexEncode(sha256.digest(part));

/** ML-DSA-44. */
export function describeMldsa44({ mldsa44 }: CryptoProvider): void {
  describe('mldsa44', () => {
    const { seed, message, publicKeySha256, signatures } = mldsa44Vector;
    const publicKey = mldsa44.publicKey(seed);

    it('Wycheproof: makes the public key of a seed', () => {
      expect(publicKey).toHaveLength(1312);
      expect(digestOf(publicKey)).toBe(publicKeySha256);
    });

    it.each(signatures)('Wycheproof: signs with the context "$context"', (vector) => {
      const context = utf8Encode(vector.context);
      const signature = mldsa44.sign({ message, context, seed });
      expect(digestOf(signature)).toBe(vector.sha256);
      expect(mldsa44.verify({ message, context, signature, publicKey })).toBe(true);
    });

    it('refuses another message, context, key or length, and a byte changed anywhere', () => {
      const context = utf8Encode('context');
      const signature = mldsa44.sign({ message, context, seed });
      const good = { message, context, signature, publicKey };
      const wrong = [
        { message: utf8Encode('other') },
        { context: new Uint8Array() },
        { publicKey: mldsa44.publicKey(counting(32)) },
        { publicKey: publicKey.subarray(1) },
        { publicKey: new Uint8Array() },
        { signature: signature.subarray(1) },
        { signature: concatBytes(signature, Uint8Array.of(0)) },
        { signature: new Uint8Array(signature.length) },
        // The challenge, the answers, the hints and their counts.
        ...[0, 31, 32, 1200, 2335, 2336, 2415, -1].map((at) => ({
          signature: withByte(signature, at, (value) => value ^ 1),
        })),
      ];
      for (const [index, lie] of wrong.entries()) expect(mldsa44.verify({ ...good, ...lie }), `${index}`).toBe(false);
      expect(mldsa44.verify(good)).toBe(true);
    });

    it('gives the same as noble', () => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), messages, (random, text) => {
          const asked = { message: text, context: new Uint8Array(), seed: random };
          expect(hexEncode(mldsa44.publicKey(random))).toBe(hexEncode(nobleProvider.mldsa44.publicKey(random)));
          expect(hexEncode(mldsa44.sign(asked))).toBe(hexEncode(nobleProvider.mldsa44.sign(asked)));
        }),
        few,
      );
    });
  });
}
