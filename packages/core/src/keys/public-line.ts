/** The public key line of `id_*.pub`: key type, Base64 blob, comment (sshd(8) AUTHORIZED_KEYS FILE FORMAT). Parsing never throws. */
import type { Diagnostic, Span } from '../diagnostic.ts';
import { base64Decode, base64Encode } from '../wire/base64.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { findPublicKeyType, type AnyPublicKeyType, type PublicKey } from './public-key-types/index.ts';
import { maximumPublicLineSize } from './limits.ts';
import { encodePublicKey, publicKeyBlobType } from './public-key.ts';

/** What a line holds, or what is wrong with it. */
export type PublicLine =
  | { readonly ok: true; readonly key: PublicKey; readonly blob: Uint8Array; readonly comment: string }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** Reads one line, with or without its line end. Blank space before it is skipped. */
export function parsePublicLine(line: string): PublicLine {
  if (line.length > maximumPublicLineSize) {
    return refuse('line-too-long', 'line too long', { start: maximumPublicLineSize, end: line.length });
  }
  const match = /^[ \t]*([^ \t\r\n]+)[ \t]+([^ \t\r\n]+)(?:[ \t]+([^\r\n]*))?\r?\n?$/.exec(line);
  const [, type, base64, comment = ''] = match ?? [];
  if (type === undefined || base64 === undefined) {
    return refuse('not-a-public-key', 'expected a key type, the key in base64, and a comment', wholeOf(line));
  }
  const start = line.indexOf(type);
  const typeSpan = { start, end: start + type.length };
  const row = findPublicKeyType(type);
  if (row === undefined) return refuse('unknown-key-type', `unknown key type ${type}`, typeSpan);
  const blobStart = line.indexOf(base64, typeSpan.end);
  const blobSpan = { start: blobStart, end: blobStart + base64.length };
  const blob = base64Decode(base64);
  if (blob === undefined) return refuse('bad-base64', 'the key is not valid base64', blobSpan);
  return readBlob({ row, blob, comment, span: blobSpan });
}

interface LineParts {
  readonly row: AnyPublicKeyType;
  readonly blob: Uint8Array;
  readonly comment: string;
  readonly span: Span;
}

function readBlob({ row, blob, comment, span }: LineParts): PublicLine {
  try {
    return { ok: true, key: row.publicKey.decode(blob), blob, comment };
  } catch (error) {
    return refuseBlob({ row, blob, span }, error);
  }
}

/** Says that the line and the key are of two types, where that is what is wrong; else what the decoder said. */
function refuseBlob({ row, blob, span }: Omit<LineParts, 'comment'>, error: unknown): PublicLine {
  if (!(error instanceof DecodeError)) throw error;
  const inner = typeInside(blob);
  if (inner === undefined) return refuse('missing-key-type', error.message, span);
  if (inner === row.name) return refuse('bad-key', error.message, span);
  return refuse('key-type-mismatch', `the line says ${row.name}, the key says ${inner}`, span);
}

function typeInside(blob: Uint8Array): string | undefined {
  try {
    return publicKeyBlobType(blob);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return undefined;
  }
}

function refuse(code: string, message: string, span: Span): PublicLine {
  return { ok: false, diagnostic: { code, severity: 'error', span, message } };
}

function wholeOf(line: string): Span {
  return { start: 0, end: line.length };
}

/** The line of a key, without a line end. The comment may hold blanks, not line ends. */
export function printPublicLine(key: PublicKey, comment = ''): string {
  const text = `${key.type} ${base64Encode(encodePublicKey(key))}`;
  return comment === '' ? text : `${text} ${comment.replaceAll(/[\r\n]/g, ' ')}`;
}
