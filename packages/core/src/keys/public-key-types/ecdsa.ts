/** Public side of the key types ecdsa-sha2-nistp256, -384 and -521 (RFC 5656 section 3.1). */
import { checkPoint, nistCurves } from '../../crypto/nist-curves.ts';
import type { NistCurveName } from '../../crypto/provider.ts';
import type { Codec } from '../../wire/codec.ts';
import { checked, mapped, struct } from '../../wire/composites.ts';
import { constant, name, string } from '../../wire/primitives.ts';
import type { PublicKeyType } from '../key-type.ts';
import { decodeSignaturePair } from '../signature-pair.ts';

/** The key types of ECDSA, one a curve (RFC 5656 section 6.2). */
export type EcdsaKeyTypeName = 'ecdsa-sha2-nistp256' | 'ecdsa-sha2-nistp384' | 'ecdsa-sha2-nistp521';

/** A public key of ecdsa-sha2-nistp256, -384 or -521: a point of that curve. */
export interface EcdsaPublicKey {
  readonly type: EcdsaKeyTypeName;
  /** SEC 1, uncompressed: 65, 97 or 133 bytes. */
  readonly point: Uint8Array;
}

/** The curve of each key type. */
export const ecdsaCurveNames: Readonly<Record<EcdsaKeyTypeName, NistCurveName>> = {
  'ecdsa-sha2-nistp256': 'nistp256',
  'ecdsa-sha2-nistp384': 'nistp384',
  'ecdsa-sha2-nistp521': 'nistp521',
};

/** The fields of a public key on this curve after the type: the curve's name and the point. */
export function curveFields<const C extends NistCurveName>(curve: C): { curve: Codec<C>; point: Codec<Uint8Array> } {
  const row = nistCurves[curve];
  const point = checked(string, (bytes) => checkPoint(row, bytes));
  return { curve: constant(name, curve), point };
}

function ecdsaPublicKeyType(type: EcdsaKeyTypeName): PublicKeyType<EcdsaPublicKey> {
  const curve = ecdsaCurveNames[type];
  const { bits } = nistCurves[curve];
  const blob = struct(type, { type: constant(name, type), ...curveFields(curve) });
  return {
    name: type,
    shortName: 'ECDSA',
    keygenName: 'ecdsa',
    identityFile: 'id_ecdsa',
    openSshVersions: ['10', '6.6'],
    signatureAlgorithms: [type],
    allowedBits: { minimum: bits, maximum: bits, usual: bits },
    inAuthenticator: false,
    signatureHasExtra: false,
    publicKey: mapped<Parameters<typeof blob.encode>[0], EcdsaPublicKey>(blob, {
      from: ({ point }) => ({ type, point }),
      to: ({ point }) => ({ type, curve, point }),
    }),
    publicHalf: ({ point }) => ({ type, point }),
    bits: () => bits,
    verify({ key, message, signature, crypto }) {
      const pair = decodeSignaturePair(signature);
      return pair !== undefined && crypto.ecdsa[curve].verify({ message, signature: pair, publicKey: key.point });
    },
  };
}

export const ecdsaNistp256PublicKeyType: PublicKeyType<EcdsaPublicKey> = ecdsaPublicKeyType('ecdsa-sha2-nistp256');
export const ecdsaNistp384PublicKeyType: PublicKeyType<EcdsaPublicKey> = ecdsaPublicKeyType('ecdsa-sha2-nistp384');
export const ecdsaNistp521PublicKeyType: PublicKeyType<EcdsaPublicKey> = ecdsaPublicKeyType('ecdsa-sha2-nistp521');
