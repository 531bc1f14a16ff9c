/** The signer that a line of allowed_signers or of a list of keys names: sshkey_read(), with the key types of an OpenSSH that has SSHSIG. */
import { readLineKey } from '../files/public-key-line.ts';
import { isKeyTypeOf } from '../keys/public-key-types/index.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { signerOfBlob } from './signer.ts';
import type { Signer } from './sshsig.ts';

/** The key or certificate at the beginning of `text`, and what follows; undefined if there is none. */
export function readLineSigner(text: string): { readonly signer: Signer; readonly comment: string } | undefined {
  const read = readLineKey(text);
  if (read === undefined) return undefined;
  try {
    const signer = signerOfBlob(read.key.blob);
    return isKnown(signer) ? { signer, comment: read.comment } : undefined;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** 6.6 has no SSHSIG, so its own key types do not count. */
function isKnown({ key, certificate }: Signer): boolean {
  return [key, certificate?.authority].every((each) => each === undefined || isKeyTypeOf('10', each.type));
}
