/** Fingerprints of public key blobs, as `ssh-keygen -l` prints them: `SHA256:` and Base64 without padding, or `MD5:` and pairs. */
import { md5 } from '../crypto/md5.ts';
import type { Hash } from '../crypto/provider.ts';
import { sha1 } from '../crypto/sha1.ts';
import { sha256 } from '../crypto/sha256.ts';
import { sha384 } from '../crypto/sha384.ts';
import { sha512 } from '../crypto/sha512.ts';
import { base64EncodeUnpadded } from '../wire/base64.ts';
import { hexEncode } from '../wire/bytes.ts';

interface FingerprintHash {
  readonly label: string;
  readonly hash: Hash;
  readonly print: (digest: Uint8Array) => string;
}

/** The hashes of `ssh-keygen -E`, which are all that OpenSSH's digest.c has. */
export const fingerprintHashNames = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;

/** A hash of fingerprints, as `ssh-keygen -E` takes it. */
export type FingerprintHashName = (typeof fingerprintHashNames)[number];

/** The hash that `-E` names, whatever the case; undefined if there is none. */
export function findFingerprintHash(name: string): FingerprintHashName | undefined {
  return fingerprintHashNames.find((known) => known === name.toLowerCase());
}

const hashes: Readonly<Record<FingerprintHashName, FingerprintHash>> = {
  md5: { label: 'MD5', hash: md5, print: (digest) => hexEncode(digest, ':') },
  sha1: { label: 'SHA1', hash: sha1, print: base64EncodeUnpadded },
  sha256: { label: 'SHA256', hash: sha256, print: base64EncodeUnpadded },
  sha384: { label: 'SHA384', hash: sha384, print: base64EncodeUnpadded },
  sha512: { label: 'SHA512', hash: sha512, print: base64EncodeUnpadded },
};

/** The digest of a public key blob. */
export function fingerprintDigest(blob: Uint8Array, hash: FingerprintHashName = 'sha256'): Uint8Array {
  return hashes[hash].hash.digest(blob);
}

/** The fingerprint of a public key blob with its hash in front: `SHA256:...` or `MD5:12:34:...`. */
export function fingerprint(blob: Uint8Array, hash: FingerprintHashName = 'sha256'): string {
  return `${hashes[hash].label}:${fingerprintBody(blob, hash)}`;
}

/** The same without the hash in front, as OpenSSH 6.6 prints MD5. */
export function fingerprintBody(blob: Uint8Array, hash: FingerprintHashName = 'sha256'): string {
  return hashes[hash].print(fingerprintDigest(blob, hash));
}

/** The hash's name as fingerprints and randomart have it, like `SHA256`. */
export function fingerprintHashLabel(hash: FingerprintHashName): string {
  return hashes[hash].label;
}
