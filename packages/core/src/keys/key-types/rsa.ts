/** Key type ssh-rsa (RFC 4253 section 6.6): the private section of openssh-key-v1, generation and signing. */
import { generateRsaKey } from '../../crypto/rsa-generation.ts';
import { isConsistentRsaKey } from '../../crypto/rsa.ts';
import type { LongWork } from '../../long-work.ts';
import { checked, struct } from '../../wire/composites.ts';
import { constant, mpint, name } from '../../wire/primitives.ts';
import type { KeyGeneration, KeyType } from '../key-type.ts';
import {
  checkRsaExponent,
  checkRsaModulus,
  rsaHashOf,
  rsaPublicKeyType,
  type RsaPublicKey,
} from '../public-key-types/rsa.ts';

/**
 * A private key of ssh-rsa with two primes, in the numbers of openssh-key-v1 (PROTOCOL.key); all of them but e are secret or tell the
 * secret.
 */
export interface RsaPrivateKey extends RsaPublicKey {
  readonly d: bigint;
  /** The inverse of q modulo p. */
  readonly iqmp: bigint;
  readonly p: bigint;
  readonly q: bigint;
}

const privateKey = checked(
  struct('ssh-rsa', {
    type: constant(name, 'ssh-rsa'),
    n: checked(mpint, checkRsaModulus),
    e: checked(mpint, checkRsaExponent),
    d: mpint,
    iqmp: mpint,
    p: mpint,
    q: mpint,
  }),
  checkRsaPrivateKey,
);

/** Why these numbers are no RSA private key, or undefined. Costs about one signature. */
export function checkRsaPrivateKey(key: RsaPrivateKey): string | undefined {
  return checkRsaNumbers(key) ?? (isConsistentRsaKey(key) ? undefined : 'p or q is not prime');
}

/** Why these numbers do not belong together, or undefined: the cheap part, for a maker whose primes are trusted. */
export function checkRsaNumbers(key: RsaPrivateKey): string | undefined {
  const { n, e, d, iqmp, p, q } = key;
  const wrong = checkRsaModulus(n) ?? checkRsaExponent(e);
  if (wrong !== undefined) return wrong;
  if (p <= 1n || q <= 1n || p === q || p * q !== n) return 'the modulus is not the product of p and q';
  if (d >= n || (d * e) % (p - 1n) !== 1n || (d * e) % (q - 1n) !== 1n) return 'd does not undo e';
  return iqmp >= p || (iqmp * q) % p !== 1n ? 'iqmp is not the inverse of q modulo p' : undefined;
}

function* generate({ bits, random }: KeyGeneration): LongWork<RsaPrivateKey> {
  const { n, e, d, iqmp, p, q } = yield* generateRsaKey({ bits, random });
  return { type: 'ssh-rsa', e, n, d, iqmp, p, q };
}

export const rsaKeyType: KeyType<RsaPublicKey, RsaPrivateKey> = {
  ...rsaPublicKeyType,
  privateKey,
  generate,
  sign: ({ key, message, algorithm, random, crypto }) =>
    crypto.rsa.sign({ message, key, hash: rsaHashOf(algorithm), random }),
};
