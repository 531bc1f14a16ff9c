import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateDsaKey } from '../src/crypto/dsa-generation.ts';
import { nobleProvider, runAtOnce, type RandomSource } from '../src/crypto/index.ts';
import { generateRsaKey, isProbablePrime } from '../src/crypto/rsa-generation.ts';
import { bigintToBytes, bitLength } from '../src/wire/bytes.ts';
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

const mldsa44Seed = new Uint8Array(32).fill(1);

/** OpenSSL's key of the seed; none before OpenSSL 3.5, which Node has from 24 on. */
function opensslMldsa44(): readonly KeyObject[] {
  const head = hexDecode('3034020100300b060960864801650304031104228020') ?? new Uint8Array();
  try {
    return [createPrivateKey({ key: Buffer.from(concatBytes(head, mldsa44Seed)), format: 'der', type: 'pkcs8' })];
  } catch {
    return [];
  }
}

describe('mldsa44', () => {
  const [theirs] = opensslMldsa44();

  it('OpenSSL is asked on Node 24 and later', () => {
    expect(theirs === undefined).toBe(Number(process.versions.node.split('.')[0]) < 24);
  });

  it.skipIf(theirs === undefined)('agrees with OpenSSL: public key, signatures both ways', () => {
    if (theirs === undefined) throw new Error('skipped');
    const [message, context] = [utf8Encode('message'), utf8Encode('context')];
    const publicKey = nobleProvider.mldsa44.publicKey(mldsa44Seed);
    const spki = createPublicKey(theirs).export({ format: 'der', type: 'spki' });
    expect(new Uint8Array(spki.subarray(-publicKey.length))).toEqual(publicKey);
    const ours = nobleProvider.mldsa44.sign({ message, context, seed: mldsa44Seed });
    expect(verify(null, message, { key: createPublicKey(theirs), context }, ours)).toBe(true);
    const signature = new Uint8Array(sign(null, message, { key: theirs, context }));
    expect(nobleProvider.mldsa44.verify({ message, context, signature, publicKey })).toBe(true);
  });
});

const modulusOf = (seed: string) => runAtOnce(generateRsaKey({ bits: 1024, random: seededRandom(seed) })).n;

/** A source that gives one number after the other. */
function numbers(numberOf: (count: bigint) => bigint): RandomSource {
  let count = 0n;
  return (size) => bigintToBytes(numberOf(count++), size);
}

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

  it('ends with an assertion when the random bytes repeat, are not random or give no prime', () => {
    const constants = [0x00, 0x55, 0xff].map((value) => (size: number) => new Uint8Array(size).fill(value));
    for (const random of constants) {
      expect(() => runAtOnce(generateRsaKey({ bits: 1024, random }))).toThrow(
        'assertion failed: the random bytes repeat',
      );
      expect(() => runAtOnce(generateDsaKey({ random }))).toThrow('assertion failed: the random bytes repeat');
    }
  });

  it('ends with an assertion when bytes that change give no prime', () => {
    // The largest prime below 2^512 is 2^512 - 569.
    const highest = numbers((count) => (1n << 512n) - 1n - 2n * count);
    expect(() => runAtOnce(generateRsaKey({ bits: 1024, random: highest }))).toThrow('no prime in 5 windows');
    const multiplesOf3 = numbers((count) => 3n * ((1n << 158n) + 2n * count + 1n));
    expect(() => runAtOnce(generateDsaKey({ random: multiplesOf3 }))).toThrow('no prime in 6400 numbers');
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
