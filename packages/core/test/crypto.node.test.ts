import { createCipheriv, createPrivateKey, createPublicKey, diffieHellman, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nobleProvider, runAtOnce } from '../src/crypto/index.ts';
import { generateRsaKey, isProbablePrime } from '../src/crypto/rsa-generation.ts';
import { bitLength } from '../src/wire/bytes.ts';
import { writePrivateKey } from '../src/keys/index.ts';
import { concatBytes, hexDecode, hexEncode, utf8Encode } from '../src/wire/index.ts';
import { seededRandom } from './seeded-random.ts';

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const few = { numRuns: 25 };

const little = (part: Uint8Array): bigint => BigInt(`0x0${hexEncode(part.toReversed())}`);

/** Poly1305 straight from RFC 8439 section 2.5. */
function poly1305(message: Uint8Array, key: Uint8Array): string {
  const prime = (1n << 130n) - 5n;
  const r = little(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let sum = 0n;
  for (let at = 0; at < message.length; at += 16) {
    const block = message.subarray(at, at + 16);
    sum = ((sum + little(block) + (1n << BigInt(8 * block.length))) * r) % prime;
  }
  const tag = BigInt.asUintN(128, sum + little(key.subarray(16)));
  return hexEncode((hexDecode(tag.toString(16).padStart(32, '0')) ?? new Uint8Array()).toReversed());
}

/** OpenSSL's chacha20 takes the 64-bit block counter, little-endian, and the 64-bit nonce as one IV. */
function chacha20(stream: { key: Uint8Array; sequenceNumber: number; block: number }, data: Uint8Array): Uint8Array {
  const iv = new Uint8Array(16);
  const view = new DataView(iv.buffer);
  view.setUint32(0, stream.block, true);
  view.setUint32(12, stream.sequenceNumber);
  return createCipheriv('chacha20', stream.key, iv).update(data);
}

const pkcs8 = (algorithm: string, seed: Uint8Array) =>
  createPrivateKey({
    key: Buffer.from(`302e020100300506032b65${algorithm}04220420${hexEncode(seed)}`, 'hex'),
    format: 'der',
    type: 'pkcs8',
  });

describe('noble agrees with OpenSSL', () => {
  it('chacha20-poly1305@openssh.com is the construction of PROTOCOL.chacha20poly1305', () => {
    const body = fc.uint8Array({ minLength: 1, maxLength: 300 });
    const sequence = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(bytes(64), sequence, body, (key, sequenceNumber, data) => {
        const cipher = nobleProvider.packetCiphers['chacha20-poly1305@openssh.com'].open(key, new Uint8Array());
        const length = Uint8Array.of(0, 0, 1, 2);
        const main = { key: key.subarray(0, 32), sequenceNumber };
        const ciphertext = concatBytes(
          chacha20({ key: key.subarray(32), sequenceNumber, block: 0 }, length),
          chacha20({ ...main, block: 1 }, data),
        );
        const tag = poly1305(ciphertext, chacha20({ ...main, block: 0 }, new Uint8Array(32)));
        expect(hexEncode(cipher.seal(sequenceNumber, concatBytes(length, data)))).toBe(hexEncode(ciphertext) + tag);
      }),
    );
  });

  it.each([
    ['aes128-gcm@openssh.com', 'aes-128-gcm'],
    ['aes256-gcm@openssh.com', 'aes-256-gcm'],
  ] as const)('%s counts its IV as RFC 5647 says', (name, openssl) => {
    const cipher = nobleProvider.packetCiphers[name];
    const key = new Uint8Array(cipher.keySizeBytes).fill(5);
    const ours = cipher.open(key, hexDecode('00010203fffffffffffffffe') ?? new Uint8Array());
    for (const iv of ['00010203fffffffffffffffe', '00010203ffffffffffffffff', '000102030000000000000000']) {
      const theirs = createCipheriv(openssl, key, hexDecode(iv) ?? new Uint8Array());
      theirs.setAAD(Uint8Array.of(0, 0, 0, 32));
      const sealed = concatBytes(
        Uint8Array.of(0, 0, 0, 32),
        theirs.update(new Uint8Array(32)),
        theirs.final(),
        theirs.getAuthTag(),
      );
      expect(hexEncode(ours.seal(0, concatBytes(Uint8Array.of(0, 0, 0, 32), new Uint8Array(32))))).toBe(
        hexEncode(sealed),
      );
    }
  });

  it('x25519 and ed25519 for random keys', () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), (a, b) => {
        const privateKey = pkcs8('6e', a);
        const shared = diffieHellman({ privateKey, publicKey: createPublicKey(pkcs8('6e', b)) });
        expect(nobleProvider.x25519.sharedSecret(a, nobleProvider.x25519.publicKey(b))).toEqual(new Uint8Array(shared));
        expect(nobleProvider.ed25519.sign(b, a)).toEqual(new Uint8Array(sign(null, b, pkcs8('70', a))));
      }),
      few,
    );
  });
});

const modulusOf = (seed: string) => runAtOnce(generateRsaKey({ bits: 1024, random: seededRandom(seed) })).n;

describe('generateRsaKey', () => {
  it('makes keys of exactly the asked bits, which OpenSSL takes and whose signatures it verifies', () => {
    for (const bits of [1024, 1025, 1026, 2048]) {
      const random = seededRandom(`rsa ${bits}`);
      const key = { type: 'ssh-rsa', ...runAtOnce(generateRsaKey({ bits, random })) } as const;
      expect(bitLength(key.n)).toBe(bits);
      expect(key.p > key.q).toBe(true);
      const theirs = createPrivateKey(runAtOnce(writePrivateKey(key, { format: 'pkcs1', random })));
      const message = utf8Encode('made from a seed');
      const signature = nobleProvider.rsa.sign({ message, key, hash: 'sha256', random });
      expect(verify('sha256', message, createPublicKey(theirs), signature)).toBe(true);
      expect(new Uint8Array(sign('sha256', message, theirs))).toEqual(signature);
    }
  });

  it('gives the same key for the same random bytes, and another for others', () => {
    expect(modulusOf('a')).toBe(modulusOf('a'));
    expect(modulusOf('a')).not.toBe(modulusOf('b'));
  });

  it('isProbablePrime tells primes from Carmichael numbers and strong pseudoprimes to base 2', () => {
    const random = seededRandom('primes');
    const mersennePrimes = [(1n << 127n) - 1n, (1n << 521n) - 1n];
    for (const prime of [...mersennePrimes, 65537n, 104729n]) expect(isProbablePrime(prime, random)).toBe(true);
    for (const composite of [561n, 1105n, 2047n, 3277n, 4033n, 3215031751n, ((1n << 127n) - 1n) * 65537n]) {
      expect(isProbablePrime(composite, random)).toBe(false);
    }
  });
});
