import { invert } from '@noble/curves/abstract/modular.js';
import { describe, expect, it } from 'vitest';
import {
  decodePublicKey,
  encodePublicKey,
  inspectPrivateKey,
  openPrivateKey,
  runAtOnce,
  writeOpensshKey,
  type OpenedPrivateKey,
  type PrivateKey,
  type RsaPrivateKey,
} from '../src/keys/index.ts';
import { rsaPrivateKeyFormat } from '../src/keys/formats/asn1/rsa.ts';
import { encodePem } from '../src/keys/formats/pem.ts';
import {
  base64Decode,
  base64Encode,
  concatBytes,
  DecodeError,
  encodeWith,
  equalBytes,
  hexEncode,
  string,
  uint32,
  utf8Encode,
  type Writer,
} from '../src/wire/index.ts';
import { opensshKeys } from './fixtures/openssh-keys.ts';
import { seededRandom } from './seeded-random.ts';

type Fixture = (typeof opensshKeys)[number];
const fixtureOf = (name: Fixture['name'], openssh: '10' | '6.6' = '10'): Fixture => {
  const found = opensshKeys.find((each) => each.name === name && each.openssh === openssh);
  if (found === undefined) throw new Error(`no fixture ${name}`);
  return found;
};

/** Runs the work; every failure must be a DecodeError, whatever else is a bug. */
function openOrError(file: Uint8Array, passphrase = ''): OpenedPrivateKey | DecodeError {
  try {
    return runAtOnce(openPrivateKey(file, { passphrase: utf8Encode(passphrase) }));
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

function keyOf(fixture: Fixture): PrivateKey {
  const opened = openOrError(utf8Encode(fixture.privateFile), fixture.passphrase);
  if (opened instanceof DecodeError || opened.outcome !== 'key') throw new Error('the fixture does not open');
  return opened.key;
}

const armourPattern = /-----.*-----|\n/g;
const bodyOf = ({ privateFile }: Fixture) =>
  base64Decode(privateFile.replaceAll(armourPattern, '')) ?? new Uint8Array();
const opensshFile = (body: Uint8Array): Uint8Array =>
  utf8Encode(encodePem({ label: 'OPENSSH PRIVATE KEY', headers: new Map(), body }, 70));
const pkcs1File = (body: Uint8Array): Uint8Array =>
  utf8Encode(encodePem({ label: 'RSA PRIVATE KEY', headers: new Map(), body }, 64));

describe.each([fixtureOf('ed25519'), fixtureOf('rsa in PEM'), fixtureOf('rsa in openssh-key-v1', '6.6')])(
  'a plain file, $name',
  (fixture) => {
    const armour = fixture.privateFile.includes('BEGIN RSA') ? pkcs1File : opensshFile;
    const body = bodyOf(fixture);
    const key = keyOf(fixture);

    it('with any byte of the body changed is a DecodeError, or the same key with another comment', () => {
      for (let at = 0; at < body.length; at++) {
        const damaged = body.slice();
        damaged[at] = (damaged[at] ?? 0) ^ 0x41;
        const opened = openOrError(armour(damaged));
        if (opened instanceof DecodeError || opened.outcome === 'unsupported') continue;
        expect(opened, `byte ${at}`).toMatchObject({ outcome: 'key', key });
      }
    });

    it('cut after any byte of the body is a DecodeError', () => {
      for (let size = 0; size < body.length; size++) {
        expect(openOrError(armour(body.subarray(0, size))), `${size} bytes`).toBeInstanceOf(DecodeError);
      }
    });

    it('cut after any character is a DecodeError, but in PEM for the last line end', () => {
      const file = utf8Encode(fixture.privateFile);
      const cuts = fixture.privateFile.includes('BEGIN RSA') ? file.length - 1 : file.length;
      for (let size = 0; size < cuts; size++) {
        expect(openOrError(file.subarray(0, size)), `${size} characters`).toBeInstanceOf(DecodeError);
      }
    });

    it('with a byte more anywhere at the end is a DecodeError', () => {
      expect(openOrError(armour(concatBytes(body, Uint8Array.of(0))))).toBeInstanceOf(DecodeError);
      expect(openOrError(utf8Encode(`${fixture.privateFile}x`))).toBeInstanceOf(DecodeError);
    });
  },
);

describe('an encrypted file', () => {
  const key = keyOf(fixtureOf('ed25519'));
  const passphrase = utf8Encode('word');
  const text = runAtOnce(writeOpensshKey(key, { random: seededRandom('x'), rounds: 1, passphrase }));
  const body = base64Decode(text.replaceAll(armourPattern, '')) ?? new Uint8Array();

  it('with any byte changed does not open as another key', { timeout: 120_000 }, () => {
    const file = runAtOnce(
      writeOpensshKey(key, { random: seededRandom('x'), rounds: 1, passphrase, cipher: 'aes256-gcm@openssh.com' }),
    );
    const authenticated = base64Decode(file.replaceAll(armourPattern, '')) ?? new Uint8Array();
    const every = [
      { bytes: body, step: 1 },
      { bytes: authenticated, step: 7 },
    ];
    for (const { bytes, step } of every) {
      for (let at = 0; at < bytes.length; at += step) {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] ?? 0) ^ 1;
        const opened = openOrError(opensshFile(damaged), 'word');
        if (opened instanceof DecodeError || opened.outcome !== 'key') continue;
        expect(opened.key, `byte ${at}`).toEqual(key);
      }
    }
  });

  it('is told apart: unknown cipher, unknown kdf, truncated, wrong passphrase', () => {
    const replaced = (from: string, to: string) => {
      const hex = text.replaceAll(armourPattern, '');
      const bytes = base64Decode(hex) ?? new Uint8Array();
      const at = indexOf(bytes, utf8Encode(from));
      return opensshFile(concatBytes(bytes.subarray(0, at), utf8Encode(to), bytes.subarray(at + to.length)));
    };
    expect(openOrError(replaced('aes256-ctr', 'aes256-xyz'), 'word')).toEqual({
      outcome: 'unsupported',
      what: 'cipher',
      name: 'aes256-xyz',
    });
    expect(openOrError(replaced('bcrypt', 'scrypt'), 'word')).toMatchObject({ what: 'kdf', name: 'scrypt' });
    expect(openOrError(opensshFile(body.subarray(0, -1)), 'word')).toBeInstanceOf(DecodeError);
    expect(openOrError(opensshFile(body), 'other')).toEqual({ outcome: 'wrong-passphrase' });
  });
});

