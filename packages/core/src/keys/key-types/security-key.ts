/**
 * Key types that lie in an authenticator (PROTOCOL.u2f): the private section holds a handle that the authenticator knows, no secret of
 * its own. What makes and uses such keys is `../authenticator.ts`.
 */
import { mapped, struct } from '../../wire/composites.ts';
import { byte, constant, name, string, stringOf, utf8 } from '../../wire/primitives.ts';
import type { KeyType } from '../key-type.ts';
import { curveFields } from '../public-key-types/ecdsa.ts';
import {
  skEcdsaPublicKeyType,
  skEd25519PublicKeyType,
  type SkEcdsaPublicKey,
  type SkEd25519PublicKey,
} from '../public-key-types/security-key.ts';

/** What a private key file says of a key in an authenticator. */
export interface SecurityKeyHandle {
  /** SSH_SK_USER_PRESENCE_REQD 1, SSH_SK_USER_VERIFICATION_REQD 4, SSH_SK_RESIDENT_KEY 32. */
  readonly flags: number;
  readonly keyHandle: Uint8Array;
  /** Empty today. */
  readonly reserved: Uint8Array;
}

/** A private key file's key of sk-ssh-ed25519@openssh.com: the public half, and the handle by which the authenticator finds the secret. */
export interface SkEd25519PrivateKey extends SkEd25519PublicKey, SecurityKeyHandle {}

/**
 * A private key file's key of sk-ecdsa-sha2-nistp256@openssh.com: the public half, and the handle by which the authenticator finds the
 * secret.
 */
export interface SkEcdsaPrivateKey extends SkEcdsaPublicKey, SecurityKeyHandle {}

const ed25519Name = 'sk-ssh-ed25519@openssh.com';
const ecdsaName = 'sk-ecdsa-sha2-nistp256@openssh.com';
const handleFields = { application: utf8, flags: byte, keyHandle: string, reserved: string } as const;

const ecdsaSection = struct(ecdsaName, {
  type: constant(name, ecdsaName),
  ...curveFields('nistp256'),
  ...handleFields,
});

export const skEd25519KeyType: KeyType<SkEd25519PublicKey, SkEd25519PrivateKey> = {
  ...skEd25519PublicKeyType,
  privateKey: struct(ed25519Name, {
    type: constant(name, ed25519Name),
    publicKey: stringOf(32),
    ...handleFields,
  }),
};

export const skEcdsaKeyType: KeyType<SkEcdsaPublicKey, SkEcdsaPrivateKey> = {
  ...skEcdsaPublicKeyType,
  privateKey: mapped<Parameters<typeof ecdsaSection.encode>[0], SkEcdsaPrivateKey>(ecdsaSection, {
    from: ({ curve: _curve, ...key }) => key,
    to: (key) => ({ ...key, curve: 'nistp256' }),
  }),
};
