/** The facts of one public key: bits, every fingerprint, and the pictures. */
import {
  bubbleBabbleFingerprint,
  encodePublicKey,
  fingerprint,
  fingerprintDigest,
  fingerprintHashLabel,
  type FingerprintHashName,
  keyBits,
  randomart,
  randomartWalk,
} from '@seashell/core/fingerprint';
import { type PublicKey, publicKeyTypeOf } from '@seashell/core/keys';
import type { FactRow, FingerprintFacts, KeyFacts } from './surface.ts';

/** The usual first, then that of 2014. */
const hashes: readonly FingerprintHashName[] = ['sha256', 'md5', 'sha1', 'sha384', 'sha512'];

function factsOfHash(key: PublicKey, blob: Uint8Array, hash: FingerprintHashName): FingerprintFacts {
  return {
    label: fingerprintHashLabel(hash),
    text: fingerprint(blob, hash),
    walk: randomartWalk(fingerprintDigest(blob, hash)),
    art: randomart(key, { hash }),
  };
}

const babble = (blob: Uint8Array): FingerprintFacts => ({
  label: 'Bubble babble',
  text: bubbleBabbleFingerprint(blob),
  walk: [],
  art: '',
});

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
    fingerprints: [...hashes.map((hash) => factsOfHash(key, blob, hash)), babble(blob)],
    details,
  };
}
