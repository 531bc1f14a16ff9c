/** Key type ssh-rsa (RFC 4253 section 6.6) with the signature algorithms of RFC 8332. */
import { generateRsaKey } from '../../crypto/rsa-generation.ts';
import { bitLength, isConsistentRsaKey } from '../../crypto/rsa.ts';
import type { RsaHashName } from '../../crypto/provider.ts';
import type { LongWork } from '../../long-work.ts';
import { checked, struct } from '../../wire/composites.ts';
import { constant, mpint, name } from '../../wire/primitives.ts';
import type { KeyGeneration, KeyType } from '../key-type.ts';
import { maximumRsaBits, maximumRsaExponentBits, minimumRsaBits } from '../limits.ts';

export interface RsaPublicKey {
  readonly type: 'ssh-rsa';
  readonly e: bigint;
  readonly n: bigint;
}

export interface RsaPrivateKey extends RsaPublicKey {
  readonly d: bigint;
  /** The inverse of q modulo p. */
  readonly iqmp: bigint;
  readonly p: bigint;
  readonly q: bigint;
}

const type = constant(name, 'ssh-rsa');
const modulus = checked(mpint, checkModulus);
const exponent = checked(mpint, checkExponent);

const publicKey = struct('ssh-rsa', { type, e: exponent, n: modulus });

const privateKey = checked(
  struct('ssh-rsa', { type, n: modulus, e: exponent, d: mpint, iqmp: mpint, p: mpint, q: mpint }),
  checkRsaPrivateKey,
);

function checkModulus(n: bigint): string | undefined {
  const bits = bitLength(n);
  if (bits < minimumRsaBits || bits > maximumRsaBits) {
    return `expected a modulus of ${minimumRsaBits} to ${maximumRsaBits} bits, found ${bits}`;
  }
  return n % 2n === 0n ? 'expected an odd modulus' : undefined;
}

function checkExponent(e: bigint): string | undefined {
  if (bitLength(e) > maximumRsaExponentBits) return `expected a public exponent below 2^${maximumRsaExponentBits}`;
  return e < 3n || e % 2n === 0n ? 'expected an odd public exponent, 3 or more' : undefined;
}

/** Why these numbers are no RSA private key, or undefined. Costs about one signature. */
export function checkRsaPrivateKey(key: RsaPrivateKey): string | undefined {
  const { n, e, d, iqmp, p, q } = key;
  const wrong = checkModulus(n) ?? checkExponent(e);
  if (wrong !== undefined) return wrong;
  if (p <= 1n || q <= 1n || p === q || p * q !== n) return 'the modulus is not the product of p and q';
  if (d >= n || (d * e) % (p - 1n) !== 1n || (d * e) % (q - 1n) !== 1n) return 'd does not undo e';
  if (iqmp >= p || (iqmp * q) % p !== 1n) return 'iqmp is not the inverse of q modulo p';
  return isConsistentRsaKey(key) ? undefined : 'p or q is not prime';
}

const hashes: ReadonlyMap<string, RsaHashName> = new Map([
  ['rsa-sha2-512', 'sha512'],
  ['rsa-sha2-256', 'sha256'],
  ['ssh-rsa', 'sha1'],
]);

function hashOf(algorithm: string): RsaHashName {
  const hash = hashes.get(algorithm);
  if (hash === undefined) throw new Error(`assertion failed: ${algorithm} is no signature algorithm of ssh-rsa`);
  return hash;
}

function* generate({ bits, random }: KeyGeneration): LongWork<RsaPrivateKey> {
  const { n, e, d, iqmp, p, q } = yield* generateRsaKey({ bits, random });
  return { type: 'ssh-rsa', e, n, d, iqmp, p, q };
}

export const rsaKeyType: KeyType<RsaPublicKey, RsaPrivateKey> = {
  name: 'ssh-rsa',
  shortName: 'RSA',
  keygenName: 'rsa',
  signatureAlgorithms: [...hashes.keys()],
  allowedBits: { minimum: minimumRsaBits, maximum: maximumRsaBits, usual: 3072 },
  publicKey,
  privateKey,
  publicHalf: (key) => ({ type: key.type, e: key.e, n: key.n }),
  bits: (key) => bitLength(key.n),
  generate,
  sign: ({ key, message, algorithm, random, crypto }) =>
    crypto.rsa.sign({ message, key, hash: hashOf(algorithm), random }),
  verify: ({ key, message, algorithm, signature, crypto }) =>
    crypto.rsa.verify({ message, signature, key, hash: hashOf(algorithm) }),
};
