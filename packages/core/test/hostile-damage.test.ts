/**
 * Damage at every byte and truncation at every byte: of the body of each private key file, of public key blobs, and of the text of PPK.
 * hostile-keys.test.ts does the same for whole files of OpenSSH, and hostile-formats.test.ts damages at random.
 */
import { describe, expect, it } from 'vitest';
import { decodePem, encodePem } from '../src/keys/formats/pem.ts';
import {
  decodePublicKey,
  encodePublicKey,
  encodePublicPem,
  encodeRfc4716,
  hasPublicPem,
  keyTypeOf,
  openPrivateKey,
  publicKeyOf,
  readPublicKeyFile,
  runAtOnce,
  writePrivateKey,
  type OpenedPrivateKey,
  type PrivateKey,
  type PrivateKeyFormat,
} from '../src/keys/index.ts';
import { concatBytes, DecodeError, utf8Encode } from '../src/wire/index.ts';
import { fixtureKey, fixtureKeys } from './fixture-keys.ts';
import { seededRandom } from './seeded-random.ts';

/** What a reader gives; a failure that is no DecodeError inside the input is a bug. */
function attempt<T>(size: number, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.offset).toBeLessThanOrEqual(size);
    return undefined;
  }
}

/** The same bytes with one changed. */
function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
  return changed;
}

const passphrase = utf8Encode('word');

interface Damageable {
  readonly name: string;
  readonly key: PrivateKey;
  /** What is damaged and cut. */
  readonly bytes: Uint8Array;
  /** The file of such bytes. */
  readonly fileOf: (bytes: Uint8Array) => Uint8Array;
}

/** The file of a key, to be damaged inside its armour, or in its text where it has none. */
function damageable(key: PrivateKey, format: PrivateKeyFormat, word = new Uint8Array()): Damageable {
  const argon2 = { memoryKibibytes: 8, passes: 1, parallelism: 1 };
  const options = { format, passphrase: word, iterations: 1, argon2, random: seededRandom('damage') };
  const file = utf8Encode(runAtOnce(writePrivateKey(key, options)));
  const name = `${key.type} in ${format}${word.length > 0 ? ', encrypted' : ''}`;
  if (format.startsWith('ppk')) return { name, key, bytes: file, fileOf: (bytes) => bytes };
  const pem = decodePem(file);
  const lineSize = format === 'openssh' ? 70 : 64;
  return { name, key, bytes: pem.body, fileOf: (body) => utf8Encode(encodePem({ ...pem, body }, lineSize)) };
}

const [ed25519, ecdsa, rsa, dsa] = [
  fixtureKey('ssh-ed25519'),
  fixtureKey('ecdsa-sha2-nistp256'),
  fixtureKey('ssh-rsa'),
  fixtureKey('ssh-dss'),
] as const;

/** The body of an ML-DSA key is longer, and most of its bytes cost a key to be compared with: of it every ninth byte is changed. */
const longBodySizeBytes = 2000;

/** Encrypted only where a passphrase costs little: bcrypt stands in hostile-keys.test.ts. */
const cells: readonly Damageable[] = [
  ...fixtureKeys.map((key) => damageable(key, 'openssh')),
  damageable(rsa, 'pkcs1'),
  damageable(rsa, 'pkcs1', passphrase),
  damageable(ecdsa, 'sec1'),
  damageable(ecdsa, 'sec1', passphrase),
  damageable(dsa, 'dsa'),
  damageable(dsa, 'dsa', passphrase),
  damageable(ecdsa, 'pkcs8'),
  damageable(ecdsa, 'pkcs8', passphrase),
  damageable(ed25519, 'ppk2'),
  damageable(ed25519, 'ppk2', passphrase),
  damageable(ed25519, 'ppk3'),
  damageable(ed25519, 'ppk3', passphrase),
];

const opening = (file: Uint8Array): OpenedPrivateKey | undefined =>
  attempt(file.length, () => runAtOnce(openPrivateKey(file, { passphrase })));

