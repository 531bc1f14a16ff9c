/** Public keys in lines of text: of .pub files, authorized_keys and known_hosts, each with where it stands. */
import { findPublicKeyType, decodePublicKey, type PublicKey } from '@seashell/core/keys';
import {
  type Certificate,
  decodeCertificate,
  findCertificateType,
  isCertificateBlob,
} from '@seashell/core/certificates';
import { type KnownHostsMarker, type LineKey, parseAuthorizedKeys, parseKnownHosts } from '@seashell/core/files';
import { base64Decode, utf8DecodeLossy } from '@seashell/core/wire';
import type { EntryFacts, FactRow } from './surface.ts';

export interface KeyLine {
  readonly line: number;
  /** In UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  readonly key: LineKey;
  readonly comment: string;
  /** `@revoked`, `cert-authority`; mostly empty. */
  readonly mark: string;
  /** The host; undefined outside of known_hosts. */
  readonly host: string | undefined;
  readonly details: readonly FactRow[];
}

function authorizedLines(text: string): readonly KeyLine[] {
  return parseAuthorizedKeys(text).lines.flatMap((line) => {
    if (line.type !== 'entry') return [];
    const { comment, key, number, options, span } = line;
    const mark = options.certAuthority ? 'cert-authority' : '';
    // The options are fields of the anatomy, each with its sentence.
    return [{ line: number, ...span, key, comment, mark, host: undefined, details: [] }];
  });
}

function knownHostLines(text: string): readonly KeyLine[] {
  return parseKnownHosts(text).lines.flatMap((line) => {
    if (line.type !== 'entry' || line.key === undefined) return [];
    const { comment, hosts, isHashed, key, marker, number, span } = line;
    const host = isHashed ? 'a hashed name' : hosts.replaceAll(',', ', ');
    const details = [
      ...(marker === undefined ? [] : [{ name: `@${marker}`, values: [markerWords[marker]] }]),
      { name: 'host', values: [isHashed ? `${hosts}: hashed, so that the file does not tell the name` : host] },
    ];
    return [{ line: number, ...span, key, comment, mark: marker === undefined ? '' : `@${marker}`, host, details }];
  });
}

const markerWords: Readonly<Record<KnownHostsMarker, string>> = {
  revoked: 'this key is never accepted for these hosts, whatever other lines say',
  'cert-authority': 'the key is an authority: certificates that it signed are believed for these hosts',
};

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

export function entryFacts({ line, key, comment, host, mark }: KeyLine): EntryFacts {
  const shortName = (findPublicKeyType(key.type) ?? findCertificateType(key.type))?.shortName ?? key.type;
  return { line, mark, shortName, about: host ?? comment };
}

/** A word that names another type than the key behind it, as a sentence: OpenSSH takes such a line for no key. */
export function describeDisagreement(text: string): string | undefined {
  for (const [, word, base64 = ''] of text.matchAll(/(?:^|[ \t])([a-z][\w@.-]{2,63})[ \t]+(AAAA[A-Za-z0-9+/]+=*)/gm)) {
    const blob = base64Decode(base64);
    const inside = blob === undefined ? undefined : nameOf(blob);
    if (inside !== undefined && inside !== word)
      return `The line says ${word}, and the key in it says ${inside}: OpenSSH takes it for no key.`;
  }
  return undefined;
}

/** The first word of a blob, if it is the name of a type that is known. */
function nameOf(blob: Uint8Array): string | undefined {
  const size = blob[3] ?? 0;
  const name = utf8DecodeLossy(blob.subarray(4, 4 + size));
  return findPublicKeyType(name) === undefined && findCertificateType(name) === undefined ? undefined : name;
}

/** The key of a blob; of a certificate, the key that it certifies. Throws DecodeError for what is malformed. */
export function keyOfBlob(blob: Uint8Array): KeyOfLine {
  if (!isCertificateBlob(blob)) return { key: decodePublicKey(blob), certificate: undefined };
  const certificate = decodeCertificate(blob);
  return { key: certificate.key, certificate };
}
