/** Key type ssh-dss (RFC 4253 section 6.6): the private section of openssh-key-v1, generation as ssh-keygen 6.6, signing. */
import { pow } from '@noble/curves/abstract/modular.js';
import { generateDsaKey } from '../../crypto/dsa-generation.ts';
import type { LongWork } from '../../long-work.ts';
import { bigintToBytes, concatBytes } from '../../wire/bytes.ts';
import { checked, struct } from '../../wire/composites.ts';
import { constant, mpint, name } from '../../wire/primitives.ts';
import type { KeyGeneration, KeyType } from '../key-type.ts';
import { checkDsaPublicKey, dsaNumberSizeBytes, dsaPublicKeyType, type DsaPublicKey } from '../public-key-types/dsa.ts';

/** A private key of ssh-dss: the public numbers, and x with y = g^x mod p. */
export interface DsaPrivateKey extends DsaPublicKey {
  /** From 1 to q - 1, the secret. */
  readonly x: bigint;
}

/** Why these numbers are no DSA private key, or undefined. */
export function checkDsaPrivateKey(key: Omit<DsaPrivateKey, 'type'>): string | undefined {
  const wrong = checkDsaPublicKey(key);
  if (wrong !== undefined) return wrong;
  const { p, q, g, y, x } = key;
  if (x < 1n || x >= q) return 'expected x from 1 to q - 1';
  if (pow(g, q, p) !== 1n) return 'g does not generate the subgroup of q';
  return pow(g, x, p) === y ? undefined : 'y is not the power of x';
}

function* generate({ random }: KeyGeneration): LongWork<DsaPrivateKey> {
  const { p, q, g, y, x } = yield* generateDsaKey({ random });
  return { type: 'ssh-dss', p, q, g, y, x };
}

export const dsaKeyType: KeyType<DsaPublicKey, DsaPrivateKey> = {
  ...dsaPublicKeyType,
  privateKey: checked(
    struct('ssh-dss', { type: constant(name, 'ssh-dss'), p: mpint, q: mpint, g: mpint, y: mpint, x: mpint }),
    checkDsaPrivateKey,
  ),
  generate,
  sign({ key, message, crypto }) {
    const { r, s } = crypto.dsa.sign(message, key);
    return concatBytes(bigintToBytes(r, dsaNumberSizeBytes), bigintToBytes(s, dsaNumberSizeBytes));
  },
};
