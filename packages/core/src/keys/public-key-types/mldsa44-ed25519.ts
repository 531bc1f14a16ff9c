/**
 * Public side of the experimental key type ssh-mldsa44-ed25519@openssh.com (OpenSSH 10.5): ML-DSA-44 and Ed25519 at once, so that
 * both must be broken (draft-ietf-lamps-pq-composite-sigs, id-MLDSA44-Ed25519-SHA512).
 */
import type { SignatureCrypto } from '../../crypto/provider.ts';
import { concatBytes } from '../../wire/bytes.ts';
import { struct } from '../../wire/composites.ts';
import { constant, name, stringOf } from '../../wire/primitives.ts';
import { utf8Encode } from '../../wire/text.ts';
import type { PublicKeyType } from '../key-type.ts';

/** A public key of ssh-mldsa44-ed25519@openssh.com: one of ML-DSA-44 and one of Ed25519, which both sign. */
export interface Mldsa44Ed25519PublicKey {
  readonly type: 'ssh-mldsa44-ed25519@openssh.com';
  /** 1,344 bytes: the 1,312 of ML-DSA-44, then the 32 of Ed25519. */
  readonly publicKey: Uint8Array;
}

const typeName = 'ssh-mldsa44-ed25519@openssh.com';
export const mldsaPublicKeySizeBytes = 1312;
export const compositePublicKeySizeBytes = mldsaPublicKeySizeBytes + 32;
const mldsaSignatureSizeBytes = 2420;
const compositeSignatureSizeBytes = mldsaSignatureSizeBytes + 64;
const prefix = utf8Encode('CompositeAlgorithmSignatures2025');
/** What both halves are bound to; ML-DSA's context too. */
export const compositeLabel: Uint8Array = utf8Encode('COMPSIG-MLDSA44-Ed25519-SHA512');

/** What both halves sign: M' of the draft's section 2.2, with an empty context. */
export function compositeMessage(message: Uint8Array, { hashes }: Pick<SignatureCrypto, 'hashes'>): Uint8Array {
  return concatBytes(prefix, compositeLabel, Uint8Array.of(0), hashes.sha512.digest(message));
}

export const mldsa44Ed25519PublicKeyType: PublicKeyType<Mldsa44Ed25519PublicKey> = {
  name: typeName,
  shortName: 'MLDSA44-ED25519',
  keygenName: 'mldsa44-ed25519',
  identityFile: 'id_mldsa44_ed25519',
  openSshVersions: ['10'],
  signatureAlgorithms: [typeName],
  allowedBits: { minimum: 256, maximum: 256, usual: 256 },
  inAuthenticator: false,
  signatureHasExtra: false,
  publicKey: struct(typeName, { type: constant(name, typeName), publicKey: stringOf(compositePublicKeySizeBytes) }),
  publicHalf: ({ type, publicKey }) => ({ type, publicKey }),
  bits: () => 256,
  verify({ key, message, signature, crypto }) {
    if (signature.length !== compositeSignatureSizeBytes) return false;
    const signed = compositeMessage(message, crypto);
    const [lattice, curve] = [
      signature.subarray(0, mldsaSignatureSizeBytes),
      signature.subarray(mldsaSignatureSizeBytes),
    ];
    const latticeKey = key.publicKey.subarray(0, mldsaPublicKeySizeBytes);
    const curveKey = key.publicKey.subarray(mldsaPublicKeySizeBytes);
    return (
      crypto.mldsa44.verify({ message: signed, context: compositeLabel, signature: lattice, publicKey: latticeKey }) &&
      crypto.ed25519.verify({ message: signed, signature: curve, publicKey: curveKey })
    );
  },
};
