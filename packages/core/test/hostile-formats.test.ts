import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeKeyFile } from '../src/anatomy/index.ts';
import { findPpkPrivateBlob } from '../src/keys/formats/ppk-private-blobs.ts';
import {
  encodePublicKey,
  encodePublicPem,
  encodeRfc4716,
  generateKey,
  hasPublicPem,
  inspectPrivateKey,
  keyTypeOf,
  keyTypes,
  openPrivateKey,
  parsePublicLine,
  printPublicLine,
  privateKeyFormats,
  publicKeyOf,
  readPublicKeyFile,
  runAtOnce,
  writePrivateKey,
  type OpenedPrivateKey,
  type PrivateKey,
  type PublicKeyFile,
} from '../src/keys/index.ts';
import { concatBytes, DecodeError, utf8Decode, utf8Encode } from '../src/wire/index.ts';
import { fixtureKeys } from './fixture-keys.ts';
import { seededRandom } from './seeded-random.ts';

/** Those of the fixtures; RSA of 1,024 bits, for one of 2,048 costs more time and shows no more. */
const keys: readonly PrivateKey[] = fixtureKeys.map((key) =>
  key.type === 'ssh-rsa'
    ? runAtOnce(generateKey({ type: 'ssh-rsa', bits: 1024, random: seededRandom('hostile') }))
    : key,
);

const passphrase = utf8Encode('word');
const cheap = { rounds: 1, iterations: 1, argon2: { memoryKibibytes: 8, passes: 1, parallelism: 1 }, comment: 'c' };

/** PKCS#8 holds nothing that a changed seed, or a changed x, could be compared with: for OpenSSL and OpenSSH neither. */
const typesWithoutPublicHalf: ReadonlySet<string> = new Set(['ssh-ed25519', 'ssh-dss']);

/** Every cell of key type and format, plain and encrypted. */
const files = keys.flatMap((key) =>
  privateKeyFormats
    .filter((format) => format.holds(key.type))
    .flatMap((format) =>
      [new Uint8Array(), passphrase].map((word) => {
        const options = { ...cheap, format: format.name, passphrase: word, random: seededRandom('file') };
        const bytes = utf8Encode(runAtOnce(writePrivateKey(key, options)));
        return {
          name: `${key.type} in ${format.name}${word.length > 0 ? ', encrypted' : ''}`,
          key,
          bytes,
          isPlain: word.length === 0,
          isComparable: format.name !== 'pkcs8' || !typesWithoutPublicHalf.has(key.type),
        };
      }),
    ),
);

/** Runs a reader; every failure must be a DecodeError inside the input, whatever else is a bug. */
function attempt<T>(input: Uint8Array, read: () => T): T | DecodeError {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.offset).toBeLessThanOrEqual(input.length);
    return error;
  }
}

const open = (bytes: Uint8Array): OpenedPrivateKey | DecodeError =>
  attempt(bytes, () => runAtOnce(openPrivateKey(bytes, { passphrase })));
const readPublic = (bytes: Uint8Array): PublicKeyFile | DecodeError => attempt(bytes, () => readPublicKeyFile(bytes));

function expectSameOrRefused(bytes: Uint8Array, { key, isComparable }: (typeof files)[number]): void {
  const opened = open(bytes);
  if (!(opened instanceof DecodeError) && opened.outcome === 'key') {
    // A mutation may leave the key whole and change the flags or the handle, which mean something to an authenticator only.
    const same = keyTypeOf(key).inAuthenticator ? publicKeyOf(key) : key;
    expect(opened.key).toMatchObject(isComparable ? same : { type: key.type });
  }
  attempt(bytes, () => inspectPrivateKey(bytes));
  describeKeyFile(bytes);
}

type Mutation = (bytes: Uint8Array) => Uint8Array;

const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(position, fc.integer({ min: 0, max: 7 })).map(([at, bit]): Mutation => (bytes) => {
    const index = Math.floor(at * bytes.length);
    return bytes.map((value, each) => (each === index ? value ^ (1 << bit) : value));
  }),
  fc.tuple(position, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, more]): Mutation => (bytes) => {
    const index = Math.floor(at * bytes.length);
    return concatBytes(bytes.subarray(0, index), more, bytes.subarray(index));
  }),
  fc.tuple(position, position).map(([from, size]): Mutation => (bytes) => {
    const start = Math.floor(from * bytes.length);
    return concatBytes(bytes.subarray(0, start), bytes.subarray(start + 1 + Math.floor(size * 40)));
  }),
  fc.tuple(position, position).map(([from, to]): Mutation => (bytes) => {
    const lines = (utf8Decode(bytes) ?? '').split('\n');
    const [a, b] = [Math.floor(from * lines.length), Math.floor(to * lines.length)];
    return utf8Encode(lines.map((line, index) => lines[index === a ? b : index === b ? a : index] ?? line).join('\n'));
  }),
);

