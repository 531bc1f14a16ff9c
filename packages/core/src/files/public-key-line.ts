/** A public key as the line formats of ssh know it: a key type and the blob behind its base64. sshd(8). */
import { base64Decode, base64Encode } from '../wire/base64.ts';
import { equalBytes } from '../wire/bytes.ts';

/** A key as it stands in a line, whether its type is known or not. */
export interface LineKey {
  /** `ssh-ed25519`, `ssh-rsa`, ... as written. */
  readonly type: string;
  /** The decoded base64: RFC 4253 6.6. Only the key type inside has been looked at. */
  readonly blob: Uint8Array;
}

/** A key and what follows it; undefined if `text` does not begin with one. */
export function readLineKey(text: string): { readonly key: LineKey; readonly comment: string } | undefined {
  const match = /^([^ \t]+)[ \t]+([^ \t]+)(?:[ \t]+(.*))?$/s.exec(text);
  const [, type, base64, comment = ''] = match ?? [];
  if (type === undefined || base64 === undefined) return undefined;
  const blob = base64Decode(base64);
  if (blob === undefined || !beginsWithName(blob, type)) return undefined;
  return { key: { type, blob }, comment: comment.trimEnd() };
}

function beginsWithName(blob: Uint8Array, name: string): boolean {
  if (blob.length < 4) return false;
  const size = new DataView(blob.buffer, blob.byteOffset, 4).getUint32(0);
  if (size !== name.length || blob.length < 4 + size) return false;
  for (let index = 0; index < size; index += 1) if (blob[4 + index] !== name.charCodeAt(index)) return false;
  // A key has more than its name.
  return blob.length > 4 + size;
}

/** Key type and base64, as they stand in a line. */
export function printLineKey(key: LineKey): string {
  return `${key.type} ${base64Encode(key.blob)}`;
}

/** Whether both are the same key, by type and blob. */
export function isSameKey(a: LineKey, b: LineKey): boolean {
  return a.type === b.type && equalBytes(a.blob, b.blob);
}
