/**
 * What every CryptoProvider must do: published vectors, and the same bytes as noble for random arguments. Entry
 * `@seashell/core/crypto/contract`, for tests only.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nobleProvider, type CryptoProvider, type HashName, type PacketCipherName } from '../src/crypto/index.ts';
import { hexDecode, hexEncode, utf8Encode } from '../src/wire/index.ts';
import { describeDsa, describeEcdh, describeEcdsa, describeMldsa44 } from './crypto-contract-signatures.ts';
import { bytesOf, counting, lowOrderPoints, rsaVector } from './crypto-vectors.ts';

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
/** An array whose `slice` gives a view, as Node's Buffer has it. */
function sliceAsView(source: Uint8Array): Uint8Array {
  const copy = new Uint8Array(source);
  return Object.defineProperty(copy, 'slice', { value: (start?: number, end?: number) => copy.subarray(start, end) });
}

const few = { numRuns: 20 };

/** Declares the suite for one provider. */
export function describeCryptoProvider(name: string, provider: CryptoProvider): void {
  describe(`CryptoProvider ${name}`, () => {
    describeHashes(provider);
    describeEd25519(provider);
    describeEcdsa(provider);
    describeMldsa44(provider);
    describeDsa(provider);
    describeRsa(provider);
    describeKeyExchange(provider);
    describeEcdh(provider);
    describeStreamCiphers(provider);
    describePacketCiphers(provider);
  });
}

/** FIPS 180-4 and RFC 1321: the digest of "abc"; RFC 2202 and 4231 test case 2. */
const hashVectors: Readonly<Record<HashName, { readonly abc: string; readonly hmac?: string }>> = {
  md5: { abc: '900150983cd24fb0d6963f7d28e17f72', hmac: '750c783e6ab0b503eaa86e310a5db738' },
  sha1: { abc: 'a9993e364706816aba3e25717850c26c9cd0d89d', hmac: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79' },
  sha256: {
    abc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    hmac: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  sha384: {
    abc: 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    hmac: 'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
  },
  sha512: {
    abc: `ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
          2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f`,
    hmac: `164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554
           9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737`,
  },
};
const hashNames: readonly HashName[] = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

function describeHashes(provider: CryptoProvider): void {
  describe.each(hashNames)('%s', (name) => {
    const hash = provider.hashes[name];
    const vector = hashVectors[name];

    it('digests "abc" as published', () => {
      expect(hexEncode(hash.digest(utf8Encode('abc')))).toBe(hexEncode(bytesOf(vector.abc)));
      expect(hash.digestSizeBytes).toBe(bytesOf(vector.abc).length);
    });

    it('gives the same digest in pieces', () => {
      expect(hash.start().update(utf8Encode('a')).update(utf8Encode('bc')).digest()).toEqual(
        new Uint8Array(bytesOf(vector.abc)),
      );
    });

    it('makes the HMAC of RFC 2202 and 4231, test case 2, in parts, and again', () => {
      const mac = provider.hmac(name, utf8Encode('Jefe'));
      const expected = hexEncode(bytesOf(vector.hmac ?? ''));
      for (let again = 0; again < 2; again++) {
        expect(hexEncode(mac.compute(utf8Encode('what do ya want '), utf8Encode('for nothing?')))).toBe(expected);
      }
    });
  });
}

/** RFC 8032 section 7.1, TEST 1 to 3. */
const ed25519Vectors = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature: `e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155
                5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b`,
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature: `92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
                085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00`,
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature: `6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac
                18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a`,
  },
].map(({ seed, publicKey, message, signature }) => ({
  seed: bytesOf(seed),
  publicKey: bytesOf(publicKey),
  message: bytesOf(message),
  signature: bytesOf(signature),
}));

