/** The registry of key types: a new one is one file, one row, and its types in the two unions. */
import type { KeyType } from '../key-type.ts';
import { ed25519KeyType, type Ed25519PrivateKey, type Ed25519PublicKey } from './ed25519.ts';
import { rsaKeyType, type RsaPrivateKey, type RsaPublicKey } from './rsa.ts';

/** A public key of any type, told apart by `type`. */
export type PublicKey = Ed25519PublicKey | RsaPublicKey;

/** A private key of any type, told apart by `type`; it holds its public half too. */
export type PrivateKey = Ed25519PrivateKey | RsaPrivateKey;

/** A row of any type. */
export type AnyKeyType = KeyType<PublicKey, PrivateKey>;

/** All key types, in the order in which programs list them. */
export const keyTypes: readonly AnyKeyType[] = [ed25519KeyType, rsaKeyType];

const byName: ReadonlyMap<string, AnyKeyType> = new Map(keyTypes.map((row) => [row.name, row]));

/** The row with this name (`ssh-rsa`), if there is one. */
export function findKeyType(name: string): AnyKeyType | undefined {
  return byName.get(name);
}

/** The row of a key. */
export function keyTypeOf(key: { readonly type: PublicKey['type'] }): AnyKeyType {
  const row = byName.get(key.type);
  if (row === undefined) throw new Error(`assertion failed: the key type ${key.type} has no row`);
  return row;
}