describe.each(files.map((file) => [file.name, file] as const))('%s', (_name, file) => {
  const { key, bytes, isPlain } = file;

  it('opens unchanged', () => {
    expect(open(bytes)).toMatchObject({ outcome: 'key', key });
  });

  it('mutated: a typed error, an outcome, or the same key', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        expectSameOrRefused(
          mutations.reduce<Uint8Array>((current, mutate) => mutate(current), bytes),
          file,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('cut anywhere: never a key', () => {
    const step = isPlain ? 5 : 41;
    for (let size = 0; size < bytes.length - 1; size += step) {
      const opened = open(bytes.subarray(0, size));
      expect(opened instanceof DecodeError || opened.outcome !== 'key', `${size} bytes`).toBe(true);
    }
  });

  it('with something behind it: never a key', () => {
    for (const more of ['x', 'x\n', '-----BEGIN RSA PRIVATE KEY-----\n', '\0']) {
      const opened = open(concatBytes(bytes, utf8Encode(more)));
      if (opened instanceof DecodeError) continue;
      // OpenSSL's forms may stand among other text, as openssl reads them; then it is the same key.
      expect(opened).toMatchObject({ outcome: 'key', key });
    }
  });
});

describe.each(keys.map((key) => [key.type, publicKeyOf(key)] as const))('public files of %s', (type, key) => {
  const texts = [
    printPublicLine(key, 'c'),
    encodeRfc4716({ headers: [{ tag: 'Comment', value: 'c' }], blob: encodePublicKey(key) }),
    ...(hasPublicPem(type) ? [encodePublicPem(key)] : []),
  ];

  it('mutated, cut or prolonged: a typed error or a well-formed key', () => {
    for (const text of texts) {
      const bytes = utf8Encode(text);
      fc.assert(
        fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
          const changed = mutations.reduce<Uint8Array>((current, mutate) => mutate(current), bytes);
          const read = readPublic(changed);
          if (!(read instanceof DecodeError)) expect(parsePublicLine(printPublicLine(read.key)).ok).toBe(true);
          describeKeyFile(changed);
        }),
        { numRuns: 60 },
      );
    }
  });
});

const ed25519 = keys.find((key) => key.type === 'ssh-ed25519');
const ppk = (word: Uint8Array, format: 'ppk2' | 'ppk3' = 'ppk3'): string => {
  if (ed25519 === undefined) throw new Error('no key');
  return runAtOnce(writePrivateKey(ed25519, { ...cheap, format, passphrase: word, random: seededRandom('ppk') }));
};

