/** Every key type: keys and signatures of real OpenSSH, our own both ways, and keys and signatures that must be refused. */
import { describe, expect, it } from 'vitest';
import { nistCurves } from '../src/crypto/nist-curves.ts';
import { nobleProvider } from '../src/crypto/noble.ts';
import {
  decodePublicKey,
  encodePublicKey,
  fingerprint,
  fingerprintBody,
  generateKey,
  keyBits,
  keyTypeOf,
  keyTypes,
  openPrivateKey,
  parsePublicLine,
  printPublicLine,
  publicKeyOf,
  publicKeyTypes,
  randomart,
  runAtOnce,
  signatureAlgorithmsOf,
  signatureBlob,
  signMessage,
  verifySignature,
  writeOpensshKey,
  type EcdsaPublicKey,
  type PrivateKey,
} from '../src/keys/index.ts';
import { encodeSignaturePair } from '../src/keys/signature-pair.ts';
import { dearmourSshsig } from '../src/signatures/armour.ts';
import { hashSshsigMessage, sshsigBlob, sshsigSignedData } from '../src/signatures/sshsig.ts';
import { bigintToBytes, concatBytes, DecodeError, utf8Encode } from '../src/wire/index.ts';
import { opensshKeyTypes } from './fixtures/openssh-key-types.ts';
import { seededRandom } from './seeded-random.ts';

function openFixture({ privateFile }: { readonly privateFile: string }): PrivateKey {
  const opened = runAtOnce(openPrivateKey(utf8Encode(privateFile)));
  if (opened.outcome !== 'key') throw new Error(`not opened: ${opened.outcome}`);
  expect(opened.comment).toBe('demo@laptop');
  return opened.key;
}

describe.each(opensshKeyTypes)('OpenSSH $openssh: ssh-keygen $name', (fixture) => {
  const key = openFixture(fixture);

  it('the private key holds the key of the public line', () => {
    expect(`${printPublicLine(key, 'demo@laptop')}\n`).toBe(fixture.publicLine);
    expect(parsePublicLine(fixture.publicLine)).toMatchObject({ ok: true, key: publicKeyOf(key) });
    expect(decodePublicKey(encodePublicKey(key))).toEqual(publicKeyOf(key));
  });

  it('fingerprint and randomart are those of ssh-keygen -lv', () => {
    const blob = encodePublicKey(key);
    const print = fixture.openssh === '10' ? `${fingerprint(blob)} ` : `${fingerprintBody(blob, 'md5')}  `;
    const head = `${keyBits(key)} ${print}demo@laptop (${keyTypeOf(key).shortName})`;
    expect(`${head}\n${randomart(key, fixture)}\n`).toBe(fixture.listing);
  });

  it('written and read again it is the same', () => {
    const file = runAtOnce(writeOpensshKey(key, { comment: 'demo@laptop', random: seededRandom('again') }));
    expect(openFixture({ ...fixture, privateFile: file })).toEqual(key);
  });
});

const signed = opensshKeyTypes.filter(({ signature }) => signature !== '');

describe.each(signed)('a signature of ssh-keygen -Y sign with $name', ({ publicLine, signature }) => {
  const line = parsePublicLine(publicLine);
  if (!line.ok) throw new Error(line.diagnostic.message);
  const { key } = line;
  const message = sshsigSignedData(hashSshsigMessage(utf8Encode('message')), 'file');
  const blob = sshsigBlob.decode(dearmourSshsig(signature)).signature;
  const algorithms = signatureAlgorithmsOf(key);
  const isGood = (bytes: Uint8Array) => verifySignature({ key, message, signature: bytes, algorithms });

  it('verifies, for this message and these algorithms only', () => {
    expect(isGood(blob)).toBe(true);
    expect(verifySignature({ key, message: utf8Encode('x'), signature: blob, algorithms })).toBe(false);
    expect(verifySignature({ key, message, signature: blob, algorithms: ['ssh-rsa'] })).toBe(false);
  });

  it('is refused with a byte changed, cut or added', () => {
    for (let at = 0; at < blob.length; at += Math.ceil(blob.length / 100)) {
      const wrong = blob.slice();
      wrong[at] = (wrong[at] ?? 0) ^ 0x10;
      expect(isGood(wrong), `byte ${at}`).toBe(false);
    }
    expect(isGood(blob.subarray(0, -1))).toBe(false);
    expect(isGood(concatBytes(blob, Uint8Array.of(0)))).toBe(false);
  });
});

const generated = keyTypes.filter((row) => row.generate !== undefined);

