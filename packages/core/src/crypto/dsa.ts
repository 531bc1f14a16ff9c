/**
 * DSA with SHA-1 (FIPS 186-4 sections 4.6 and 4.7; RFC 4253 section 6.6) over noble's modular power: by hand, since no kept library
 * has DSA. The nonce is the one of RFC 6979, never random.
 */
import { invert, mod, pow } from '@noble/curves/abstract/modular.js';
import { createHmacDrbg } from '@noble/curves/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { assert } from '../assertion.ts';
import { bigintFromBytes, bigintToBytes, bitLength, concatBytes } from '../wire/bytes.ts';
import type { Dsa, DsaPrivateKey, SignaturePair } from './provider.ts';

export const dsa: Dsa = {
  sign(message, key) {
    const { p, q, g, y } = key;
    const digest = sha1(message);
    const signature = nonces(digest, key)((nonce) => signWith(nonce, digest, key));
    assert(dsa.verify({ message, signature, key: { p, q, g, y } }), 'the DSA signature does not verify');
    return signature;
  },
  verify({ message, signature: { r, s }, key: { p, q, g, y } }) {
    if (r < 1n || r >= q || s < 1n || s >= q) return false;
    const w = invert(s, q);
    const u1 = mod(numberOfDigest(sha1(message), q) * w, q);
    const u2 = mod(r * w, q);
    return mod(mod(pow(g, u1, p) * pow(y, u2, p), p), q) === r;
  },
};

function signWith(nonce: bigint, digest: Uint8Array, { p, q, g, x }: DsaPrivateKey): SignaturePair | undefined {
  if (nonce < 1n || nonce >= q) return undefined;
  const r = mod(pow(g, nonce, p), q);
  const s = mod(invert(nonce, q) * (numberOfDigest(digest, q) + x * r), q);
  return r === 0n || s === 0n ? undefined : { r, s };
}

/** The leftmost bits of the digest, as many as q has (FIPS 186-4 section 4.6). */
function numberOfDigest(digest: Uint8Array, q: bigint): bigint {
  const excess = Math.max(0, digest.length * 8 - bitLength(q));
  return bigintFromBytes(digest) >> BigInt(excess);
}

type TryNonces = (attempt: (nonce: bigint) => SignaturePair | undefined) => SignaturePair;

/** RFC 6979 section 3.2: an HMAC_DRBG of the private number and the digest gives nonces until one fits. */
function nonces(digest: Uint8Array, { q, x }: DsaPrivateKey): TryNonces {
  const bits = bitLength(q);
  const size = Math.ceil(bits / 8);
  const drbg = createHmacDrbg<SignaturePair>(sha1.outputLen, size, (key: Uint8Array, message: Uint8Array) =>
    hmac(sha1, key, message),
  );
  const seed = concatBytes(bigintToBytes(x, size), bigintToBytes(mod(numberOfDigest(digest, q), q), size));
  return (attempt) => drbg(seed, (bytes) => attempt(bigintFromBytes(bytes) >> BigInt(8 * size - bits)));
}
