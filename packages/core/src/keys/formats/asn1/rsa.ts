/** RSA in ASN.1: RSAPrivateKey (RFC 8017 appendix A.1.2), alone in PKCS#1 files and inside PKCS#8. */
import type { ValueOf } from '../../../wire/codec.ts';
import { checked } from '../../../wire/composites.ts';
import { codec, type Codec } from '../../../wire/codec.ts';
import { checkRsaPrivateKey, type RsaPrivateKey } from '../../key-types/rsa.ts';
import { integer, integerOf, nullElement, sequence } from '../der.ts';
import { decodePart, nullParameters } from './algorithm-identifier.ts';
import type { KeyFamily, TraditionalForm } from './key-family.ts';

export const rsaPrivateKeyFormat = sequence('RSAPrivateKey', {
  /** 1 would be for more than two primes. */
  version: integerOf(0n),
  modulus: integer,
  publicExponent: integer,
  privateExponent: integer,
  prime1: integer,
  prime2: integer,
  exponent1: integer,
  exponent2: integer,
  coefficient: integer,
});

/** RFC 8017 appendix A.1.1. */
const rsaPublicKeyFormat = sequence('RSAPublicKey', { modulus: integer, publicExponent: integer });

type RsaNumbers = ValueOf<typeof rsaPrivateKeyFormat>;

function keyOf(numbers: RsaNumbers): RsaPrivateKey {
  const { modulus: n, publicExponent: e, privateExponent: d, prime1: p, prime2: q, coefficient: iqmp } = numbers;
  return { type: 'ssh-rsa', n, e, d, iqmp, p, q };
}

function checkNumbers(numbers: RsaNumbers): string | undefined {
  const key = keyOf(numbers);
  const { exponent1, exponent2 } = numbers;
  const fits = () => exponent1 === key.d % (key.p - 1n) && exponent2 === key.d % (key.q - 1n);
  return checkRsaPrivateKey(key) ?? (fits() ? undefined : 'an exponent does not fit d');
}

const checkedFormat = checked(rsaPrivateKeyFormat, checkNumbers);

function encode({ n, e, d, iqmp, p, q }: RsaPrivateKey): Uint8Array<ArrayBuffer> {
  return rsaPrivateKeyFormat.encode({
    version: 0n,
    modulus: n,
    publicExponent: e,
    privateExponent: d,
    prime1: p,
    prime2: q,
    exponent1: d % (p - 1n),
    exponent2: d % (q - 1n),
    coefficient: iqmp,
  });
}

/** NULL; OpenSSL also takes none at all. */
const parametersFormat: Codec<null> = codec({
  type: 'NULL',
  read: (reader) => (reader.remaining === 0 ? null : nullElement.read(reader)),
  write: (writer, value) => nullElement.write(writer, value),
});

export const rsaFamily: KeyFamily<RsaPrivateKey> = {
  keyTypes: ['ssh-rsa'],
  algorithm: '1.2.840.113549.1.1.1',
  decodePkcs8({ parameters, privateKey }) {
    decodePart(parameters, parametersFormat);
    return { key: keyOf(decodePart(privateKey, checkedFormat)) };
  },
  encodePkcs8: (key) => ({ algorithm: rsaFamily.algorithm, parameters: nullParameters, privateKey: encode(key) }),
  publicKeyBits: ({ n: modulus, e: publicExponent }) => rsaPublicKeyFormat.encode({ modulus, publicExponent }),
};

export const pkcs1Form: TraditionalForm<RsaPrivateKey> = {
  format: 'pkcs1',
  title: 'PKCS#1 PEM',
  label: 'RSA PRIVATE KEY',
  keyTypes: rsaFamily.keyTypes,
  decode: (der) => ({ key: keyOf(checkedFormat.decode(der)) }),
  encode,
};
