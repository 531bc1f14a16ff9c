/**
 * The registry of the public sides of key types: enough to read, show, compare and verify. It imports neither generation nor signing,
 * and no curve. In the order of `ssh -Q key`.
 */
import type { OpenSshVersion } from '../../config/keywords/row.ts';
import type { PublicKeyType } from '../key-type.ts';
import { dsaPublicKeyType, type DsaPublicKey } from './dsa.ts';
import {
  ecdsaNistp256PublicKeyType,
  ecdsaNistp384PublicKeyType,
  ecdsaNistp521PublicKeyType,
  type EcdsaPublicKey,
} from './ecdsa.ts';
import { ed25519PublicKeyType, type Ed25519PublicKey } from './ed25519.ts';
import { mldsa44Ed25519PublicKeyType, type Mldsa44Ed25519PublicKey } from './mldsa44-ed25519.ts';
import { rsaPublicKeyType, type RsaPublicKey } from './rsa.ts';
import {
  skEcdsaPublicKeyType,
  skEd25519PublicKeyType,
  type SkEcdsaPublicKey,
  type SkEd25519PublicKey,
} from './security-key.ts';

/** A public key of any type, told apart by `type`. */
export type PublicKey =
  | Ed25519PublicKey
  | EcdsaPublicKey
  | RsaPublicKey
  | DsaPublicKey
  | SkEd25519PublicKey
  | SkEcdsaPublicKey
  | Mldsa44Ed25519PublicKey;

/** The public side of any type. */
export type AnyPublicKeyType = PublicKeyType<PublicKey>;

/** The public sides of all key types, in the order of `ssh -Q key`. */
export const publicKeyTypes: readonly AnyPublicKeyType[] = [
  ed25519PublicKeyType,
  skEd25519PublicKeyType,
  mldsa44Ed25519PublicKeyType,
  ecdsaNistp256PublicKeyType,
  ecdsaNistp384PublicKeyType,
  ecdsaNistp521PublicKeyType,
  skEcdsaPublicKeyType,
  rsaPublicKeyType,
  dsaPublicKeyType,
];

const byName: ReadonlyMap<string, AnyPublicKeyType> = new Map(publicKeyTypes.map((row) => [row.name, row]));

/** The public side with this name (`ssh-rsa`), if there is one. */
export function findPublicKeyType(name: string): AnyPublicKeyType | undefined {
  return byName.get(name);
}

/** Whether a version of OpenSSH knows the key type with this name. */
export function isKeyTypeOf(openssh: OpenSshVersion, name: string): boolean {
  return byName.get(name)?.openSshVersions.includes(openssh) === true;
}

/** The public side of a key's type. */
export function publicKeyTypeOf(key: { readonly type: PublicKey['type'] }): AnyPublicKeyType {
  const row = byName.get(key.type);
  if (row === undefined) throw new Error(`assertion failed: the key type ${key.type} has no row`);
  return row;
}
