/**
 * Certificate blobs (PROTOCOL.certkeys). Decoding verifies the authority's signature, as OpenSSH's sshkey_from_blob does: what is no
 * one's certificate never becomes a value. Whether it is good for anything is `checkCertificate`'s question.
 */
import type { SignatureCrypto } from '../crypto/provider.ts';
import { publicKeyTypeOf } from '../keys/public-key-types/index.ts';
import { verifySignature } from '../keys/signature.ts';
import { concatBytes } from '../wire/bytes.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { name } from '../wire/primitives.ts';
import type { Span } from '../wire/spans.ts';
import { string } from '../wire/primitives.ts';
import type { Certificate } from './certificate.ts';
import { certificateFaults, findCertificateType, type CertificateType, type SignedFields } from './certificate-type.ts';

/** What decoding a certificate, which verifies its signature, may be given. */
export interface CertificateDecoding {
  /** Another provider's primitives for the signature; noble's if not given. */
  readonly crypto?: SignatureCrypto;
}

/** Whether a public key blob is a certificate of a known type. */
export function isCertificateBlob(blob: Uint8Array): boolean {
  try {
    return findCertificateType(name.decodePrefix(blob).value) !== undefined;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

/**
 * The certificate of a blob, whose signature is that of the authority it names. Throws DecodeError: malformed, trailing bytes, too many
 * principals or options, an authority that is itself a certificate, a signature that is wrong.
 */
export function decodeCertificate(blob: Uint8Array, { crypto }: CertificateDecoding = {}): Certificate {
  const { signature, ...fields } = typeOfBlob(blob).blob.decode(blob);
  const signed = blob.subarray(0, blob.length - signature.length - 4);
  const at = { path: 'certificate.signature', offset: signed.length + 4 };
  const algorithms = publicKeyTypeOf(fields.authority).signatureAlgorithms;
  const check = { key: fields.authority, message: signed, signature, algorithms };
  const isGood = verifySignature(crypto === undefined ? check : { ...check, crypto });
  if (!isGood) throw new DecodeError(certificateFaults.signature, at);
  return certificateOf(fields, signature);
}

function certificateOf(fields: SignedFields, signature: Uint8Array): Certificate {
  const { validAfter, validBefore, ...rest } = fields;
  const signatureAlgorithm = name.decodePrefix(signature).value;
  return { ...rest, validity: { after: validAfter, before: validBefore }, signatureAlgorithm, signature };
}

/** The blob of a certificate: the bytes that it was decoded from. */
export function encodeCertificate(certificate: Certificate): Uint8Array<ArrayBuffer> {
  return concatBytes(encodeSigned(certificate), string.encode(certificate.signature));
}

/** The bytes that the authority signs. */
export function encodeSigned(
  certificate: Omit<Certificate, 'signature' | 'signatureAlgorithm'>,
): Uint8Array<ArrayBuffer> {
  const row = findCertificateType(certificate.type);
  if (row === undefined) throw new Error(`assertion failed: ${certificate.type} is no certificate type`);
  const { validity, ...fields } = certificate;
  return row.signedFields.encode({ ...fields, validAfter: validity.after, validBefore: validity.before });
}

/** Where each field of a certificate's blob lies, up to the first malformed one; none if it is of no known type. */
export function certificateSpans(blob: Uint8Array): readonly Span[] {
  return isCertificateBlob(blob) ? typeOfBlob(blob).blob.spans(blob) : [];
}

function typeOfBlob(blob: Uint8Array): CertificateType {
  const { value } = name.decodePrefix(blob);
  const row = findCertificateType(value);
  if (row === undefined) throw new DecodeError(`unknown certificate type ${value}`, { path: 'type', offset: 4 });
  return row;
}
