/** Public side of key type ssh-dss (RFC 4253 section 6.6), which OpenSSH had until 9.9 and by default until 6.9. */
import { bigintFromBytes, bitLength } from '../../wire/bytes.ts';
import { checked, struct } from '../../wire/composites.ts';
import { constant, mpint, name } from '../../wire/primitives.ts';
import type { PublicKeyType } from '../key-type.ts';
import { dsaSubgroupBits, maximumDsaBits, minimumDsaBits } from '../limits.ts';

/** A public key of ssh-dss: the primes p and q, the generator g of the subgroup of q, and y. */
export interface DsaPublicKey {
  readonly type: 'ssh-dss';
  readonly p: bigint;
  readonly q: bigint;
  readonly g: bigint;
  readonly y: bigint;
}

/** Bytes of each of the two numbers of a signature. */
export const dsaNumberSizeBytes = 20;

/** Why these numbers are no DSA public key that we take, or undefined. Primes are not tested. */
export function checkDsaPublicKey({ p, q, g, y }: Omit<DsaPublicKey, 'type'>): string | undefined {
  const bits = bitLength(p);
  if (bits < minimumDsaBits || bits > maximumDsaBits) {
    return `expected p of ${minimumDsaBits} to ${maximumDsaBits} bits, found ${bits}`;
  }
  if (bitLength(q) !== dsaSubgroupBits) return `expected q of ${dsaSubgroupBits} bits, found ${bitLength(q)}`;
  if (p % 2n === 0n || q % 2n === 0n || (p - 1n) % q !== 0n) return 'q does not divide p - 1';
  if (g <= 1n || g >= p - 1n) return 'expected g between 1 and p - 1';
  return y <= 1n || y >= p - 1n ? 'expected y between 1 and p - 1' : undefined;
}

export const dsaPublicKeyType: PublicKeyType<DsaPublicKey> = {
  name: 'ssh-dss',
  shortName: 'DSA',
  keygenName: 'dsa',
  identityFile: 'id_dsa',
  openSshVersions: ['6.6'],
  signatureAlgorithms: ['ssh-dss'],
  allowedBits: { minimum: 1024, maximum: 1024, usual: 1024 },
  inAuthenticator: false,
  signatureHasExtra: false,
  publicKey: checked(
    struct('ssh-dss', { type: constant(name, 'ssh-dss'), p: mpint, q: mpint, g: mpint, y: mpint }),
    checkDsaPublicKey,
  ),
  publicHalf: ({ type, p, q, g, y }) => ({ type, p, q, g, y }),
  bits: (key) => bitLength(key.p),
  verify({ key, message, signature, crypto }) {
    if (signature.length !== 2 * dsaNumberSizeBytes) return false;
    const r = bigintFromBytes(signature.subarray(0, dsaNumberSizeBytes));
    const s = bigintFromBytes(signature.subarray(dsaNumberSizeBytes));
    return crypto.dsa.verify({ message, signature: { r, s }, key });
  },
};
