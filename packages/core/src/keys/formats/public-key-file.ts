/** Public key files of any format: the line of `id_*.pub`, RFC 4716, and the two PEM forms. */
import { DecodeError } from '../../wire/decode-error.ts';
import { utf8Decode, utf8Encode } from '../../wire/text.ts';
import { maximumKeyFileSizeBytes } from '../limits.ts';
import { decodePublicKey } from '../public-key.ts';
import { parsePublicLine } from '../public-line.ts';
import type { PublicKey } from '../public-key-types/index.ts';
import { decodePublicPem, isPublicPem } from './pem-public.ts';
import { decodeRfc4716, isRfc4716, rfc4716Header } from './rfc4716.ts';

/** `openssh`: a line. `pkcs8` and `pkcs1`: PEM, `PUBLIC KEY` and `RSA PUBLIC KEY`. */
export type PublicKeyFormat = 'openssh' | 'rfc4716' | 'pkcs8' | 'pkcs1';

/** What a public key file holds. The arrays of the key are views of decoded bytes that nobody else keeps. */
export interface PublicKeyFile {
  readonly format: PublicKeyFormat;
  readonly key: PublicKey;
  /** Empty where the file has none. */
  readonly comment: string;
}

/**
 * The key of a public key file, whatever its format. Throws DecodeError: offsets are in the file where the path is `file`, `pem` or
 * `rfc4716`, and in the decoded key elsewhere.
 *
 * @example
 * const { format, key, comment } = readPublicKeyFile(utf8Encode(text));
 */
export function readPublicKeyFile(file: Uint8Array): PublicKeyFile {
  if (isRfc4716(file)) return readRfc4716(file);
  if (isPublicPem(file)) return { ...decodePublicPem(file), comment: '' };
  return readLine(file);
}

function readRfc4716(file: Uint8Array): PublicKeyFile {
  const decoded = decodeRfc4716(file);
  return { format: 'rfc4716', key: decodePublicKey(decoded.blob), comment: rfc4716Header(decoded, 'Comment') ?? '' };
}

/** One line; blank lines and remarks may stand around it. */
function readLine(file: Uint8Array): PublicKeyFile {
  if (file.length > maximumKeyFileSizeBytes) throw refuse(`expected at most ${maximumKeyFileSizeBytes} bytes`, 0);
  const text = utf8Decode(file);
  if (text === undefined) throw refuse('expected UTF-8', 0);
  const [first, second] = linesOf(text);
  if (first === undefined) throw refuse('expected a public key', 0);
  if (second !== undefined) throw refuse('expected one key, found a second line', byteOffset(text, second.start));
  const line = parsePublicLine(first.text);
  if (line.ok) return { format: 'openssh', key: line.key, comment: line.comment };
  const { message, span } = line.diagnostic;
  throw refuse(message, byteOffset(text, first.start + span.start));
}

interface LineOfText {
  readonly start: number;
  readonly text: string;
}

/** The first two lines that are neither blank nor remarks. */
function linesOf(text: string): readonly LineOfText[] {
  const lines: LineOfText[] = [];
  for (let start = 0; start < text.length && lines.length < 2;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, end);
    if (!/^[ \t]*(?:#|\r?$)/.test(line)) lines.push({ start, text: line });
    start = end + 1;
  }
  return lines;
}

function byteOffset(text: string, offset: number): number {
  return utf8Encode(text.slice(0, offset)).length;
}

function refuse(reason: string, offset: number): DecodeError {
  return new DecodeError(reason, { path: 'file', offset });
}