function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  for (let at = 0; at + part.length <= bytes.length; at++) {
    if (equalBytes(bytes.subarray(at, at + part.length), part)) return at;
  }
  throw new Error('not found');
}

interface Envelope {
  readonly cipher?: string;
  readonly kdf?: string;
  readonly kdfOptions?: Uint8Array;
  readonly count?: number;
  readonly publicKey?: Uint8Array;
  readonly section?: Uint8Array;
}

const ed25519 = keyOf(fixtureOf('ed25519'));
const ed25519Section = sectionOf(fixtureOf('ed25519'));

function sectionOf(fixture: Fixture): Uint8Array {
  const body = bodyOf(fixture);
  const publicSize = encodePublicKey(keyOf(fixture)).length;
  return string.decode(body.subarray(15 + 8 + 8 + 4 + 4 + 4 + publicSize));
}

/** A writer of the test's own, so that it can lie. */
function envelope(lies: Envelope): Uint8Array {
  return opensshFile(
    encodeWith((writer: Writer) => {
      writer.raw(utf8Encode('openssh-key-v1\0'));
      writer.string(utf8Encode(lies.cipher ?? 'none'));
      writer.string(utf8Encode(lies.kdf ?? 'none'));
      writer.string(lies.kdfOptions ?? new Uint8Array());
      writer.uint32(lies.count ?? 1);
      writer.string(lies.publicKey ?? encodePublicKey(ed25519));
      writer.string(lies.section ?? ed25519Section);
    }),
  );
}

const bcryptOptions = (rounds: number, salt = new Uint8Array(16)) =>
  concatBytes(string.encode(salt), uint32.encode(rounds));

describe('an envelope that lies', () => {
  it('opens when it does not', () => {
    expect(openOrError(envelope({}))).toMatchObject({ outcome: 'key', key: ed25519 });
  });

  const changed = (change: (section: Uint8Array) => void): Uint8Array => {
    const section = ed25519Section.slice();
    change(section);
    return section;
  };

  it.each<[string, Envelope, string]>([
    ['no key', { count: 0 }, 'keyCount'],
    ['2 keys', { count: 2 }, 'keyCount'],
    ['2^32-1 keys', { count: 0xffffffff }, 'keyCount'],
    ['2^32-1 rounds', { cipher: 'aes256-ctr', kdf: 'bcrypt', kdfOptions: bcryptOptions(0xffffffff) }, 'rounds'],
    ['no rounds', { cipher: 'aes256-ctr', kdf: 'bcrypt', kdfOptions: bcryptOptions(0) }, 'rounds'],
    ['no salt', { cipher: 'aes256-ctr', kdf: 'bcrypt', kdfOptions: bcryptOptions(1, new Uint8Array()) }, 'salt'],
    ['options for no kdf', { kdfOptions: bcryptOptions(1) }, 'kdfOptions'],
    ['a cipher without kdf', { cipher: 'aes256-ctr' }, 'kdf'],
    ['another public half', { publicKey: encodePublicKey(keyOf(fixtureOf('ed25519', '6.6'))) }, 'publicKey'],
    ['check numbers that differ', { section: changed((section) => (section[0] = (section[0] ?? 0) ^ 1)) }, 'second'],
    ['wrong padding', { section: changed((section) => (section[section.length - 1] = 9)) }, 'padding'],
    ['padding of a block more', { section: concatBytes(ed25519Section, new Uint8Array(8)) }, 'padding'],
    ['half a block', { section: ed25519Section.subarray(4) }, 'privateSection'],
    ['an empty section', { section: new Uint8Array() }, 'privateSection'],
    ['another seed', { section: changed((section) => (section[70 + 40] = (section[110] ?? 0) ^ 1)) }, 'key'],
  ])('%s: refused at %s', (_name, lies, field) => {
    const opened = openOrError(envelope(lies), 'word');
    expect(opened).toBeInstanceOf(DecodeError);
    expect(opened).toMatchObject({ path: expect.stringContaining(field) });
  });

  it('cipher none with bcrypt opens with any passphrase, as what ssh-keygen -Z none writes', () => {
    const file = envelope({ kdf: 'bcrypt', kdfOptions: bcryptOptions(1) });
    expect(openOrError(file, 'word')).toMatchObject({ outcome: 'key', key: ed25519 });
    expect(openOrError(file)).toEqual({ outcome: 'passphrase-needed' });
  });

  it('a key type named __proto__ is unsupported, not found', () => {
    const name = string.encode(utf8Encode('__proto__'));
    const section = concatBytes(new Uint8Array(8), name, new Uint8Array(3));
    expect(openOrError(envelope({ publicKey: name, section }))).toEqual({
      outcome: 'unsupported',
      what: 'key type',
      name: '__proto__',
    });
    expect(() => decodePublicKey(name)).toThrow(DecodeError);
  });
});

