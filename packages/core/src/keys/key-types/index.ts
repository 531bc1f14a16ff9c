/**
 * The registry of key types, both sides: a new one is a file here and one in `public-key-types/`, a row in each index, and its types in
 * the two unions.
 */
import type { OpenSshVersion } from '../../config/keywords/row.ts';
import type { KeyType } from '../key-type.ts';
import type { PublicKey } from '../public-key-types/index.ts';
import { dsaKeyType, type DsaPrivateKey } from './dsa.ts';
import { ecdsaNistp256KeyType, ecdsaNistp384KeyType, ecdsaNistp521KeyType, type EcdsaPrivateKey } from './ecdsa.ts';
import { ed25519KeyType, type Ed25519PrivateKey } from './ed25519.ts';
import { mldsa44Ed25519KeyType, type Mldsa44Ed25519PrivateKey } from './mldsa44-ed25519.ts';
import { rsaKeyType, type RsaPrivateKey } from './rsa.ts';
import { skEcdsaKeyType, skEd25519KeyType, type SkEcdsaPrivateKey, type SkEd25519PrivateKey } from './security-key.ts';

export type { PublicKey } from '../public-key-types/index.ts';

/** A private key of any type, told apart by `type`; it holds its public half too. */
export type PrivateKey =
  | Ed25519PrivateKey
  | EcdsaPrivateKey
  | RsaPrivateKey
  | DsaPrivateKey
  | SkEd25519PrivateKey
  | SkEcdsaPrivateKey
  | Mldsa44Ed25519PrivateKey;

/** A row of any type. */
export type AnyKeyType = KeyType<PublicKey, PrivateKey>;

/** All key types, in the order of `ssh -Q key`. */
export const keyTypes: readonly AnyKeyType[] = [
  ed25519KeyType,
  skEd25519KeyType,
  mldsa44Ed25519KeyType,
  ecdsaNistp256KeyType,
  ecdsaNistp384KeyType,
  ecdsaNistp521KeyType,
  skEcdsaKeyType,
  rsaKeyType,
  dsaKeyType,
];

const byName: ReadonlyMap<string, AnyKeyType> = new Map(keyTypes.map((row) => [row.name, row]));

/** The row with this name (`ssh-rsa`), if there is one. */
export function findKeyType(name: string): AnyKeyType | undefined {
  return byName.get(name);
}

/** The registry as a version of OpenSSH has it. */
export function keyTypesOf(openssh: OpenSshVersion): { find(name: string): AnyKeyType | undefined } {
  const find = (name: string): AnyKeyType | undefined => {
    const row = byName.get(name);
    return row?.openSshVersions.includes(openssh) === true ? row : undefined;
  };
  return { find };
}

/** The row of a key. */
export function keyTypeOf(key: { readonly type: PublicKey['type'] }): AnyKeyType {
  const row = byName.get(key.type);
  if (row === undefined) throw new Error(`assertion failed: the key type ${key.type} has no row`);
  return row;
}