describe.each(generated)('$name', ({ name, allowedBits, signatureAlgorithms }) => {
  const key = runAtOnce(generateKey({ type: name, bits: allowedBits.minimum, random: seededRandom(name) }));
  const message = utf8Encode('message');

  it.each(signatureAlgorithms)('signs by %s what verifies, the same each time', (algorithm) => {
    const sign = (seed: string) => signMessage({ key, message, algorithm, random: seededRandom(seed) });
    const signature = sign('first');
    expect(sign('second')).toEqual(signature);
    const check = { key: publicKeyOf(key), message, signature, algorithms: signatureAlgorithms };
    expect(verifySignature(check)).toBe(true);
    expect(verifySignature({ ...check, message: utf8Encode('another') })).toBe(false);
    expect(verifySignature({ ...check, signature: concatBytes(signature, Uint8Array.of(0)) })).toBe(false);
  });

  it('survives its file', () => {
    const file = runAtOnce(writeOpensshKey(key, { random: seededRandom('file') }));
    expect(runAtOnce(openPrivateKey(utf8Encode(file)))).toMatchObject({ outcome: 'key', key });
  });
});

describe('keyTypes', () => {
  it('has the public side of each row, in one order', () => {
    expect(keyTypes.map(({ name }) => name)).toEqual(publicKeyTypes.map(({ name }) => name));
    for (const row of publicKeyTypes) expect(keyTypeOf({ type: row.name })).toMatchObject({ ...row });
  });

  it('generates and signs all but what lies in an authenticator', () => {
    for (const row of keyTypes) {
      expect([row.generate === undefined, row.sign === undefined]).toEqual([row.inAuthenticator, row.inAuthenticator]);
    }
  });
});

const curveNames = ['nistp256', 'nistp384', 'nistp521'] as const;

describe.each(curveNames)('a public key on %s', (name) => {
  const curve = nistCurves[name];
  const type = `ecdsa-sha2-${name}` as const;
  const { publicKey: format } = keyTypeOf({ type });
  const right = nobleProvider.ecdsa[name].publicKey(7n);
  const compressed = concatBytes(Uint8Array.of(2), right.subarray(1, 1 + curve.sizeBytes));
  const [x, y] = [right.slice(1, 1 + curve.sizeBytes), right.slice(1 + curve.sizeBytes)];
  const bytesOf = (value: bigint) => bigintToBytes(value, curve.sizeBytes);
  const blobOf = (point: Uint8Array) => format.encode({ type, point } satisfies EcdsaPublicKey);

  it('is read when its point is on the curve', () => {
    expect(decodePublicKey(blobOf(right))).toEqual({ type, point: right });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['infinity', Uint8Array.of(0)],
    ['a compressed point', compressed],
    ['a hybrid point', concatBytes(Uint8Array.of(6), x, y)],
    ['another y', concatBytes(Uint8Array.of(4), x, x)],
    ['zeros', concatBytes(Uint8Array.of(4), new Uint8Array(2 * curve.sizeBytes))],
    ['coordinates not reduced', concatBytes(Uint8Array.of(4), bytesOf(curve.p), y)],
    ['a byte more', concatBytes(right, Uint8Array.of(0))],
    ['a byte less', right.subarray(0, -1)],
  ])('is refused with %s', (_what, point) => {
    expect(() => decodePublicKey(blobOf(point))).toThrow(DecodeError);
    const signature = { r: 1n, s: 1n };
    expect(nobleProvider.ecdsa[name].verify({ message: x, signature, publicKey: point })).toBe(false);
    expect(nobleProvider.ecdh[name].sharedSecret(7n, point)).toBeUndefined();
  });

  it('is refused when curve and type differ', () => {
    const other = name === 'nistp256' ? 'nistp384' : 'nistp256';
    const text = String.fromCharCode(...blobOf(right)).replace(new RegExp(`${name}$|${name}(?=\\0)`), other);
    expect(() => decodePublicKey(Uint8Array.from(text, (each) => each.charCodeAt(0)))).toThrow(DecodeError);
  });

  it('is refused with a scalar of 0, n, n + 1 or of another point', () => {
    const row = keyTypeOf({ type });
    const encode = (scalar: bigint) => row.privateKey.encode({ type, point: right, scalar });
    expect(row.privateKey.decode(encode(7n))).toEqual({ type, point: right, scalar: 7n });
    for (const scalar of [0n, 8n, curve.n, curve.n + 7n]) {
      expect(() => row.privateKey.decode(encode(scalar))).toThrow(DecodeError);
    }
  });

  it('takes a signature with s in the high half, and none with r or s out of range', () => {
    const message = utf8Encode('m');
    const key = { type, point: right } satisfies EcdsaPublicKey;
    const { r, s } = nobleProvider.ecdsa[name].sign(message, 7n);
    const verifies = (pair: { r: bigint; s: bigint }) => {
      const signature = signatureBlob.encode({
        algorithm: type,
        signature: encodeSignaturePair(pair),
        extra: new Uint8Array(),
      });
      return verifySignature({ key, message, signature, algorithms: [type] });
    };
    expect(verifies({ r, s })).toBe(true);
    expect(verifies({ r, s: curve.n - s })).toBe(true);
    for (const wrong of [0n, curve.n, curve.n + r]) {
      expect(verifies({ r: wrong, s })).toBe(false);
      expect(verifies({ r, s: wrong })).toBe(false);
    }
  });
});
