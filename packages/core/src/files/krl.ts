/**
 * Key revocation lists (PROTOCOL.krl, OpenSSH's krl.c): what is revoked as sorted sets, read from and written to files whose bytes are
 * OpenSSH's, and asked about a key or a certificate.
 */
import type { Certificate } from '../certificates/certificate.ts';
import { sha1 } from '../crypto/sha1.ts';
import { sha256 } from '../crypto/sha256.ts';
import type { PublicKey } from '../keys/public-key-types/index.ts';
import { encodePublicKey } from '../keys/public-key.ts';
import { compareBytes, copyBytes, equalBytes } from '../wire/bytes.ts';
import type { Span } from '../wire/spans.ts';
import { utf8Encode } from '../wire/text.ts';
import {
  krlCertificateSection,
  krlFile,
  krlSection,
  type KrlCertificateSection,
  type KrlSection,
} from './krl-codec.ts';
import { holdsSerial, joinRanges, rangesOfBitmap, serialSections, type SerialRange } from './krl-serials.ts';

/** The certificates of one authority that are revoked. */
export interface RevokedCertificates {
  /** Undefined: of any authority. */
  readonly authority: PublicKey | undefined;
  /** In order, none touching another; 0 is never among them. */
  readonly serials: readonly SerialRange[];
  /** In order. */
  readonly keyIds: readonly string[];
}

/** A key revocation list. */
export interface Krl {
  readonly version: bigint;
  /** Seconds since the epoch. */
  readonly generated: bigint;
  readonly flags: bigint;
  readonly comment: string;
  readonly certificates: readonly RevokedCertificates[];
  /** Public key blobs, in order. */
  readonly keys: readonly Uint8Array[];
  /** Digests of public key blobs, in order. */
  readonly sha1: readonly Uint8Array[];
  readonly sha256: readonly Uint8Array[];
}

/** Certificates to revoke. `authority` undefined: of any. Serials count from 1. */
export type CertificateRevocation =
  | { readonly type: 'serials'; readonly authority: PublicKey | undefined; readonly range: SerialRange }
  | { readonly type: 'key-id'; readonly authority: PublicKey | undefined; readonly keyId: string };

/** One thing to revoke. */
export type Revocation =
  | CertificateRevocation
  | { readonly type: 'key'; readonly blob: Uint8Array }
  | { readonly type: 'sha1' | 'sha256'; readonly digest: Uint8Array };

/** A list that revokes nothing yet. */
export function emptyKrl({ version = 0n, generated }: { readonly version?: bigint; readonly generated: bigint }): Krl {
  return { version, generated, flags: 0n, comment: '', certificates: [], keys: [], sha1: [], sha256: [] };
}

/** The list with more revoked. */
export function revoke(krl: Krl, revocations: readonly Revocation[]): Krl {
  const blobs = { key: [...krl.keys], sha1: [...krl.sha1], sha256: [...krl.sha256] };
  const certificates = krl.certificates.map(draftOf);
  for (const each of revocations) {
    if ('blob' in each) blobs.key.push(each.blob);
    else if ('digest' in each) blobs[each.type].push(each.digest);
    else revokeCertificates(certificates, each);
  }
  return {
    ...krl,
    certificates: certificates.map(finish),
    keys: sortedBlobs(blobs.key),
    sha1: sortedBlobs(blobs.sha1),
    sha256: sortedBlobs(blobs.sha256),
  };
}

interface Draft {
  readonly authority: PublicKey | undefined;
  readonly authorityBlob: Uint8Array;
  readonly serials: SerialRange[];
  readonly keyIds: string[];
}

function draftOf({ authority, serials, keyIds }: RevokedCertificates): Draft {
  return { authority, authorityBlob: authorityBlob(authority), serials: [...serials], keyIds: [...keyIds] };
}

function authorityBlob(authority: PublicKey | undefined): Uint8Array {
  return authority === undefined ? new Uint8Array() : encodePublicKey(authority);
}

function revokeCertificates(drafts: Draft[], revocation: CertificateRevocation): void {
  const draft = draftFor(drafts, revocation.authority);
  if (revocation.type === 'serials') draft.serials.push(revocation.range);
  else draft.keyIds.push(revocation.keyId);
}

function draftFor(drafts: Draft[], authority: PublicKey | undefined): Draft {
  const same = drafts.find((each) => each.authority === authority);
  if (same !== undefined) return same;
  const blob = authorityBlob(authority);
  const equal = drafts.find((each) => equalBytes(each.authorityBlob, blob));
  if (equal !== undefined) return equal;
  const draft = { authority, authorityBlob: blob, serials: [], keyIds: [] };
  drafts.push(draft);
  return draft;
}

function finish({ authority, serials, keyIds }: Draft): RevokedCertificates {
  const sorted = [...new Set(keyIds)].toSorted((a, b) => compareBytes(utf8Encode(a), utf8Encode(b)));
  return { authority, serials: joinRanges(serials), keyIds: sorted };
}

function sortedBlobs(blobs: readonly Uint8Array[]): readonly Uint8Array[] {
  const sorted = blobs.toSorted(compareBytes);
  return sorted.filter((blob, index) => index === 0 || compareBytes(blob, sorted[index - 1] ?? blob) !== 0);
}

/**
 * How ssh-keygen revokes what a file presents: a plain key by itself, a certificate by its serial, or by its key ID where it has none.
 */
