/**
 * ECDSA in ASN.1: ECPrivateKey (RFC 5915), alone in SEC1 files and inside PKCS#8, on named curves only. Differs from OpenSSH: points
 * must be uncompressed, and curves given by their numbers are not known.
 */
import { checkPoint, nistCurves } from '../../../crypto/nist-curves.ts';
import { bigintFromBytes, bigintToBytes, equalBytes } from '../../../wire/bytes.ts';
import type { ValueOf } from '../../../wire/codec.ts';
import { DecodeError } from '../../../wire/decode-error.ts';
import { ecdsaKeyOfScalar, type EcdsaPrivateKey } from '../../key-types/ecdsa.ts';
import { ecdsaCurveNames, type EcdsaKeyTypeName } from '../../public-key-types/ecdsa.ts';
import { anyElement, bitString, integerOf, objectIdentifier, octetString, optionalExplicit, sequence } from '../der.ts';
import { decodePart } from './algorithm-identifier.ts';
import type { DecodedKey, KeyFamily, TraditionalForm } from './key-family.ts';

export const ecPrivateKeyFormat = sequence('ECPrivateKey', {
  version: integerOf(1n),
  privateKey: octetString,
  parameters: optionalExplicit(0, anyElement),
  publicKey: optionalExplicit(1, bitString),
});

type EcPrivateKey = ValueOf<typeof ecPrivateKeyFormat>;

/** RFC 5480 section 2.1.1.1. */
export const ecdsaCurveIdentifiers: Readonly<Record<EcdsaKeyTypeName, string>> = {
  'ecdsa-sha2-nistp256': '1.2.840.10045.3.1.7',
  'ecdsa-sha2-nistp384': '1.3.132.0.34',
  'ecdsa-sha2-nistp521': '1.3.132.0.35',
};

const keyTypes = ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'] as const;

/** ECParameters: an object identifier, or a curve's numbers. */
interface Curve {
  readonly parameters: Uint8Array;
  /** In which the parameters stand, and where errors in them are. */
  readonly whole: Uint8Array;
  readonly path: string;
}

const objectIdentifierTag = 0x06;

/** The key type of named curves that we know; for others, what they are. */
function keyTypeOf({ parameters, whole, path }: Curve): EcdsaKeyTypeName | { readonly unknown: string } {
  if (parameters[0] !== objectIdentifierTag) {
    decodePart({ whole, part: parameters, path }, anyElement);
    return { unknown: 'EC with explicit parameters' };
  }
  const identifier = decodePart({ whole, part: parameters, path }, objectIdentifier);
  return keyTypes.find((type) => ecdsaCurveIdentifiers[type] === identifier) ?? { unknown: `EC on ${identifier}` };
}

interface Decoded {
  readonly format: EcPrivateKey;
  /** The body, and where in it the ECPrivateKey stands. */
  readonly whole: Uint8Array;
  readonly path: string;
}

function keyOf(curve: Curve, { format, whole, path }: Decoded): DecodedKey<EcdsaPrivateKey> {
  const type = keyTypeOf(curve);
  if (typeof type !== 'string') return type;
  const refuse = (field: 'privateKey' | 'publicKey', reason: string) => {
    const offset = (format[field] ?? format.privateKey).byteOffset - whole.byteOffset;
    return new DecodeError(reason, { path: `${path}.${field}`, offset });
  };
  const { sizeBytes, n } = nistCurves[ecdsaCurveNames[type]];
  if (format.privateKey.length !== sizeBytes) {
    throw refuse('privateKey', `expected ${sizeBytes} bytes, found ${format.privateKey.length}`);
  }
  const scalar = bigintFromBytes(format.privateKey);
  if (scalar < 1n || scalar >= n) throw refuse('privateKey', 'expected a scalar from 1 to n - 1');
  const key = ecdsaKeyOfScalar(type, scalar);
  if (format.publicKey !== undefined && !equalBytes(format.publicKey, key.point)) {
    const reason = checkPoint(nistCurves[ecdsaCurveNames[type]], format.publicKey);
    throw refuse('publicKey', reason ?? 'the point is not the one of the scalar');
  }
  return { key };
}

function encode({ type, point, scalar }: EcdsaPrivateKey, parameters: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  const privateKey = bigintToBytes(scalar, nistCurves[ecdsaCurveNames[type]].sizeBytes);
  return ecPrivateKeyFormat.encode({ version: 1n, privateKey, parameters, publicKey: point });
}

export const ecdsaFamily: KeyFamily<EcdsaPrivateKey> = {
  keyTypes,
  algorithm: '1.2.840.10045.2.1',
  decodePkcs8({ parameters, privateKey }) {
    const { whole, path } = privateKey;
    const format = decodePart(privateKey, ecPrivateKeyFormat);
    const inner = format.parameters;
    if (inner !== undefined && !equalBytes(inner, parameters.part)) {
      const offset = inner.byteOffset - whole.byteOffset;
      throw new DecodeError('expected the curve of the algorithm', { path: `${path}.parameters`, offset });
    }
    return keyOf({ parameters: parameters.part, whole, path: parameters.path }, { format, whole, path });
  },
  encodePkcs8: (key) => ({
    algorithm: ecdsaFamily.algorithm,
    parameters: objectIdentifier.encode(ecdsaCurveIdentifiers[key.type]),
    privateKey: encode(key, undefined),
  }),
  publicKeyBits: ({ point }) => point,
};

export const sec1Form: TraditionalForm<EcdsaPrivateKey> = {
  format: 'sec1',
  title: 'SEC1 PEM',
  label: 'EC PRIVATE KEY',
  keyTypes,
  decode(der) {
    const path = ecPrivateKeyFormat.type;
    const format = ecPrivateKeyFormat.decode(der);
    if (format.parameters === undefined) {
      throw new DecodeError('expected the curve', { path: `${path}.parameters`, offset: der.length });
    }
    return keyOf(
      { parameters: format.parameters, whole: der, path: `${path}.parameters` },
      { format, whole: der, path },
    );
  },
  encode: (key) => encode(key, objectIdentifier.encode(ecdsaCurveIdentifiers[key.type])),
};