function describeEd25519({ ed25519 }: CryptoProvider): void {
  describe('ed25519', () => {
    it.each(ed25519Vectors)('RFC 8032 vector %#', ({ seed, publicKey, message, signature }) => {
      expect(hexEncode(ed25519.publicKey(seed))).toBe(hexEncode(publicKey));
      expect(hexEncode(ed25519.sign(message, seed))).toBe(hexEncode(signature));
      expect(ed25519.verify({ message, signature, publicKey })).toBe(true);
    });

    it.each(ed25519Vectors)('refuses vector %# changed in any byte', ({ publicKey, message, signature }) => {
      for (let at = 0; at < 64; at++) {
        const wrong = signature.slice();
        wrong[at] = (wrong[at] ?? 0) ^ 1;
        expect(ed25519.verify({ message, signature: wrong, publicKey })).toBe(false);
      }
      expect(ed25519.verify({ message: utf8Encode('other'), signature, publicKey })).toBe(false);
    });

    it('refuses wrong lengths, r = s = 0, a key of small order and s + L', () => {
      const [
        { publicKey, message, signature } = { publicKey: bytesOf(''), message: bytesOf(''), signature: bytesOf('') },
      ] = ed25519Vectors;
      const zeros = new Uint8Array(64);
      expect(ed25519.verify({ message, signature: zeros, publicKey })).toBe(false);
      expect(ed25519.verify({ message, signature: signature.subarray(1), publicKey })).toBe(false);
      expect(ed25519.verify({ message, signature, publicKey: publicKey.subarray(1) })).toBe(false);
      const identity = new Uint8Array(32);
      identity[0] = 1;
      const forged = new Uint8Array(64);
      forged[0] = 1;
      expect(ed25519.verify({ message, signature: forged, publicKey: identity })).toBe(false);
      expect(ed25519.verify({ message, signature: addGroupOrder(signature), publicKey })).toBe(false);
    });

    it('gives the same bytes as noble', () => {
      fc.assert(
        fc.property(bytes(32), fc.uint8Array({ maxLength: 100 }), (seed, message) => {
          expect(ed25519.sign(message, seed)).toEqual(nobleProvider.ed25519.sign(message, seed));
        }),
        few,
      );
    });
  });
}

