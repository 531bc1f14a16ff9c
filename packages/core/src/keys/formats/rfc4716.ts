/**
 * SSH public key files of RFC 4716, which `ssh-keygen -e` writes: dashes, headers with continued lines, the blob in base64. Header tags
 * are compared without case; the quotes around a comment are not part of it (RFC 4716 section 3.3.2).
 */
import { base64Decode, base64Encode } from '../../wire/base64.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { utf8DecodeLossy, utf8Encode } from '../../wire/text.ts';
import { maximumKeyFileSizeBytes } from '../limits.ts';
import { splitTextLines, type TextLine } from './text-lines.ts';

/** One header. Tags are compared without case. */
export interface Rfc4716Header {
  readonly tag: string;
  /** Continued lines are joined; quotes are kept. */
  readonly value: string;
}

/** A public key file of RFC 4716: its headers in order, and the blob, which is not looked at. */
export interface Rfc4716File {
  readonly headers: readonly Rfc4716Header[];
  /** The public key blob. */
  readonly blob: Uint8Array;
}

const beginLine = '---- BEGIN SSH2 PUBLIC KEY ----';
const endLine = '---- END SSH2 PUBLIC KEY ----';
const maximumLineSizeBytes = 72;
/** What ssh-keygen writes. */
const base64LineSize = 70;
/** Readers are kinder than writers: files with longer lines are about. */
const longestLine = 1024;
const maximumTagSizeBytes = 64;
const maximumValueSizeBytes = 1024;
const headerPattern = /^([!-9;-~]+):[ \t]*(.*)$/;

/** Whether a file begins as RFC 4716 says. */
export function isRfc4716(file: Uint8Array): boolean {
  return utf8DecodeLossy(file.subarray(0, beginLine.length)) === beginLine;
}

/** Reads a file. Throws DecodeError with the offset in the file. */
export function decodeRfc4716(file: Uint8Array): Rfc4716File {
  if (file.length > maximumKeyFileSizeBytes) throw refuse(`expected at most ${maximumKeyFileSizeBytes} bytes`, 0);
  const lines = splitTextLines(file);
  if (lines[0]?.text !== beginLine) throw refuse('expected the BEGIN line', 0);
  const last = lines.findIndex((line) => line.text.trimEnd() === endLine);
  if (last < 0) throw refuse('expected the END line', file.length);
  const more = lines.slice(last + 1).find((line) => line.text !== '');
  if (more !== undefined) throw refuse('expected nothing after the END line', more.start);
  const inside = lines.slice(1, last);
  const tooLong = inside.find((line) => line.text.length > longestLine);
  if (tooLong !== undefined) throw refuse(`expected lines of at most ${longestLine} bytes`, tooLong.start);
  const { headers, next } = readHeaders(file, inside);
  const body = inside.slice(next);
  const blob = base64Decode(body.map((line) => line.text).join(''));
  if (blob === undefined || blob.length === 0) throw refuse('expected base64', body[0]?.start ?? file.length);
  return { headers, blob };
}

interface ReadHeaders {
  readonly headers: readonly Rfc4716Header[];
  /** Index of the first line behind them. */
  readonly next: number;
}

function readHeaders(file: Uint8Array, lines: readonly TextLine[]): ReadHeaders {
  const headers: Rfc4716Header[] = [];
  let next = 0;
  while (next < lines.length && lines[next]?.text.includes(':')) {
    const start = lines[next]?.start ?? 0;
    const pieces: Uint8Array[] = [];
    let continued = true;
    while (continued) {
      const line = lines[next];
      if (line === undefined) throw refuse('expected the rest of the header', start);
      continued = line.text.endsWith('\\');
      pieces.push(file.subarray(line.start, continued ? line.end - 1 : line.end));
      next += 1;
    }
    headers.push(readHeader(pieces.map(utf8DecodeLossy).join(''), start));
  }
  return { headers, next };
}

function readHeader(text: string, start: number): Rfc4716Header {
  const [, tag, value] = headerPattern.exec(text) ?? [];
  if (tag === undefined || value === undefined) throw refuse('expected a header', start);
  if (tag.length > maximumTagSizeBytes || value.length > maximumValueSizeBytes) throw refuse('header too long', start);
  return { tag, value };
}

function refuse(reason: string, offset: number): DecodeError {
  return new DecodeError(reason, { path: 'rfc4716', offset });
}

/** The value of a header, without quotes around it; undefined if it is not there. */
export function rfc4716Header({ headers }: Rfc4716File, tag: string): string | undefined {
  const value = headers.find((header) => header.tag.toLowerCase() === tag.toLowerCase())?.value;
  return value === undefined ? undefined : (/^"(.*)"$/.exec(value)?.[1] ?? value);
}

/** The text of a file, which ends in a line end. Values stand as given, control characters as blanks; ssh-keygen quotes its comments. */
export function encodeRfc4716({ headers, blob }: Rfc4716File): string {
  const lines = [
    beginLine,
    ...headers.flatMap(({ tag, value }) => foldHeader(`${tag}: ${value.replaceAll(/\p{Cc}/gu, ' ')}`)),
    ...(base64Encode(blob).match(new RegExp(`.{1,${base64LineSize}}`, 'g')) ?? []),
    endLine,
    '',
  ];
  return lines.join('\n');
}

/** Lines of at most 72 bytes, all but the last ended by a backslash; characters are not torn apart. */
function foldHeader(header: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let size = 0;
  for (const character of header) {
    const characterSize = utf8Encode(character).length;
    if (size + characterSize > maximumLineSizeBytes - 1) {
      lines.push(`${line}\\`);
      line = '';
      size = 0;
    }
    line += character;
    size += characterSize;
  }
  return [...lines, line];
}
