/** The facts of one public key: bits, every fingerprint, and the pictures. */
import {
  fingerprint,
  fingerprintDigest,
  fingerprintHashLabel,
  keyBits,
  type FingerprintHashName,
  type PublicKey,
  publicKeyTypeOf,
  encodePublicKey,
  randomart,
} from '@seashell/core/keys';
import type { FactRow, FingerprintFacts, KeyFacts } from './surface.ts';

const hashes: readonly FingerprintHashName[] = ['sha256', 'md5', 'sha1', 'sha384', 'sha512'];

function factsOfHash(key: PublicKey, blob: Uint8Array, hash: FingerprintHashName): FingerprintFacts {
  return {
    label: fingerprintHashLabel(hash),
    text: fingerprint(blob, hash),
    digest: fingerprintDigest(blob, hash),
    art: randomart(key, { hash }),
  };
}

export interface KeyToDescribe {
  readonly key: PublicKey;
  readonly comment: string;
  readonly details?: readonly FactRow[];
}

export function keyFacts({ key, comment, details = [] }: KeyToDescribe): KeyFacts {
  const blob = encodePublicKey(key);
  return {
    type: key.type,
    shortName: publicKeyTypeOf(key).shortName,
    bits: keyBits(key),
    comment,
    blobSizeBytes: blob.length,
    fingerprints: hashes.map((hash) => factsOfHash(key, blob, hash)),
    details,
  };
}
