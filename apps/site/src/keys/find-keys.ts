/** Public keys in lines of text: of .pub files, authorized_keys and known_hosts, each with where it stands. */
import { findPublicKeyType, decodePublicKey, type PublicKey } from '@seashell/core/keys';
import {
  type Certificate,
  decodeCertificate,
  findCertificateType,
  isCertificateBlob,
} from '@seashell/core/certificates';
import { parseAuthorizedKeys, parseKnownHosts, type LineKey } from '@seashell/core/files';
import type { EntryFacts, FactRow } from './surface.ts';

export interface KeyLine {
  readonly line: number;
  /** In UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  readonly key: LineKey;
  readonly comment: string;
  readonly details: readonly FactRow[];
}

function authorizedLines(text: string): readonly KeyLine[] {
  return parseAuthorizedKeys(text).lines.flatMap((line) => {
    if (line.type !== 'entry') return [];
    const details = line.optionsText === '' ? [] : [{ name: 'options', values: [line.optionsText] }];
    return [{ line: line.number, ...line.span, key: line.key, comment: line.comment, details }];
  });
}

function knownHostLines(text: string): readonly KeyLine[] {
  return parseKnownHosts(text).lines.flatMap((line) => {
    if (line.type !== 'entry' || line.key === undefined) return [];
    const host =
      text.slice(line.span.start, line.span.end).trim().split(/\s+/)[line.marker === undefined ? 0 : 1] ?? '';
    const details = [{ name: 'host', values: [host] }];
    return [{ line: line.number, ...line.span, key: line.key, comment: line.comment, details }];
  });
}

/** The lines of the text that hold a key, as the kind of file that more of them fit. */
export function findKeyLines(text: string): readonly KeyLine[] {
  const authorized = authorizedLines(text);
  const known = knownHostLines(text);
  return known.length > authorized.length ? known : authorized;
}

export interface KeyOfLine {
  readonly key: PublicKey;
  readonly certificate: Certificate | undefined;
}

export function entryFacts({ line, key, comment }: KeyLine): EntryFacts {
  const shortName = (findPublicKeyType(key.type) ?? findCertificateType(key.type))?.shortName ?? key.type;
  return { line, shortName, comment };
}

/** The key of a line; of a certificate, the key that it certifies. Throws DecodeError for what is malformed. */
export function keyOfLine({ key: { blob } }: KeyLine): KeyOfLine {
  if (!isCertificateBlob(blob)) return { key: decodePublicKey(blob), certificate: undefined };
  const certificate = decodeCertificate(blob);
  return { key: certificate.key, certificate };
}
