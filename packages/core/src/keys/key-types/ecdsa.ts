/** Key types ecdsa-sha2-nistp256, -384 and -521 (RFC 5656); the private section holds the scalar as an mpint (PROTOCOL.key). */
import { ecdsaNistp256 } from '../../crypto/ecdsa-nistp256.ts';
import { ecdsaNistp384 } from '../../crypto/ecdsa-nistp384.ts';
import { ecdsaNistp521 } from '../../crypto/ecdsa-nistp521.ts';
import { nistCurves, scalarOfSeed, scalarSeedExtraBytes } from '../../crypto/nist-curves.ts';
import type { Ecdsa } from '../../crypto/provider.ts';
import type { LongWork } from '../../long-work.ts';
import { equalBytes } from '../../wire/bytes.ts';
import { mapped, struct } from '../../wire/composites.ts';
import { constant, mpint, name } from '../../wire/primitives.ts';
import type { KeyGeneration, KeyType, PublicKeyType } from '../key-type.ts';
import {
  curveFields,
  ecdsaCurveNames,
  ecdsaNistp256PublicKeyType,
  ecdsaNistp384PublicKeyType,
  ecdsaNistp521PublicKeyType,
  type EcdsaPublicKey,
} from '../public-key-types/ecdsa.ts';
import { encodeSignaturePair } from '../signature-pair.ts';

/** A private key of ecdsa-sha2-nistp256, -384 or -521: the point, and the scalar that it is a multiple by. */
export interface EcdsaPrivateKey extends EcdsaPublicKey {
  /** From 1 to n - 1, the secret. */
  readonly scalar: bigint;
}

const primitives: Readonly<Record<EcdsaPublicKey['type'], Ecdsa>> = {
  'ecdsa-sha2-nistp256': ecdsaNistp256,
  'ecdsa-sha2-nistp384': ecdsaNistp384,
  'ecdsa-sha2-nistp521': ecdsaNistp521,
};

/** Why the scalar is none of this curve, or not the one of the point; or undefined. */
export function checkEcdsaPrivateKey({ type, point, scalar }: EcdsaPrivateKey): string | undefined {
  const { n } = nistCurves[ecdsaCurveNames[type]];
  if (scalar < 1n || scalar >= n) return 'expected a scalar from 1 to n - 1';
  return equalBytes(primitives[type].publicKey(scalar), point) ? undefined : 'the point is not the one of the scalar';
}

/** The private key of a scalar from 1 to n - 1. */
export function ecdsaKeyOfScalar(type: EcdsaPublicKey['type'], scalar: bigint): EcdsaPrivateKey {
  return { type, point: primitives[type].publicKey(scalar), scalar };
}

function ecdsaKeyType(publicSide: PublicKeyType<EcdsaPublicKey>): KeyType<EcdsaPublicKey, EcdsaPrivateKey> {
  const type = publicSide.name;
  const curve = nistCurves[ecdsaCurveNames[type]];
  const section = struct(type, { type: constant(name, type), ...curveFields(curve.name), scalar: mpint });
  return {
    ...publicSide,
    privateKey: mapped<Parameters<typeof section.encode>[0], EcdsaPrivateKey>(section, {
      from({ point, scalar }, reader) {
        const key = { type, point, scalar };
        const wrong = checkEcdsaPrivateKey(key);
        if (wrong !== undefined) throw reader.error(wrong);
        return key;
      },
      to: ({ point, scalar }) => ({ type, curve: curve.name, point, scalar }),
    }),
    // oxlint-disable-next-line require-yield -- a row's generate is long work; this one takes no time
    *generate({ random }: KeyGeneration): LongWork<EcdsaPrivateKey> {
      return ecdsaKeyOfScalar(type, scalarOfSeed(curve, random(curve.sizeBytes + scalarSeedExtraBytes)));
    },
    sign: ({ key, message, crypto }) => encodeSignaturePair(crypto.ecdsa[curve.name].sign(message, key.scalar)),
  };
}

export const ecdsaNistp256KeyType: KeyType<EcdsaPublicKey, EcdsaPrivateKey> = ecdsaKeyType(ecdsaNistp256PublicKeyType);
export const ecdsaNistp384KeyType: KeyType<EcdsaPublicKey, EcdsaPrivateKey> = ecdsaKeyType(ecdsaNistp384PublicKeyType);
export const ecdsaNistp521KeyType: KeyType<EcdsaPublicKey, EcdsaPrivateKey> = ecdsaKeyType(ecdsaNistp521PublicKeyType);