describe.each(cells)('$name', ({ key, bytes, fileOf }) => {
  it('opens unchanged', () => {
    expect(opening(fileOf(bytes))).toMatchObject({ outcome: 'key', key });
  });

  it('with any byte changed is refused, or the same key', () => {
    // Flags and handle of a key in an authenticator mean something to the authenticator only.
    const same = keyTypeOf(key).inAuthenticator ? publicKeyOf(key) : key;
    const step = bytes.length > longBodySizeBytes ? 9 : 1;
    for (let at = 0; at < bytes.length; at += step) {
      const opened = opening(fileOf(damaged(bytes, at)));
      if (opened?.outcome === 'key') expect(opened.key, `byte ${at}`).toMatchObject(same);
    }
  });

  it('cut after any byte is no key, but for the last line end of PPK', () => {
    for (let size = 0; size < bytes.length - 1; size++) {
      expect(opening(fileOf(bytes.subarray(0, size)))?.outcome, `${size} bytes`).not.toBe('key');
    }
  });

  it('with bytes more is no key', () => {
    for (const more of ['\0', 'x', '\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b']) {
      expect(opening(fileOf(concatBytes(bytes, utf8Encode(more))))?.outcome).not.toBe('key');
    }
  });
});

/** A seed, or a DSA key's x, stands in PKCS#8 without anything that could be compared with it: for OpenSSL and OpenSSH neither. */
describe.each([damageable(ed25519, 'pkcs8'), damageable(dsa, 'pkcs8')])('$name, which holds no public half', (cell) => {
  it('with any byte changed is refused, or a whole key with just these bytes', () => {
    for (let at = 0; at < cell.bytes.length; at++) {
      const changed = damaged(cell.bytes, at);
      const opened = opening(cell.fileOf(changed));
      if (opened?.outcome === 'key') expect(damageable(opened.key, 'pkcs8').bytes, `byte ${at}`).toEqual(changed);
    }
  });

  it('cut after any byte is no key', () => {
    for (let size = 0; size < cell.bytes.length; size++) {
      expect(opening(cell.fileOf(cell.bytes.subarray(0, size)))?.outcome, `${size} bytes`).not.toBe('key');
    }
  });
});

const decode = (bytes: Uint8Array) => attempt(bytes.length, () => decodePublicKey(bytes));

describe.each(fixtureKeys)('the public key of $type', (privateKey) => {
  const key = publicKeyOf(privateKey);
  const blob = encodePublicKey(key);

  it('with any byte of its blob changed is refused, or a key with just these bytes', () => {
    for (let at = 0; at < blob.length; at++) {
      const changed = damaged(blob, at);
      const decoded = decode(changed);
      if (decoded !== undefined) expect(encodePublicKey(decoded), `byte ${at}`).toEqual(changed);
    }
  });

  it('cut after any byte of its blob is refused', () => {
    for (let size = 0; size < blob.length; size++) expect(decode(blob.subarray(0, size)), `${size}`).toBeUndefined();
  });

  it('cut after any byte in RFC 4716 and PUBLIC KEY is refused', () => {
    const pem = hasPublicPem(key.type) ? decodePem(utf8Encode(encodePublicPem(key))) : undefined;
    const texts: readonly (readonly [Uint8Array, (bytes: Uint8Array) => string])[] = [
      [blob, (bytes) => encodeRfc4716({ headers: [], blob: bytes })],
      ...(pem === undefined ? [] : [[pem.body, (body: Uint8Array) => encodePem({ ...pem, body }, 64)] as const]),
    ];
    for (const [bytes, textOf] of texts) {
      expect(readPublicKeyFile(utf8Encode(textOf(bytes))).key).toEqual(key);
      for (let size = 0; size < bytes.length; size++) {
        const file = utf8Encode(textOf(bytes.subarray(0, size)));
        expect(
          attempt(file.length, () => readPublicKeyFile(file)),
          `${size} bytes`,
        ).toBeUndefined();
      }
    }
  });
});
