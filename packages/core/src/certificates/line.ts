/** The line of `id_*-cert.pub`: certificate type, Base64 blob, comment. Parsing never throws; a plain key's line is read too. */
import type { Diagnostic } from '../diagnostic.ts';
import type { OpenSshVersion } from '../config/keywords/row.ts';
import { isKeyTypeOf, type PublicKey } from '../keys/public-key-types/index.ts';
import { parsePublicLine } from '../keys/public-line.ts';
import { maximumPublicLineSize } from '../keys/limits.ts';
import { base64Decode, base64Encode } from '../wire/base64.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { name } from '../wire/primitives.ts';
import { decodeCertificate, encodeCertificate, type CertificateDecoding } from './blob.ts';
import type { Certificate } from './certificate.ts';
import { certificateFaults, findCertificateType } from './certificate-type.ts';

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
  | {
      readonly ok: false;
      readonly diagnostic: Diagnostic;
      /** What OpenSSH says of such a line. */
      readonly words: string;
    };

/** How a line is read: by which version's key types, and with whose primitives. */
export interface KeyLineReading extends CertificateDecoding {
  /** Key types that this version does not know are refused, an authority's too; all are taken if not given. */
  readonly openssh?: OpenSshVersion;
}

/** Reads one line with a key or a certificate, with or without its line end. Blank space before it is skipped. */
export function parseKeyLine(line: string, reading: KeyLineReading = {}): KeyLine {
  const read = parseAnyLine(line, reading);
  const { openssh } = reading;
  if (!read.ok || openssh === undefined) return read;
  const { held } = read;
  const span = { start: 0, end: line.length };
  if (!isKeyTypeOf(openssh, held.key.type)) {
    return refuse({ code: 'unknown-key-type', message: `OpenSSH ${openssh} knows no ${held.key.type}`, span });
  }
  if (held.kind === 'key' || isKeyTypeOf(openssh, held.certificate.authority.type)) return read;
  const message = `OpenSSH ${openssh} knows no ${held.certificate.authority.type}, the type of the authority`;
  return refuse({ code: 'bad-certificate', message, span }, certificateFaults.authority);
}

function parseAnyLine(line: string, decoding: CertificateDecoding): KeyLine {
  const match =
    line.length <= maximumPublicLineSize ? /^[ \t]*(\S+)[ \t]+(\S+)(?:[ \t]+([^\r\n]*))?\r?\n?$/.exec(line) : null;
  const [, type = '', base64 = '', comment = ''] = match ?? [];
  if (findCertificateType(type) === undefined) return parsePlain(line);
  const start = line.indexOf(base64, line.indexOf(type) + type.length);
  const span = { start, end: start + base64.length };
  const blob = base64Decode(base64);
  if (blob === undefined) return refuse({ code: 'bad-base64', message: 'the certificate is not valid base64', span });
  try {
    const inner = name.decodePrefix(blob).value;
    if (inner !== type) {
      const message = `the line says ${type}, the certificate says ${inner}`;
      return refuse({ code: 'key-type-mismatch', message, span });
    }
    const certificate = decodeCertificate(blob, decoding);
    return { ok: true, held: { kind: 'certificate', key: certificate.key, certificate, blob }, comment };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const words = Object.values(certificateFaults).find((each) => each === error.reason);
    return refuse({ code: 'bad-certificate', message: error.message, span }, words);
  }
}

function parsePlain(line: string): KeyLine {
  const read = parsePublicLine(line);
  if (!read.ok) return refuse(read.diagnostic);
  return { ok: true, held: { kind: 'key', key: read.key, blob: read.blob }, comment: read.comment };
}

/** The codecs' words for a key that ends too early, of which OpenSSH says more than of what stands around it. */
const endsTooEarly = /^[^ ]+: (?:length \d+ is more than the \d+ bytes left|expected \d+ bytes, found \d+) \(byte/;

function refuse(fault: Omit<Diagnostic, 'severity'>, words?: string): KeyLine {
  return { ok: false, diagnostic: { severity: 'error', ...fault }, words: words ?? wordsOf(fault) };
}

function wordsOf({ code, message }: Omit<Diagnostic, 'severity'>): string {
  if (code === 'key-type-mismatch') return 'key type does not match';
  const isAboutKey = code === 'bad-key' || message.startsWith('certificate.key');
  return isAboutKey && endsTooEarly.test(message) ? 'incomplete message' : 'invalid format';
}

/** The line of a certificate, without a line end. */
export function printCertificateLine(certificate: Certificate, comment = ''): string {
  const text = `${certificate.type} ${base64Encode(encodeCertificate(certificate))}`;
  return comment === '' ? text : `${text} ${comment.replaceAll(/[\r\n]/g, ' ')}`;
}