export function revocationOf(held: RevocableKey): Revocation {
  const { certificate } = held;
  if (certificate === undefined) return { type: 'key', blob: encodePublicKey(held.key) };
  const { authority, serial, keyId } = certificate;
  if (serial === 0n) return { type: 'key-id', authority, keyId };
  return { type: 'serials', authority, range: { first: serial, last: serial } };
}

/** A plain key, or a certificate with the key in it. */
export interface RevocableKey {
  readonly key: PublicKey;
  readonly certificate?: Certificate | undefined;
}

/** By what a key or certificate is revoked; `authority-...`: its authority's key is. */
export type RevokedBy = RevokedKeyBy | `authority-${RevokedKeyBy}` | 'serial' | 'key-id';
type RevokedKeyBy = 'sha1' | 'sha256' | 'key';

/** Whether the list revokes a key or a certificate, the certified key and the authority included; by what, or undefined. */
export function findRevocation(krl: Krl, { key, certificate }: RevocableKey): RevokedBy | undefined {
  const byKey = findKey(krl, key);
  if (byKey !== undefined || certificate === undefined) return byKey;
  for (const revoked of krl.certificates) {
    const isOfAuthority =
      revoked.authority === undefined ||
      equalBytes(encodePublicKey(revoked.authority), encodePublicKey(certificate.authority));
    if (!isOfAuthority) continue;
    if (revoked.keyIds.includes(certificate.keyId)) return 'key-id';
    // Serial 0 is what an authority gives that does not count.
    if (certificate.serial !== 0n && holdsSerial(revoked.serials, certificate.serial)) return 'serial';
  }
  const byAuthority = findKey(krl, certificate.authority);
  return byAuthority === undefined ? undefined : `authority-${byAuthority}`;
}

function findKey(krl: Krl, key: PublicKey): RevokedKeyBy | undefined {
  const blob = encodePublicKey(key);
  if (holdsBlob(krl.sha1, sha1.digest(blob))) return 'sha1';
  if (holdsBlob(krl.sha256, sha256.digest(blob))) return 'sha256';
  return holdsBlob(krl.keys, blob) ? 'key' : undefined;
}

function holdsBlob(sorted: readonly Uint8Array[], blob: Uint8Array): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareBytes(sorted[middle] ?? blob, blob) < 0) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && equalBytes(sorted[low] ?? new Uint8Array(), blob);
}

/**
 * The list of a file. Throws DecodeError: malformed, trailing bytes, a section or a critical extension that is not known. Signatures of
 * the file are read over, as by OpenSSH since 9.4.
 */
export function decodeKrl(bytes: Uint8Array): Krl {
  const { version, generated, flags, comment, sections } = krlFile.decode(bytes);
  return revoke({ ...emptyKrl({ version, generated }), flags, comment }, sections.flatMap(revocationsOf));
}

function revocationsOf(section: KrlSection): readonly Revocation[] {
  switch (section.type) {
    case krlSection.certificates: {
      const { authority, sections } = section.revoked;
      return sections.flatMap((each) => certificateRevocations(each, authority));
    }
    case krlSection.explicitKey:
      return section.keys.map((blob) => ({ type: 'key', blob: copyBytes(blob) }));
    case krlSection.sha1:
      return section.digests.map((digest) => ({ type: 'sha1', digest: copyBytes(digest) }));
    case krlSection.sha256:
      return section.digests.map((digest) => ({ type: 'sha256', digest: copyBytes(digest) }));
    case krlSection.signature:
    case krlSection.extension:
      return [];
  }
}

function certificateRevocations(
  section: KrlCertificateSection,
  authority: PublicKey | undefined,
): readonly Revocation[] {
  const serials = (range: SerialRange): Revocation => ({ type: 'serials', authority, range });
  switch (section.type) {
    case krlCertificateSection.serialList:
      return section.serials.map((serial) => serials({ first: serial, last: serial }));
    case krlCertificateSection.serialRange:
      return [serials(section.range)];
    case krlCertificateSection.serialBitmap:
      return rangesOfBitmap(section.bitmap.offset, section.bitmap.bits).map(serials);
    case krlCertificateSection.keyId:
      return section.keyIds.map((keyId) => ({ type: 'key-id', authority, keyId }));
    case krlCertificateSection.extension:
      return [];
  }
}

/** The bytes of a list, those of OpenSSH. */
export function encodeKrl(krl: Krl): Uint8Array<ArrayBuffer> {
  const { version, generated, flags, comment } = krl;
  const sections: KrlSection[] = krl.certificates.map((revoked) => ({
    type: krlSection.certificates,
    revoked: {
      authority: revoked.authority,
      reserved: new Uint8Array(),
      sections: [...serialSections(revoked.serials), ...keyIdSections(revoked.keyIds)],
    },
  }));
  if (krl.keys.length > 0) sections.push({ type: krlSection.explicitKey, keys: krl.keys });
  if (krl.sha1.length > 0) sections.push({ type: krlSection.sha1, digests: krl.sha1 });
  if (krl.sha256.length > 0) sections.push({ type: krlSection.sha256, digests: krl.sha256 });
  const header = { magic: 0x5353484b524c0a00n, formatVersion: 1, reserved: new Uint8Array() } as const;
  return krlFile.encode({ ...header, version, generated, flags, comment, sections });
}

function keyIdSections(keyIds: readonly string[]): readonly KrlCertificateSection[] {
  return keyIds.length === 0 ? [] : [{ type: krlCertificateSection.keyId, keyIds }];
}

/** Where each field of a file lies, up to the first malformed one. */
export function krlSpans(bytes: Uint8Array): readonly Span[] {
  return krlFile.spans(bytes);
}
