/** DSA in ASN.1: OpenSSL's own sequence of numbers in traditional files, Dss-Parms (RFC 3279 section 2.3.2) and x in PKCS#8. */
import { pow } from '@noble/curves/abstract/modular.js';
import { DecodeError } from '../../../wire/decode-error.ts';
import { checked } from '../../../wire/composites.ts';
import { checkDsaPrivateKey, type DsaPrivateKey } from '../../key-types/dsa.ts';
import { checkDsaPublicKey } from '../../public-key-types/dsa.ts';
import { integer, integerOf, sequence } from '../der.ts';
import { decodePart } from './algorithm-identifier.ts';
import type { KeyFamily, TraditionalForm } from './key-family.ts';

const type = 'ssh-dss';
const anyPublicNumber = 2n;

export const dsaPrivateKeyFormat = checked(
  sequence('DSAPrivateKey', { version: integerOf(0n), p: integer, q: integer, g: integer, y: integer, x: integer }),
  checkDsaPrivateKey,
);

export const dsaParametersFormat = sequence('Dss-Parms', { p: integer, q: integer, g: integer });

export const dsaFamily: KeyFamily<DsaPrivateKey> = {
  keyTypes: [type],
  algorithm: '1.2.840.10040.4.1',
  decodePkcs8({ parameters, privateKey }) {
    const { p, q, g } = decodePart(parameters, dsaParametersFormat);
    const x = decodePart(privateKey, integer);
    // The sizes are checked before the power is computed.
    const wrong = checkDsaPublicKey({ p, q, g, y: anyPublicNumber });
    const key: DsaPrivateKey = { type, p, q, g, y: wrong === undefined && x < q ? pow(g, x, p) : 0n, x };
    const reason = wrong ?? checkDsaPrivateKey(key);
    const offset = parameters.part.byteOffset - parameters.whole.byteOffset;
    if (reason !== undefined) throw new DecodeError(reason, { path: parameters.path, offset });
    return { key };
  },
  encodePkcs8: ({ p, q, g, x }) => ({
    algorithm: dsaFamily.algorithm,
    parameters: dsaParametersFormat.encode({ p, q, g }),
    privateKey: integer.encode(x),
  }),
  publicKeyBits: ({ y }) => integer.encode(y),
};

export const dsaForm: TraditionalForm<DsaPrivateKey> = {
  format: 'dsa',
  title: 'DSA PEM',
  label: 'DSA PRIVATE KEY',
  keyTypes: dsaFamily.keyTypes,
  decode(der) {
    const { p, q, g, y, x } = dsaPrivateKeyFormat.decode(der);
    return { key: { type, p, q, g, y, x } };
  },
  encode: ({ p, q, g, y, x }) => dsaPrivateKeyFormat.encode({ version: 0n, p, q, g, y, x }),
};
