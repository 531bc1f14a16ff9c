/** Public side of key type ssh-rsa (RFC 4253 section 6.6) with the signature algorithms of RFC 8332. */
import type { RsaHashName } from '../../crypto/provider.ts';
import { bitLength } from '../../wire/bytes.ts';
import { checked, struct } from '../../wire/composites.ts';
import { constant, mpint, name } from '../../wire/primitives.ts';
import type { PublicKeyType } from '../key-type.ts';
import { maximumRsaBits, maximumRsaExponentBits, minimumRsaBits } from '../limits.ts';

/** A public key of ssh-rsa: e odd, 3 or more and below 2^64; n odd, of 1,024 to 16,384 bits. */
export interface RsaPublicKey {
  readonly type: 'ssh-rsa';
  readonly e: bigint;
  readonly n: bigint;
}

const hashes: ReadonlyMap<string, RsaHashName> = new Map([
  ['rsa-sha2-512', 'sha512'],
  ['rsa-sha2-256', 'sha256'],
  ['ssh-rsa', 'sha1'],
]);

/** The hash of a signature algorithm of RSA keys. */
export function rsaHashOf(algorithm: string): RsaHashName {
  const hash = hashes.get(algorithm);
  if (hash === undefined) throw new Error(`assertion failed: ${algorithm} is no signature algorithm of ssh-rsa`);
  return hash;
}

/** Why this is no modulus that we take, or undefined. */
export function checkRsaModulus(n: bigint): string | undefined {
  const bits = bitLength(n);
  if (bits < minimumRsaBits || bits > maximumRsaBits) {
    return `expected a modulus of ${minimumRsaBits} to ${maximumRsaBits} bits, found ${bits}`;
  }
  return n % 2n === 0n ? 'expected an odd modulus' : undefined;
}

/** Why this is no public exponent that we take, or undefined. */
export function checkRsaExponent(e: bigint): string | undefined {
  if (bitLength(e) > maximumRsaExponentBits) return `expected a public exponent below 2^${maximumRsaExponentBits}`;
  return e < 3n || e % 2n === 0n ? 'expected an odd public exponent, 3 or more' : undefined;
}

export const rsaPublicKeyType: PublicKeyType<RsaPublicKey> = {
  name: 'ssh-rsa',
  shortName: 'RSA',
  keygenName: 'rsa',
  identityFile: 'id_rsa',
  openSshVersions: ['10', '6.6'],
  signatureAlgorithms: [...hashes.keys()],
  allowedBits: { minimum: minimumRsaBits, maximum: maximumRsaBits, usual: 3072 },
  inAuthenticator: false,
  signatureHasExtra: false,
  publicKey: struct('ssh-rsa', {
    type: constant(name, 'ssh-rsa'),
    e: checked(mpint, checkRsaExponent),
    n: checked(mpint, checkRsaModulus),
  }),
  publicHalf: ({ type, e, n }) => ({ type, e, n }),
  bits: (key) => bitLength(key.n),
  verify: ({ key, message, algorithm, signature, crypto }) =>
    crypto.rsa.verify({ message, signature, key, hash: rsaHashOf(algorithm) }),
};
