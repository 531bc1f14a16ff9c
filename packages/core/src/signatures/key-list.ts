/** Revocation by a list of public keys, one a line (ssh-keygen(1) `-r`, sshd_config(5) RevokedKeys): a listed authority revokes all. */
import { encodePublicKey } from '../keys/public-key.ts';
import { equalBytes } from '../wire/bytes.ts';
import { readLineSigner } from './line-signer.ts';
import type { Signer } from './sshsig.ts';

/** `unreadable`: a line is no key, so nothing may be believed. The number is the line's, from 1. */
export type KeyListAnswer =
  | { readonly outcome: 'revoked'; readonly line: number }
  | { readonly outcome: 'not-listed' }
  | { readonly outcome: 'unreadable'; readonly line: number };

/** Whether the list names the signer's key or its certificate's authority, up to the first line that is no key. */
export function keyListRevokes(text: string, signer: Signer): KeyListAnswer {
  const revoking = [signer.key, ...(signer.certificate === undefined ? [] : [signer.certificate.authority])];
  const blobs = revoking.map((key) => encodePublicKey(key));
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/^[ \t]+/, '');
    if (line === '' || line.startsWith('#')) continue;
    const listed = readKey(line.replace(/\r$/, ''));
    if (listed === undefined) return { outcome: 'unreadable', line: index + 1 };
    if (blobs.some((blob) => equalBytes(blob, listed))) return { outcome: 'revoked', line: index + 1 };
  }
  return { outcome: 'not-listed' };
}

/** The blob of the line's key; of a certificate, that of the certified key. */
function readKey(line: string): Uint8Array | undefined {
  const read = readLineSigner(line);
  return read === undefined ? undefined : encodePublicKey(read.signer.key);
}
