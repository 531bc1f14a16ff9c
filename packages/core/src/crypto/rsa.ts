/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2) over noble's modular power. Signing is by the Chinese remainder theorem, blinded,
 * and each signature is checked before it is given out, so that a fault cannot leak the key.
 */
import { invert, mod, pow } from '@noble/curves/abstract/modular.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { assert } from '../assertion.ts';
import {
  bigintFromBytes,
  bigintToBytes,
  bitLength,
  concatBytes,
  equalBytesConstantTime,
  hexDecode,
} from '../wire/bytes.ts';
import type { RandomSource, Rsa, RsaHashName, RsaPrivateKey } from './provider.ts';

/** The hash, and the DER of a DigestInfo up to the digest (RFC 8017 section 9.2 note 1). */
const digests = {
  sha1: { digest: sha1, prefix: '3021300906052b0e03021a05000414' },
  sha256: { digest: sha256, prefix: '3031300d060960864801650304020105000420' },
  sha512: { digest: sha512, prefix: '3051300d060960864801650304020305000440' },
} as const;

export const rsa: Rsa = {
  sign({ message, key, hash, random }) {
    const size = modulusSizeBytes(key.n);
    const encoded = encodeMessage(message, hash, size);
    assert(encoded !== undefined, 'the modulus is too short for the hash');
    const representative = bigintFromBytes(encoded);
    const signature = blindedPower(representative, key, random);
    assert(pow(signature, key.e, key.n) === representative, 'the RSA signature does not verify');
    return bigintToBytes(signature, size);
  },
  verify({ message, signature, key, hash }) {
    const size = modulusSizeBytes(key.n);
    const encoded = encodeMessage(message, hash, size);
    const representative = bigintFromBytes(signature.subarray(0, size));
    if (signature.length > size || encoded === undefined || representative >= key.n) return false;
    return equalBytesConstantTime(bigintToBytes(pow(representative, key.e, key.n), size), encoded);
  },
};

/** How many bytes the modulus, and so a signature, has. */
export function modulusSizeBytes(n: bigint): number {
  return Math.ceil(bitLength(n) / 8);
}

/** EMSA-PKCS1-v1_5; undefined when the modulus has no room for eight bytes of padding. */
function encodeMessage(message: Uint8Array, hash: RsaHashName, sizeBytes: number): Uint8Array | undefined {
  const { digest, prefix } = digests[hash];
  const info = concatBytes(hexDecode(prefix) ?? new Uint8Array(), digest(message));
  const paddingSize = sizeBytes - info.length - 3;
  if (paddingSize < 8) return undefined;
  return concatBytes(Uint8Array.of(0, 1), new Uint8Array(paddingSize).fill(0xff), Uint8Array.of(0), info);
}

/** The private power of `value * r^e`, divided by r: what is computed with the secret exponents is never the caller's number. */
function blindedPower(value: bigint, key: RsaPrivateKey, random: RandomSource): bigint {
  const { n, e } = key;
  const r = 1n + mod(bigintFromBytes(random(modulusSizeBytes(n) + 8)), n - 1n);
  const blinded = mod(value * pow(r, e, n), n);
  return mod(privatePower(blinded, key) * invert(r, n), n);
}

/**
 * Whether the private numbers undo the public ones for 2. With a d that fits p - 1 and q - 1 this is Fermat's test of p and q, so a
 * key whose signing would fail is found when it is read.
 */
export function isConsistentRsaKey(key: RsaPrivateKey): boolean {
  return privatePower(pow(2n, key.e, key.n), key) === 2n;
}

function privatePower(value: bigint, { d, p, q, iqmp }: RsaPrivateKey): bigint {
  const modP = pow(mod(value, p), mod(d, p - 1n), p);
  const modQ = pow(mod(value, q), mod(d, q - 1n), q);
  return modQ + q * mod(iqmp * (modP - modQ), p);
}