describe('PPK that lies', () => {
  const sealed = ppk(passphrase);
  const plain = ppk(new Uint8Array());

  it.each([
    ['4 TiB of argon2', sealed.replace('Argon2-Memory: 8', 'Argon2-Memory: 4294967295'), 'Argon2-Memory'],
    ['memory above the limit', sealed.replace('Argon2-Memory: 8', 'Argon2-Memory: 262145'), 'Argon2-Memory'],
    ['no memory', sealed.replace('Argon2-Memory: 8', 'Argon2-Memory: 0'), 'Argon2-Memory'],
    ['65 passes', sealed.replace('Argon2-Passes: 1', 'Argon2-Passes: 65'), 'Argon2-Passes'],
    ['no passes', sealed.replace('Argon2-Passes: 1', 'Argon2-Passes: 0'), 'Argon2-Passes'],
    ['2^32 lanes', sealed.replace('Parallelism: 1', 'Parallelism: 4294967296'), 'Argon2-Parallelism'],
    ['no lanes', sealed.replace('Parallelism: 1', 'Parallelism: 0'), 'Argon2-Parallelism'],
    ['a salt that is no hexadecimal', sealed.replace(/Salt: ../, 'Salt: zz'), 'Argon2-Salt'],
    ['no salt', sealed.replace(/Argon2-Salt: .*/, 'Argon2-Salt: '), 'Argon2-Salt'],
    ['a negative count', sealed.replace('Public-Lines: 2', 'Public-Lines: -2'), 'Public-Lines'],
    ['2^32-1 lines', sealed.replace('Public-Lines: 2', 'Public-Lines: 4294967295'), 'Public-Lines'],
    ['a line too few', sealed.replace('Public-Lines: 2', 'Public-Lines: 1'), ''],
    ['a line too many', plain.replace('Private-Lines: 1', 'Private-Lines: 2'), 'Private-Lines'],
    ['headers exchanged', plain.replace(/(Encryption: .*)\n(Comment: .*)/, '$2\n$1'), 'Encryption'],
    ['a header twice', plain.replace(/(Comment: .*)/, '$1\n$1'), 'Public-Lines'],
    [
      'another MAC',
      plain.replace(/MAC: ./, (text) => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0')),
      'Private-MAC',
    ],
    ['half a MAC', plain.replace(/(MAC: .{32}).*/, '$1'), 'Private-MAC'],
    ['another comment', plain.replace('Comment: c', 'Comment: d'), 'Private-MAC'],
    ['another comment, right passphrase', sealed.replace('Comment: c', 'Comment: d'), 'Private-MAC'],
    ['version 1', plain.replace('File-3', 'File-1'), ''],
    ['version 4', plain.replace('File-3', 'File-4'), ''],
    ['version 2 over a MAC of 3', plain.replace('File-3', 'File-2'), 'Private-MAC'],
    ['another key type', plain.replace('ssh-ed25519', 'ssh-rsa'), 'publicBlob'],
    ['base64 with foreign characters', plain.replace('AAAAC3', 'AAA*C3'), 'Public-Lines'],
    ['URL-safe base64', plain.replace('AAAAC3', 'AAA-C3'), 'Public-Lines'],
    ['something behind it', `${plain}more\n`, 'end'],
    ['nothing behind its title', plain.split('\n', 1)[0] ?? '', 'Encryption'],
    ['100,000 titles', 'PuTTY-User-Key-File-3: ssh-ed25519\n'.repeat(29_000), 'Encryption'],
  ])('%s: refused', (_name, text, field) => {
    const opened = open(utf8Encode(text));
    expect(opened).toBeInstanceOf(DecodeError);
    expect(opened).toMatchObject({ path: expect.stringContaining(field) });
  });

  it.each([
    ['an unknown cipher', sealed.replace('aes256-cbc', 'aes256-xyz'), { what: 'cipher', name: 'aes256-xyz' }],
    ['an unknown key derivation', sealed.replace('Argon2id', 'Argon3'), { what: 'kdf', name: 'Argon3' }],
    ['a key type named __proto__', plain.replace('ssh-ed25519', '__proto__'), { what: 'key type', name: '__proto__' }],
    [
      'a key type named constructor',
      plain.replace('ssh-ed25519', 'constructor'),
      { what: 'key type', name: 'constructor' },
    ],
  ])('%s: unsupported', (_name, text, outcome) => {
    expect(open(utf8Encode(text))).toEqual({ outcome: 'unsupported', ...outcome });
  });

  it('limits can be set', () => {
    const limits = { argon2MemoryKibibytes: 7 };
    const file = utf8Encode(sealed);
    expect(() => runAtOnce(openPrivateKey(file, { passphrase, limits }))).toThrow('expected 8 to 7, found 8');
  });

  it('a wrong passphrase, none, CRLF and a file without a last line end are told apart', () => {
    for (const format of ['ppk2', 'ppk3'] as const) {
      const text = ppk(passphrase, format);
      const wrong = runAtOnce(openPrivateKey(utf8Encode(text), { passphrase: utf8Encode('wrong') }));
      expect(wrong).toEqual({ outcome: 'wrong-passphrase' });
      expect(runAtOnce(openPrivateKey(utf8Encode(text)))).toEqual({ outcome: 'passphrase-needed' });
      for (const same of [text.replaceAll('\n', '\r\n'), text.trimEnd()]) {
        expect(open(utf8Encode(same))).toMatchObject({ outcome: 'key', key: ed25519, comment: 'c' });
      }
    }
  });
});

it('every key type has a private blob in PPK, or PuTTY has none', () => {
  const missing = keyTypes.map((row) => row.name).filter((name) => findPpkPrivateBlob(name) === undefined);
  expect(missing).toEqual([
    'sk-ssh-ed25519@openssh.com',
    'ssh-mldsa44-ed25519@openssh.com',
    'sk-ecdsa-sha2-nistp256@openssh.com',
  ]);
});

const mostlyZeros = (sizeBytes: number) => new Uint8Array(sizeBytes).fill(1, 0, 3);

it('Ed25519 seeds that end in zeros survive PPK, which keeps them as numbers', () => {
  const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random: mostlyZeros }));
  const text = runAtOnce(writePrivateKey(key, { format: 'ppk3', random: mostlyZeros }));
  expect(open(utf8Encode(text))).toMatchObject({ outcome: 'key', key });
});
