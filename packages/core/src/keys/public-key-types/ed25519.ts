/** Public side of key type ssh-ed25519 (RFC 8709). */
import { struct } from '../../wire/composites.ts';
import { constant, name, stringOf } from '../../wire/primitives.ts';
import type { PublicKeyType } from '../key-type.ts';

/** A public key of ssh-ed25519 (RFC 8709). */
export interface Ed25519PublicKey {
  readonly type: 'ssh-ed25519';
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export const ed25519KeySizeBytes = 32;
const signatureSizeBytes = 64;

export const ed25519PublicKeyType: PublicKeyType<Ed25519PublicKey> = {
  name: 'ssh-ed25519',
  shortName: 'ED25519',
  keygenName: 'ed25519',
  identityFile: 'id_ed25519',
  openSshVersions: ['10', '6.6'],
  signatureAlgorithms: ['ssh-ed25519'],
  allowedBits: { minimum: 256, maximum: 256, usual: 256 },
  inAuthenticator: false,
  signatureHasExtra: false,
  publicKey: struct('ssh-ed25519', { type: constant(name, 'ssh-ed25519'), publicKey: stringOf(ed25519KeySizeBytes) }),
  publicHalf: ({ type, publicKey }) => ({ type, publicKey }),
  bits: () => 256,
  verify: ({ key, message, signature, crypto }) =>
    signature.length === signatureSizeBytes && crypto.ed25519.verify({ message, signature, publicKey: key.publicKey }),
};
