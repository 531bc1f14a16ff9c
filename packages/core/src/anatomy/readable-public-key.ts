/** The public key that a private key file shows without its passphrase, also where the file was cut off behind it. */
import { envelopeFormat } from '../keys/formats/openssh.ts';
import type { PublicKey } from '../keys/public-key-types/index.ts';
import { decodePublicKey } from '../keys/public-key.ts';
import { DecodeError } from '../wire/decode-error.ts';
import type { Anatomy, AnatomyField } from './anatomy.ts';

const publicKeyPath = `${envelopeFormat.type}.publicKey`;

/**
 * The public half of an openssh-key-v1 file whose blob is whole, whatever is wrong behind it: enough for its fingerprint and its line.
 * Undefined for other files, and where the blob is not whole or of a type that is not known. Never throws.
 */
export function readablePublicKey({ bodies, fields }: Anatomy): PublicKey | undefined {
  const field = findField(fields, publicKeyPath);
  const bytes = field === undefined ? undefined : bodies[field.span.body]?.bytes;
  if (field === undefined || bytes === undefined) return undefined;
  try {
    return decodePublicKey(bytes.subarray(field.span.start, field.span.end));
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function findField(fields: readonly AnatomyField[], path: string): AnatomyField | undefined {
  for (const field of fields) {
    const found = field.path === path ? field : findField(field.children, path);
    if (found !== undefined) return found;
  }
  return undefined;
}
