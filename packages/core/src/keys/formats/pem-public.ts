/**
 * Public keys in PEM, as `ssh-keygen -e -m PKCS8` and `-m PEM` write them: `PUBLIC KEY` (SubjectPublicKeyInfo) and, for RSA only,
 * `RSA PUBLIC KEY` (PKCS#1). Neither has a comment.
 */
import { assert } from '../../assertion.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { publicKeyTypeOf, type PublicKey } from '../public-key-types/index.ts';
import type { RsaPublicKey } from '../public-key-types/rsa.ts';
import { algorithmIdentifier } from './asn1/algorithm-identifier.ts';
import { bitString, sequence } from './der.ts';
import { decodePem, encodePem, pemLabelOf } from './pem.ts';
import { publicKeyFamilies, rsaKeyOf, rsaPublicKeyFormat, type PublicKeyFamily } from './public-key-families.ts';

export const publicPemLabel = 'PUBLIC KEY';
export const rsaPublicPemLabel = 'RSA PUBLIC KEY';
const lineSize = 64;

/** The body of a `PUBLIC KEY` file. */
export const subjectPublicKeyInfo = sequence('SubjectPublicKeyInfo', {
  algorithm: algorithmIdentifier,
  subjectPublicKey: bitString,
});

/** Whether a file begins as a public key in PEM. */
export function isPublicPem(file: Uint8Array): boolean {
  const label = pemLabelOf(file);
  return label === publicPemLabel || label === rsaPublicPemLabel;
}

/** The key of a file in one of the two forms. Throws DecodeError; offsets are in the decoded body, with the path `pem` in the file. */
export function decodePublicPem(file: Uint8Array): { readonly format: 'pkcs8' | 'pkcs1'; readonly key: PublicKey } {
  const { label, headers, body } = decodePem(file);
  if (headers.size > 0) throw new DecodeError('expected no headers', { path: 'pem', offset: 0 });
  if (label === rsaPublicPemLabel) {
    return { format: 'pkcs1', key: checkedKey(rsaKeyOf(rsaPublicKeyFormat.decode(body)), rsaPublicKeyFormat.type) };
  }
  if (label === publicPemLabel) return { format: 'pkcs8', key: decodeInfo(body) };
  throw new DecodeError(`expected ${publicPemLabel}, found ${label}`, { path: 'pem', offset: 0 });
}

function decodeInfo(body: Uint8Array): PublicKey {
  const path = subjectPublicKeyInfo.type;
  const { algorithm, subjectPublicKey } = subjectPublicKeyInfo.decode(body);
  const family = publicKeyFamilies.find((each) => each.algorithm === algorithm.algorithm);
  if (family === undefined) throw unknownAlgorithm(algorithm.algorithm);
  const decoded = family.decode({
    parameters: { whole: body, part: algorithm.parameters, path: `${path}.algorithm.parameters` },
    publicKey: { whole: body, part: subjectPublicKey, path: `${path}.subjectPublicKey` },
  });
  if ('unknown' in decoded) throw unknownAlgorithm(decoded.unknown);
  return checkedKey(decoded.key, `${path}.subjectPublicKey`);
}

function unknownAlgorithm(found: string): DecodeError {
  const path = `${subjectPublicKeyInfo.type}.algorithm`;
  return new DecodeError(`expected an algorithm that SSH has, found ${found}`, { path, offset: 0 });
}

/** The key, copied, as its key type's codec takes it. */
function checkedKey(key: PublicKey, path: string): PublicKey {
  const { publicKey: format } = publicKeyTypeOf(key);
  try {
    return format.decode(format.encode(key));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError(error.reason, { path, offset: 0 });
  }
}

/** Whether keys of this type can stand in a `PUBLIC KEY` file. */
export function hasPublicPem(keyType: string): boolean {
  return findFamily(keyType) !== undefined;
}

function findFamily(keyType: string): PublicKeyFamily | undefined {
  return publicKeyFamilies.find((family) => family.keyTypes.some((each) => each === keyType));
}

/** The text of a `PUBLIC KEY` file, which ends in a line end. A key type without one is an assertion: ask `hasPublicPem` first. */
export function encodePublicPem(key: PublicKey): string {
  const family = findFamily(key.type);
  assert(family !== undefined, `${key.type} keys have no PEM form`);
  const { parameters, publicKey } = family.encode(key);
  const body = subjectPublicKeyInfo.encode({
    algorithm: { algorithm: family.algorithm, parameters },
    subjectPublicKey: publicKey,
  });
  return encodePem({ label: publicPemLabel, headers: new Map(), body }, lineSize);
}

/** The text of an `RSA PUBLIC KEY` file, which ends in a line end. */
export function encodeRsaPublicPem({ n: modulus, e: publicExponent }: RsaPublicKey): string {
  const body = rsaPublicKeyFormat.encode({ modulus, publicExponent });
  return encodePem({ label: rsaPublicPemLabel, headers: new Map(), body }, lineSize);
}