/** The malleable twin of a signature: s plus the order of the group (RFC 8032 section 5.1.7 forbids it). */
function addGroupOrder(signature: Uint8Array): Uint8Array {
  const order = bytesOf('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
  const twin = signature.slice();
  let carry = 0;
  for (let at = 0; at < 32; at++) {
    carry += (twin[32 + at] ?? 0) + (order[at] ?? 0);
    twin[32 + at] = carry & 0xff;
    carry >>= 8;
  }
  return twin;
}

function describeKeyExchange({ x25519, mlkem768 }: CryptoProvider): void {
  describe('x25519', () => {
    it.each([
      [1, '422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079'],
      [1000, '684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51'],
    ])('RFC 7748 section 5.2 after %i iterations', (iterations, expected) => {
      let [k, u] = [bytesOf(`09${'00'.repeat(31)}`), bytesOf(`09${'00'.repeat(31)}`)];
      for (let count = 0; count < iterations; count++) [k, u] = [x25519.sharedSecret(k, u) ?? new Uint8Array(), k];
      expect(hexEncode(k)).toBe(expected);
    });

    it('both sides agree', () => {
      fc.assert(
        fc.property(bytes(32), bytes(32), (a, b) => {
          const shared = x25519.sharedSecret(a, x25519.publicKey(b));
          expect(shared).toEqual(x25519.sharedSecret(b, x25519.publicKey(a)));
          expect(shared).toEqual(nobleProvider.x25519.sharedSecret(a, nobleProvider.x25519.publicKey(b)));
        }),
        few,
      );
    });

    it.each(lowOrderPoints)('refuses the point of low order %s', (point) => {
      expect(x25519.sharedSecret(counting(32), bytesOf(point))).toBeUndefined();
    });

    it('refuses wrong lengths', () => {
      for (const size of [0, 31, 33]) expect(x25519.sharedSecret(counting(32), counting(size))).toBeUndefined();
    });
  });
  describe('mlkem768', () => {
    const { publicKey, secretKey } = mlkem768.keyPair(counting(64));

    it('makes the same keys, ciphertext and secret as noble', () => {
      expect(publicKey).toEqual(nobleProvider.mlkem768.keyPair(counting(64)).publicKey);
      expect(mlkem768.encapsulate(publicKey, counting(32))).toEqual(
        nobleProvider.mlkem768.encapsulate(publicKey, counting(32)),
      );
    });

    it('decapsulates what it encapsulated, and rejects a wrong ciphertext implicitly', () => {
      const sent = mlkem768.encapsulate(publicKey, counting(32)) ?? {
        ciphertext: counting(0),
        sharedSecret: counting(0),
      };
      expect(mlkem768.decapsulate(sent.ciphertext, secretKey)).toEqual(sent.sharedSecret);
      const wrong = sent.ciphertext.slice();
      wrong[0] = (wrong[0] ?? 0) ^ 1;
      expect(mlkem768.decapsulate(wrong, secretKey)).toHaveLength(32);
      expect(mlkem768.decapsulate(wrong, secretKey)).not.toEqual(sent.sharedSecret);
    });

    it('refuses wrong lengths and a public key that is not reduced', () => {
      expect(mlkem768.encapsulate(publicKey.subarray(1), counting(32))).toBeUndefined();
      expect(mlkem768.encapsulate(new Uint8Array(1184).fill(0xff), counting(32))).toBeUndefined();
      expect(mlkem768.decapsulate(new Uint8Array(1087), secretKey)).toBeUndefined();
    });
  });
}

function describeRsa({ rsa }: CryptoProvider): void {
  describe('rsa', () => {
    const { key, message, signatures } = rsaVector;
    const random = counting;

    it.each(signatures)('makes and verifies the signature of OpenSSL with $hash', ({ hash, signature }) => {
      expect(hexEncode(rsa.sign({ message, key, hash, random }))).toBe(signature);
      expect(rsa.verify({ message, signature: bytesOf(signature), key, hash })).toBe(true);
    });

    it.each(signatures)('refuses the signature with $hash when anything differs', ({ hash, signature }) => {
      const good = bytesOf(signature);
      const zero = new Uint8Array(good.length);
      const longer = new Uint8Array([0, ...good]);
      const flipped = good.map((value, index) => (index === 100 ? value ^ 1 : value));
      for (const wrong of [zero, longer, flipped, new Uint8Array(), good.subarray(1)]) {
        expect(rsa.verify({ message, signature: wrong, key, hash })).toBe(false);
      }
      expect(rsa.verify({ message: utf8Encode('x'), signature: good, key, hash })).toBe(false);
      const other = hash === 'sha1' ? 'sha256' : 'sha1';
      expect(rsa.verify({ message, signature: good, key, hash: other })).toBe(false);
    });

    it('refuses a representative above the modulus', () => {
      const [{ signature }] = signatures;
      const above = BigInt(`0x${signature}`) + key.n;
      const wrong = hexDecode(above.toString(16).padStart(signature.length, '0')) ?? new Uint8Array();
      expect(rsa.verify({ message, signature: wrong, key, hash: 'sha1' })).toBe(false);
    });
  });
}

/** SP 800-38A F.5.1, F.5.3, F.5.5. */
const counterBlocks = 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff';
const plainBlocks = `6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
                     30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710`;
const counterVectors = [
  {
    name: 'aes128-ctr',
    key: '2b7e151628aed2a6abf7158809cf4f3c',
    ciphertext: `874d6191b620e3261bef6864990db6ce 9806f66b7970fdff8617187bb9fffdff
                 5ae4df3edbd5d35e5b4f09020db03eab 1e031dda2fbe03d1792170a0f3009cee`,
  },
  {
    name: 'aes192-ctr',
    key: '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b',
    ciphertext: `1abc932417521ca24f2b0459fe7e6e0b 090339ec0aa6faefd5ccc2c6f4ce8e94
                 1e36b26bd1ebc670d1bd1d665620abf7 4f78a7f6d29809585a97daec58c6b050`,
  },
  {
    name: 'aes256-ctr',
    key: '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
    ciphertext: `601ec313775789a5b7a7f504bbf3d228 f443e3ca4d62b59aca84e990cacaf5c5
                 2b0930daa23de94ce87017ba2d84988d dfc9c58db67aada613c2dd08457941a6`,
  },
] as const;

function describeStreamCiphers({ streamCiphers }: CryptoProvider): void {
  describe.each(counterVectors)('$name', ({ name, key, ciphertext }) => {
    const open = () => streamCiphers[name].open(bytesOf(key), bytesOf(counterBlocks));

    it('SP 800-38A F.5, at once and block by block', () => {
      const plain = bytesOf(plainBlocks);
      expect(hexEncode(open().next(plain))).toBe(hexEncode(bytesOf(ciphertext)));
      const running = open();
      const blocks = [0, 16, 32, 48].map((at) => hexEncode(running.next(plain.subarray(at, at + 16))));
      expect(blocks.join('')).toBe(hexEncode(bytesOf(ciphertext)));
    });

    it('carries the counter over all its bytes', () => {
      const full = () => streamCiphers[name].open(bytesOf(key), new Uint8Array(16).fill(0xff));
      const two = full().next(new Uint8Array(32));
      const running = full();
      expect([...running.next(new Uint8Array(16)), ...running.next(new Uint8Array(16))]).toEqual([...two]);
      expect(hexEncode(two.subarray(16))).toBe(
        hexEncode(streamCiphers[name].open(bytesOf(key), new Uint8Array(16)).next(new Uint8Array(16))),
      );
    });

    it('keeps its own copies of key and IV, also of Buffers', () => {
      const [ownKey, iv] = [sliceAsView(bytesOf(key)), sliceAsView(bytesOf(counterBlocks))];
      const running = streamCiphers[name].open(ownKey, iv);
      running.next(new Uint8Array(16));
      expect(hexEncode(iv)).toBe(counterBlocks);
      ownKey.fill(0);
      iv.fill(0);
      expect(hexEncode(running.next(bytesOf(plainBlocks).subarray(16, 32)))).toBe(
        hexEncode(bytesOf(ciphertext).subarray(16, 32)),
      );
    });

    it('takes bytes at any alignment', () => {
      const shifted = new Uint8Array([0, ...bytesOf(plainBlocks)]).subarray(1);
      expect(hexEncode(open().next(shifted))).toBe(hexEncode(bytesOf(ciphertext)));
    });
  });
}

const packetCipherNames: readonly PacketCipherName[] = [
  'chacha20-poly1305@openssh.com',
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
];

function describePacketCiphers({ packetCiphers }: CryptoProvider): void {
  describe.each(packetCipherNames)('%s', (name) => {
    const cipher = packetCiphers[name];
    const open = () => cipher.open(counting(cipher.keySizeBytes), counting(cipher.ivSizeBytes));
    const noble = () =>
      nobleProvider.packetCiphers[name].open(counting(cipher.keySizeBytes), counting(cipher.ivSizeBytes));
    const packetOf = (blocks: number): Uint8Array => {
      const packet = counting(4 + blocks * cipher.blockSizeBytes);
      new DataView(packet.buffer).setUint32(0, packet.length - 4);
      return packet;
    };

    it('opens what it sealed, packet after packet, as noble seals it', () => {
      const [sealing, opening, reference] = [open(), open(), noble()];
      for (let number = 0; number < 20; number++) {
        const packet = packetOf(1 + number);
        const sealed = sealing.seal(number, packet);
        expect(hexEncode(sealed)).toBe(hexEncode(reference.seal(number, packet)));
        expect(sealed).toHaveLength(packet.length + cipher.tagSizeBytes);
        expect(opening.readLength(number, sealed.subarray(0, 4))).toBe(packet.length - 4);
        expect(hexEncode(opening.unseal(number, sealed) ?? new Uint8Array())).toBe(hexEncode(packet));
      }
    });

    it('keeps its own copies of key and IV, also of Buffers', () => {
      const [key, iv] = [cipher.keySizeBytes, cipher.ivSizeBytes].map((size) => sliceAsView(counting(size)));
      if (key === undefined || iv === undefined) throw new Error('no key');
      const sealing = cipher.open(key, iv);
      const first = sealing.seal(0, packetOf(1));
      expect(iv).toEqual(sliceAsView(counting(cipher.ivSizeBytes)));
      key.fill(0);
      expect(hexEncode(sealing.seal(1, packetOf(1)))).not.toBe(hexEncode(first));
      expect(hexEncode(first)).toBe(hexEncode(noble().seal(0, packetOf(1))));
    });

    it('refuses a packet with any byte changed, cut, or out of turn', () => {
      const sealed = open().seal(0, packetOf(2));
      for (let at = 0; at < sealed.length; at++) {
        const wrong = sealed.slice();
        wrong[at] = (wrong[at] ?? 0) ^ 0x80;
        expect(open().unseal(0, wrong)).toBeUndefined();
        expect(open().unseal(0, sealed.subarray(0, at))).toBeUndefined();
      }
      const late = open();
      late.unseal(0, sealed);
      expect(late.unseal(1, sealed)).toBeUndefined();
    });
  });
}
