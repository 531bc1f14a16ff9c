/**
 * The certificate types of PROTOCOL.certkeys, one derived from each key type: `ssh-ed25519` is certified as
 * `ssh-ed25519-cert-v01@openssh.com`, and its public fields stand in the certificate as its own codec writes them.
 */
import { publicKeyTypes, type AnyPublicKeyType, type PublicKey } from '../keys/public-key-types/index.ts';
import type { Codec } from '../wire/codec.ts';
import { checked, inString, list, mapped, struct, type StructValue } from '../wire/composites.ts';
import { constant, name, string, uint32, uint64, utf8 } from '../wire/primitives.ts';
import { authorityKey } from './authority-key.ts';
import type { CertificateUsage } from './certificate.ts';
import { maximumCertificateOptions, maximumCertificatePrincipals } from './limits.ts';
import { publicKeyFields } from './public-key-fields.ts';

/** OpenSSH's words for what it tells apart; all else is its `invalid format`. */
export const certificateFaults = {
  usage: 'unknown/unsupported certificate type',
  authority: 'invalid certificate signing key',
  signature: 'incorrect signature',
} as const;

/**
 * Text in a certificate: a C string.
 * Differs from OpenSSH: it must be UTF-8.
 */
const text = checked(utf8, (value) => (value.includes('\0') ? 'expected text without NUL' : undefined));

const usage = mapped<number, CertificateUsage>(uint32, {
  from(wire, reader) {
    if (wire !== 1 && wire !== 2) throw reader.error(certificateFaults.usage, reader.offset - 4);
    return wire === 1 ? 'user' : 'host';
  },
  to: (value) => (value === 'user' ? 1 : 2),
});

const options = inString(list(struct('option', { name: text, data: string }), { maximum: maximumCertificateOptions }));

/** A certificate is no authority: there are no chains. */
const authority = inString(authorityKey(certificateFaults.authority));

function signedFields(certificateName: string, row: AnyPublicKeyType) {
  return {
    type: constant(name, certificateName),
    nonce: string,
    key: publicKeyFields(row),
    serial: uint64,
    usage,
    keyId: text,
    principals: inString(list(text, { maximum: maximumCertificatePrincipals })),
    validAfter: uint64,
    validBefore: uint64,
    criticalOptions: options,
    extensions: options,
    reserved: string,
    authority,
  };
}

/** What the authority signs, as it stands in the bytes. */
export type SignedFields = StructValue<ReturnType<typeof signedFields>>;

/** One certificate type. */
export interface CertificateType {
  /** Like `ssh-ed25519-cert-v01@openssh.com`. */
  readonly name: string;
  /** As `ssh-keygen -l` prints it, like `ED25519-CERT`. */
  readonly shortName: string;
  /** The key type that it certifies. */
  readonly keyType: AnyPublicKeyType;
  /** All fields but the signature. */
  readonly signedFields: Codec<SignedFields>;
  /** The whole blob; the signature is not checked. */
  readonly blob: Codec<SignedFields & { readonly signature: Uint8Array }>;
}

/** The certificate type's name of a key type. */
export function certificateTypeName(keyTypeName: string): string {
  return `${keyTypeName.replace(/@openssh\.com$/, '')}-cert-v01@openssh.com`;
}

function certificateTypeOf(keyType: AnyPublicKeyType): CertificateType {
  const certificateName = certificateTypeName(keyType.name);
  const fields = signedFields(certificateName, keyType);
  return {
    name: certificateName,
    shortName: `${keyType.shortName}-CERT`,
    keyType,
    signedFields: struct('certificate', fields),
    blob: struct('certificate', { ...fields, signature: string }),
  };
}

/** All certificate types, in the order of the key types. */
export const certificateTypes: readonly CertificateType[] = publicKeyTypes.map(certificateTypeOf);

const byName: ReadonlyMap<string, CertificateType> = new Map(certificateTypes.map((row) => [row.name, row]));

/** The certificate type with this name, if there is one. */
export function findCertificateType(certificateName: string): CertificateType | undefined {
  return byName.get(certificateName);
}

/** The certificate type that certifies a key. */
export function certificateTypeFor(key: PublicKey): CertificateType {
  const row = byName.get(certificateTypeName(key.type));
  if (row === undefined) throw new Error(`assertion failed: ${key.type} has no certificate type`);
  return row;
}
