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
import { type Certificate, findCertificateType } from '@seashell/core/certificates';
import { type PublicKey, publicKeyTypeOf } from '@seashell/core/keys';
import type { FactRow, FingerprintFacts, KeyFacts } from './surface.ts';

/** The usual first, then that of 2014. */
const hashes: readonly FingerprintHashName[] = ['sha256', 'md5', 'sha1', 'sha384', 'sha512'];

interface KeyToHash {
  readonly key: PublicKey;
  readonly blob: Uint8Array;
  readonly shortName: string;
}

function factsOfHash({ key, blob, shortName }: KeyToHash, hash: FingerprintHashName): FingerprintFacts {
  return {
    label: fingerprintHashLabel(hash),
    text: fingerprint(blob, hash),
    walk: randomartWalk(fingerprintDigest(blob, hash)),
    art: randomart(key, { hash, shortName }),
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
  /** The certificate that the key stands in, whose name the picture has. */
  readonly certificate?: Certificate | undefined;
}

export function keyFacts({ key, comment, details = [], certificate }: KeyToDescribe): KeyFacts {
  const blob = encodePublicKey(key);
  const certified = certificate === undefined ? undefined : findCertificateType(certificate.type);
  const shortName = certified?.shortName ?? publicKeyTypeOf(key).shortName;
  return {
    type: key.type,
    shortName,
    bits: keyBits(key),
    comment,
    blobSizeBytes: blob.length,
    fingerprints: [...hashes.map((hash) => factsOfHash({ key, blob, shortName }, hash)), babble(blob)],
    details,
  };
}
