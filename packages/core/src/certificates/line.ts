/** The line of `id_*-cert.pub`: certificate type, Base64 blob, comment. Parsing never throws; a plain key's line is read too. */
import type { Diagnostic, Span } from '../diagnostic.ts';
import type { PublicKey } from '../keys/public-key-types/index.ts';
import { parsePublicLine } from '../keys/public-line.ts';
import { maximumPublicLineSize } from '../keys/limits.ts';
import { base64Decode, base64Encode } from '../wire/base64.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { name } from '../wire/primitives.ts';
import { decodeCertificate, encodeCertificate, type CertificateDecoding } from './blob.ts';
import type { Certificate } from './certificate.ts';
import { findCertificateType } from './certificate-type.ts';

/** A plain key, or a certificate and the key in it. */
export type KeyOrCertificate =
  | { readonly kind: 'key'; readonly key: PublicKey; readonly blob: Uint8Array }
  | {
      readonly kind: 'certificate';
      readonly key: PublicKey;
      readonly certificate: Certificate;
      readonly blob: Uint8Array;
    };

/** What a line holds, or what is wrong with it. */
export type KeyLine =
  | { readonly ok: true; readonly held: KeyOrCertificate; readonly comment: string }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** Reads one line with a key or a certificate, with or without its line end. Blank space before it is skipped. */
export function parseKeyLine(line: string, decoding: CertificateDecoding = {}): KeyLine {
  const match =
    line.length <= maximumPublicLineSize ? /^[ \t]*(\S+)[ \t]+(\S+)(?:[ \t]+([^\r\n]*))?\r?\n?$/.exec(line) : null;
  const [, type = '', base64 = '', comment = ''] = match ?? [];
  if (findCertificateType(type) === undefined) return parsePlain(line);
  const start = line.indexOf(base64, line.indexOf(type) + type.length);
  const span = { start, end: start + base64.length };
  const blob = base64Decode(base64);
  if (blob === undefined) return refuse('bad-base64', 'the certificate is not valid base64', span);
  try {
    const inner = name.decodePrefix(blob).value;
    if (inner !== type)
      return refuse('key-type-mismatch', `the line says ${type}, the certificate says ${inner}`, span);
    const certificate = decodeCertificate(blob, decoding);
    return { ok: true, held: { kind: 'certificate', key: certificate.key, certificate, blob }, comment };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return refuse('bad-certificate', error.message, span);
  }
}

function parsePlain(line: string): KeyLine {
  const read = parsePublicLine(line);
  if (!read.ok) return read;
  return { ok: true, held: { kind: 'key', key: read.key, blob: read.blob }, comment: read.comment };
}

function refuse(code: string, message: string, span: Span): KeyLine {
  return { ok: false, diagnostic: { code, severity: 'error', span, message } };
}

/** The line of a certificate, without a line end. */
export function printCertificateLine(certificate: Certificate, comment = ''): string {
  const text = `${certificate.type} ${base64Encode(encodeCertificate(certificate))}`;
  return comment === '' ? text : `${text} ${comment.replaceAll(/[\r\n]/g, ' ')}`;
}
