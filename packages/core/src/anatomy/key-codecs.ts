/** Which codec explains a blob: by the key type's name at its start. */
import { findCertificateType } from '../certificates/certificate-type.ts';
import { findPublicKeyType } from '../keys/public-key-types/index.ts';
import { struct } from '../wire/composites.ts';
import { name, rest, string } from '../wire/primitives.ts';
import { faultOf } from './faults.ts';
import { signatureBlob } from '../keys/signature.ts';
import { leadingName, type ExplainedCodec, type Opener } from './span-fields.ts';

const unknownKey = struct('unknown key', { type: name, rest });

/** The codec's name for a blob whose key type is not known. */
export const unknownKeyType = unknownKey.type;

/** The value of a certificate's option that has one: a string in the string (PROTOCOL.certkeys). */
const optionValue = struct('option value', { text: string });

function openOptionValue(contents: Uint8Array): ExplainedCodec | undefined {
  const isString = contents.length > 0 && faultOf(() => optionValue.decode(contents)) === undefined;
  return isString ? { codec: optionValue } : undefined;
}

/** Of a public key blob or a certificate. */
export function publicBlobCodec(blob: Uint8Array): ExplainedCodec {
  const type = leadingName(blob);
  return { codec: findPublicKeyType(type)?.publicKey ?? findCertificateType(type)?.blob ?? unknownKey };
}

/** Whether a blob says that it is a certificate of a kind that is known. */
export function isCertificateBlob(blob: Uint8Array): boolean {
  return findCertificateType(leadingName(blob)) !== undefined;
}

/** Strings that hold blobs, wherever they stand. */
export const blobOpeners: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ['openssh-key-v1.publicKey', publicBlobCodec],
  ['certificate.authority', publicBlobCodec],
  ['option.data', openOptionValue],
  ['certificate.signature', () => ({ codec: signatureBlob })],
  ['sshsig.publicKey', publicBlobCodec],
  ['sshsig.signature', () => ({ codec: signatureBlob })],
]);
