/** Making a new key of any type from the caller's random bytes. The same bytes give the same key. */
import type { RandomSource } from '../crypto/provider.ts';
import { assert } from '../assertion.ts';
import type { LongWork } from '../long-work.ts';
import { keyTypeOf, type PrivateKey, type PublicKey } from './key-types/index.ts';

/** Which key to make, and of which random bytes: the same bytes make the same key. */
export interface KeyRequest {
  readonly type: PublicKey['type'];
  /** The key type's usual number if not given. Outside `keyTypeOf(...).allowedBits` is an assertion: ask first. */
  readonly bits?: number;
  readonly random: RandomSource;
}

/**
 * A new key, as long work: `runAtOnce` or `runInSlices` drive it.
 *
 * @example
 * const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
 */
export function generateKey({ type, bits, random }: KeyRequest): LongWork<PrivateKey> {
  const row = keyTypeOf({ type });
  const { minimum, maximum, usual } = row.allowedBits;
  const wanted = bits ?? usual;
  assert(wanted >= minimum && wanted <= maximum, `${type} has no keys of ${wanted} bits`);
  assert(row.generate !== undefined, `keys of type ${type} are made in their authenticator`);
  return row.generate({ bits: wanted, random });
}
