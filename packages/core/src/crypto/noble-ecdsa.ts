/** Makes our `Ecdsa` and `Ecdh` of one of noble's curves, so that each curve stays a file of its own and is imported alone. */
import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { assert } from '../assertion.ts';
import { bigintFromBytes, bigintToBytes, concatBytes } from '../wire/bytes.ts';
import { checkPoint, scalarOfSeed, scalarSeedExtraBytes, type NistCurve } from './nist-curves.ts';
import type { Ecdh, Ecdsa } from './provider.ts';

/** noble would refuse the half of all signatures that have a high s, which SSH does not. */
const anyS = { lowS: false } as const;

/** ECDSA by noble, with the hash that noble pairs with the curve: the one of RFC 5656 section 6.2.1. */
export function nobleEcdsa(curve: NistCurve, noble: ECDSA): Ecdsa {
  const { n, sizeBytes } = curve;
  const isScalar = (value: bigint) => value >= 1n && value < n;
  return {
    publicKey: (scalar) => publicPoint(curve, noble, scalar),
    sign(message, scalar) {
      assert(isScalar(scalar), 'the scalar is not from 1 to n - 1');
      const bytes = noble.sign(message, bigintToBytes(scalar, sizeBytes), anyS);
      return { r: bigintFromBytes(bytes.subarray(0, sizeBytes)), s: bigintFromBytes(bytes.subarray(sizeBytes)) };
    },
    verify({ message, signature: { r, s }, publicKey }) {
      if (!isScalar(r) || !isScalar(s) || checkPoint(curve, publicKey) !== undefined) return false;
      const bytes = concatBytes(bigintToBytes(r, sizeBytes), bigintToBytes(s, sizeBytes));
      return noble.verify(bytes, message, publicKey, anyS);
    },
  };
}

/** Diffie-Hellman by noble. */
export function nobleEcdh(curve: NistCurve, noble: ECDSA): Ecdh {
  const seedSizeBytes = curve.sizeBytes + scalarSeedExtraBytes;
  return {
    seedSizeBytes,
    scalar(seed) {
      assert(seed.length === seedSizeBytes, `a scalar of ${curve.name} takes ${seedSizeBytes} random bytes`);
      return scalarOfSeed(curve, seed);
    },
    publicKey: (scalar) => publicPoint(curve, noble, scalar),
    sharedSecret(scalar, publicKey) {
      if (checkPoint(curve, publicKey) !== undefined) return undefined;
      const { x } = noble.Point.fromBytes(publicKey).multiply(scalar).toAffine();
      return bigintToBytes(x, curve.sizeBytes);
    },
  };
}

function publicPoint({ sizeBytes }: NistCurve, noble: ECDSA, scalar: bigint): Uint8Array {
  return noble.getPublicKey(bigintToBytes(scalar, sizeBytes), false);
}
