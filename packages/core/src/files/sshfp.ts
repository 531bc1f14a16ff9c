/** SSHFP resource records: the digest of a host's public key for the DNS (RFC 4255, 6594, 7479), as `ssh-keygen -r` prints them. */
import type { Hash } from '../crypto/provider.ts';
import { sha1 } from '../crypto/sha1.ts';
import { sha256 } from '../crypto/sha256.ts';
import type { PublicKey } from '../keys/public-key-types/index.ts';
import { encodePublicKey } from '../keys/public-key.ts';
import { equalBytes, hexDecode, hexEncode } from '../wire/bytes.ts';

/** The numbers of key types, one row each (IANA's registry). Key types without a number have no record. */
export const sshfpAlgorithms: ReadonlyMap<string, number> = new Map([
  ['ssh-rsa', 1],
  ['ssh-dss', 2],
  ['ecdsa-sha2-nistp256', 3],
  ['ecdsa-sha2-nistp384', 3],
  ['ecdsa-sha2-nistp521', 3],
  ['ssh-ed25519', 4],
]);

interface SshfpHash {
  readonly number: number;
  readonly hash: Hash;
}

const hashes = { sha1: { number: 1, hash: sha1 }, sha256: { number: 2, hash: sha256 } } as const satisfies Record<
  string,
  SshfpHash
>;

/** The hashes that records have, in the order in which ssh-keygen prints them. */
export const sshfpHashNames = ['sha1', 'sha256'] as const;

/** A hash that an SSHFP record has a number for. */
export type SshfpHashName = (typeof sshfpHashNames)[number];

/** The data of an SSHFP record (RFC 4255 section 3.1). */
export interface SshfpRecord {
  /** The key type's number. */
  readonly algorithm: number;
  /** The hash's number. */
  readonly fingerprintType: number;
  readonly digest: Uint8Array;
}

/** The record of a key; undefined where the key type has no number. */
export function sshfpRecord(key: PublicKey, hashName: SshfpHashName): SshfpRecord | undefined {
  const algorithm = sshfpAlgorithms.get(key.type);
  if (algorithm === undefined) return undefined;
  const { number, hash } = hashes[hashName];
  return { algorithm, fingerprintType: number, digest: hash.digest(encodePublicKey(key)) };
}

/** One line of a zone file, without a line end; `generic`: as RFC 3597 has types that a server does not know. */
export function printSshfp(
  owner: string,
  record: SshfpRecord,
  { generic = false }: { readonly generic?: boolean } = {},
): string {
  const { algorithm, fingerprintType, digest } = record;
  if (!generic) return `${owner} IN SSHFP ${algorithm} ${fingerprintType} ${hexEncode(digest)}`;
  const header = hexEncode(Uint8Array.of(algorithm, fingerprintType), ' ');
  return `${owner} IN TYPE44 \\# ${digest.length + 2} ${header} ${hexEncode(digest)}`;
}

/** Reads one line of either form; undefined if it is none. Digits may be grouped by blanks. */
export function parseSshfp(line: string): { readonly owner: string; readonly record: SshfpRecord } | undefined {
  const [owner = '', kind = '', ...rest] = line
    .trim()
    .replace(/\s+(?:\d+\s+)?IN\s+/i, ' ')
    .split(/\s+/);
  const isGeneric = kind.toUpperCase() === 'TYPE44' && rest[0] === '\\#';
  if (!isGeneric && kind.toUpperCase() !== 'SSHFP') return undefined;
  const header = isGeneric ? hexDecode(rest.slice(2).join('').slice(0, 4)) : undefined;
  const [algorithm = Number.NaN, fingerprintType = Number.NaN] = header ?? rest.slice(0, 2).map(parseNumber);
  const digest = hexDecode(isGeneric ? rest.slice(2).join('').slice(4) : rest.slice(2).join(''));
  if (digest === undefined || digest.length === 0 || Number.isNaN(algorithm + fingerprintType)) return undefined;
  if (isGeneric && parseNumber(rest[1] ?? '') !== digest.length + 2) return undefined;
  return { owner, record: { algorithm, fingerprintType, digest } };
}

function parseNumber(text: string): number {
  return /^\d{1,3}$/.test(text) && Number(text) < 256 ? Number(text) : Number.NaN;
}

/** Whether the record is of this key. */
export function matchesSshfp(key: PublicKey, record: SshfpRecord): boolean {
  return sshfpHashNames.some((name) => {
    const own = sshfpRecord(key, name);
    return (
      own !== undefined &&
      own.algorithm === record.algorithm &&
      own.fingerprintType === record.fingerprintType &&
      equalBytes(own.digest, record.digest)
    );
  });
}