function derOf({ n, e, d, p, q, iqmp }: RsaPrivateKey): Uint8Array {
  return rsaPrivateKeyFormat.encode({
    version: 0n,
    modulus: n,
    publicExponent: e,
    privateExponent: d,
    prime1: p,
    prime2: q,
    exponent1: d % (p - 1n),
    exponent2: d % (q - 1n),
    coefficient: iqmp,
  });
}

/** One number changed at a time: hostile-numbers.test.ts. */
describe('RSA numbers that lie', () => {
  const key = keyOf(fixtureOf('rsa in PEM'));
  if (key.type !== 'ssh-rsa') throw new Error('not RSA');

  it('are those of a good key otherwise', () => {
    expect(openOrError(pkcs1File(derOf(key)))).toMatchObject({ outcome: 'key', key });
  });

  it('p that is not prime is refused, though all else fits', () => {
    const random = seededRandom('composite');
    const q = key.q;
    for (let tries = 0; tries < 5; tries++) {
      let p = BigInt(`0x${hexEncode(random(64))}`) | 1n | (3n << 511n);
      while (p % 3n !== 0n || p % 65537n === 1n || p % q === 0n) p += 2n;
      const d = invert(65537n, (p - 1n) * (q - 1n));
      const lied = { ...key, e: 65537n, n: p * q, d, iqmp: invert(q % p, p), p };
      expect(openOrError(pkcs1File(derOf(lied)))).toMatchObject({ reason: 'p or q is not prime' });
    }
  });

  it.each([
    ['a negative modulus', '3006020100020180'],
    ['an indefinite length', '3080020100'],
    ['a length of 2^32-1', '3084ffffffff'],
    ['a length that could be shorter', '30810302010000'],
    ['another tag', '310302010000'],
    ['eight numbers', '3018' + '020100'.repeat(8)],
  ])('DER with %s is refused', (_name, hex) => {
    expect(
      openOrError(pkcs1File(Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16)))),
    ).toBeInstanceOf(DecodeError);
  });
});

describe('armour that lies', () => {
  const good = fixtureOf('ed25519').privateFile;

  it.each([
    ['foreign characters', good.replace('b3Blb', 'b3B*b')],
    ['URL-safe characters', good.replace('b3Blb', 'b3B-b')],
    ['100,000 BEGIN lines', '-----BEGIN OPENSSH PRIVATE KEY-----\n'.repeat(100_000)],
    ['another END line', good.replace('END OPENSSH', 'END RSA')],
    ['text before', `hello\n${good}`],
    ['text after', `${good}hello\n`],
    ['headers', good.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\n\n')],
    ['a NUL', good.replace('b3Blb', 'b3\0lb')],
    ['a file above 1 MiB', good + '\n'.repeat(1024 * 1024)],
    ['base64 of nothing', `-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----\n`],
    ['an unknown format', good.replaceAll('OPENSSH', 'OTHER')],
    ['nothing at all', ''],
  ])('%s: refused', (_name, text) => {
    expect(openOrError(utf8Encode(text))).toBeInstanceOf(DecodeError);
    expect(() => inspectPrivateKey(utf8Encode(text))).toThrow(DecodeError);
  });

  it('base64Encode of the body in one line is still taken', () => {
    const file = `-----BEGIN OPENSSH PRIVATE KEY-----\n${base64Encode(bodyOf(fixtureOf('ed25519')))}\n-----END OPENSSH PRIVATE KEY-----\n`;
    expect(openOrError(utf8Encode(file))).toMatchObject({ outcome: 'key' });
  });
});
