/**
 * How public keys stand in SubjectPublicKeyInfo (RFC 5280 section 4.1), one row a family: RFC 3279 for RSA and DSA, RFC 5480 for
 * ECDSA on named curves, RFC 8410 for Ed25519. Whether the numbers make a key is checked by the key type's own codec.
 */
import type { ValueOf } from '../../wire/codec.ts';
import { fixed } from '../../wire/primitives.ts';
import type { DsaPublicKey } from '../public-key-types/dsa.ts';
import type { EcdsaPublicKey } from '../public-key-types/ecdsa.ts';
import type { Ed25519PublicKey } from '../public-key-types/ed25519.ts';
import type { PublicKey } from '../public-key-types/index.ts';
import type { RsaPublicKey } from '../public-key-types/rsa.ts';
import { decodePart, noParameters, nullParameters, type Part } from './asn1/algorithm-identifier.ts';
import { dsaFamily, dsaParametersFormat } from './asn1/dsa.ts';
import { ecdsaCurveIdentifiers, ecdsaFamily } from './asn1/ecdsa.ts';
import { ed25519Family } from './asn1/ed25519.ts';
import { rsaFamily } from './asn1/rsa.ts';
import { integer, nullElement, objectIdentifier, sequence } from './der.ts';

/** What a row decodes. */
export interface PublicKeyParts {
  /** Of the algorithm: one element or nothing. */
  readonly parameters: Part;
  /** The contents of the BIT STRING. */
  readonly publicKey: Part;
}

/** A key, not checked yet, or the name of what is not known, like a curve. */
export type DecodedPublicKey<K> = { readonly key: K } | { readonly unknown: string };

/** One family of key types that share an algorithm's object identifier. */
export interface PublicKeyFamily<K extends PublicKey = PublicKey> {
  readonly keyTypes: readonly K['type'][];
  readonly algorithm: string;
  /** Throws DecodeError. */
  decode(parts: PublicKeyParts): DecodedPublicKey<K>;
  encode(key: K): { readonly parameters: Uint8Array; readonly publicKey: Uint8Array };
}

/** RFC 8017 appendix A.1.1: the contents of `RSA PUBLIC KEY` files, too. */
export const rsaPublicKeyFormat = sequence('RSAPublicKey', { modulus: integer, publicExponent: integer });

/** The key of the numbers. */
export function rsaKeyOf({ modulus: n, publicExponent: e }: ValueOf<typeof rsaPublicKeyFormat>): RsaPublicKey {
  return { type: 'ssh-rsa', e, n };
}

const rsa: PublicKeyFamily<RsaPublicKey> = {
  keyTypes: ['ssh-rsa'],
  algorithm: rsaFamily.algorithm,
  decode({ parameters, publicKey }) {
    decodePart(parameters, nullElement);
    return { key: rsaKeyOf(decodePart(publicKey, rsaPublicKeyFormat)) };
  },
  encode: ({ n: modulus, e: publicExponent }) => ({
    parameters: nullParameters,
    publicKey: rsaPublicKeyFormat.encode({ modulus, publicExponent }),
  }),
};

const ecdsaTypes = ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'] as const;
const objectIdentifierTag = 0x06;

const ecdsa: PublicKeyFamily<EcdsaPublicKey> = {
  keyTypes: ecdsaTypes,
  algorithm: ecdsaFamily.algorithm,
  decode({ parameters, publicKey }) {
    if (parameters.part[0] !== objectIdentifierTag) return { unknown: 'EC with explicit parameters' };
    const identifier = decodePart(parameters, objectIdentifier);
    const type = ecdsaTypes.find((each) => ecdsaCurveIdentifiers[each] === identifier);
    return type === undefined ? { unknown: `EC on ${identifier}` } : { key: { type, point: publicKey.part } };
  },
  encode: ({ type, point }) => ({ parameters: objectIdentifier.encode(ecdsaCurveIdentifiers[type]), publicKey: point }),
};

const ed25519: PublicKeyFamily<Ed25519PublicKey> = {
  keyTypes: ['ssh-ed25519'],
  algorithm: ed25519Family.algorithm,
  decode({ parameters, publicKey }) {
    decodePart(parameters, fixed(0));
    return { key: { type: 'ssh-ed25519', publicKey: decodePart(publicKey, fixed(32)) } };
  },
  encode: ({ publicKey }) => ({ parameters: noParameters, publicKey }),
};

const dsa: PublicKeyFamily<DsaPublicKey> = {
  keyTypes: ['ssh-dss'],
  algorithm: dsaFamily.algorithm,
  decode({ parameters, publicKey }) {
    const { p, q, g } = decodePart(parameters, dsaParametersFormat);
    return { key: { type: 'ssh-dss', p, q, g, y: decodePart(publicKey, integer) } };
  },
  encode: ({ p, q, g, y }) => ({
    parameters: dsaParametersFormat.encode({ p, q, g }),
    publicKey: integer.encode(y),
  }),
};

/** All families; a key type in none of them has no PEM form. */
export const publicKeyFamilies: readonly PublicKeyFamily[] = [ed25519, ecdsa, rsa, dsa];
