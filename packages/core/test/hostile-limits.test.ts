/** What an input may ask for: sizes of files, lines and comments, work and memory of key derivations. */
import { describe, expect, it } from 'vitest';
import { parseKeyLine } from '../src/certificates/index.ts';
import { findBlockCipher } from '../src/keys/formats/block-ciphers.ts';
import { octetString } from '../src/keys/formats/der.ts';
import { envelopeFormat, bcryptOptionsFormat } from '../src/keys/formats/openssh.ts';
import { encodePem } from '../src/keys/formats/pem.ts';
import { pbes1Format, pbes2Format, pbkdf2Format, scryptFormat } from '../src/keys/formats/pbes.ts';
import { encryptedPrivateKeyInfoFormat } from '../src/keys/formats/pkcs8.ts';
import {
  encodePublicKey,
  encodePublicPem,
  encodeRfc4716,
  inspectPrivateKey,
  keyTypeOf,
  maximumCommentSizeBytes,
  maximumKeyFileSizeBytes,
  maximumPublicLineSize,
  openPrivateKey,
  parsePublicLine,
  printPublicLine,
  privateKeyFormats,
  readPublicKeyFile,
  runAtOnce,
  usualKeyFileLimits,
  writePrivateKey,
  type KeyFileLimits,
  type PrivateKeyFormat,
} from '../src/keys/index.ts';
import { concatBytes, DecodeError, string, utf8Encode } from '../src/wire/index.ts';
import { fixtureKey, fixtureKeys } from './fixture-keys.ts';
import { seededRandom } from './seeded-random.ts';

/** What a reader does: `read`, or refused with a DecodeError; whatever else it throws is a bug. */
function attempt(read: () => unknown): 'read' | DecodeError {
  try {
    read();
    return 'read';
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

const passphrase = utf8Encode('word');
const key = fixtureKey('ssh-ed25519');
const random = seededRandom('limits');
const open = (text: string) => attempt(() => runAtOnce(openPrivateKey(utf8Encode(text))));
const fileOf = (format: PrivateKeyFormat, comment = 'c'): string => {
  const held = fixtureKeys.find(({ type }) => privateKeyFormats.some((row) => row.name === format && row.holds(type)));
  if (held === undefined) throw new Error(`no key for ${format}`);
  return runAtOnce(writePrivateKey(held, { format, comment, random }));
};

/** Up to a size with one long line of blanks, which costs readers nothing: what is tested is the size. */
const padded = (text: string, size: number): Uint8Array => utf8Encode(`${text.padEnd(size - 1)}\n`);
const tooLarge = expect.stringContaining(`expected at most ${maximumKeyFileSizeBytes} bytes`);
const isPpk = (format: string): boolean => format.startsWith('ppk');

describe('a private key file above 1 MiB', () => {
  it.each(privateKeyFormats.map(({ name }) => name))('%s: is refused for its size, and no smaller one', (format) => {
    const [whole, larger] = [0, 1].map((more) => padded(fileOf(format), maximumKeyFileSizeBytes + more));
    if (whole === undefined || larger === undefined) throw new Error('no files');
    const opened = attempt(() => runAtOnce(openPrivateKey(whole)));
    // PPK takes nothing after its MAC, blanks neither.
    if (isPpk(format)) expect(opened).not.toEqual(expect.objectContaining({ reason: tooLarge }));
    else expect(opened).toBe('read');
    expect(attempt(() => runAtOnce(openPrivateKey(larger)))).toMatchObject({ reason: tooLarge });
    expect(attempt(() => inspectPrivateKey(larger))).toMatchObject({ reason: tooLarge });
  });
});

describe('a public key file above 1 MiB', () => {
  it.each([
    ['a line', printPublicLine(key)],
    ['RFC 4716', encodeRfc4716({ headers: [], blob: encodePublicKey(key) })],
    ['PUBLIC KEY', encodePublicPem(key)],
  ])('%s: is refused for its size, and no smaller one', (_name, text) => {
    const readOf = (size: number) => attempt(() => readPublicKeyFile(padded(text, size)));
    expect(readOf(maximumKeyFileSizeBytes)).not.toEqual(expect.objectContaining({ reason: tooLarge }));
    expect(readOf(maximumKeyFileSizeBytes + 1)).toMatchObject({ reason: tooLarge });
  });
});

describe('a public line of 64 KiB', () => {
  const longest = `${printPublicLine(key)} `.padEnd(maximumPublicLineSize, 'c');
  const readers: readonly (readonly [string, (line: string) => boolean])[] = [
    ['parsePublicLine', (line) => parsePublicLine(line).ok],
    ['parseKeyLine', (line) => parseKeyLine(line).ok],
    ['readPublicKeyFile', (line) => attempt(() => readPublicKeyFile(utf8Encode(line))) === 'read'],
  ];

  it.each(readers)('%s reads it, and refuses a character more', (_name, reads) => {
    expect([longest, `${longest}c`].map(reads)).toEqual([true, false]);
  });
});

const rfc4716Of = (value: string): string =>
  encodeRfc4716({ headers: [{ tag: 'Comment', value }], blob: encodePublicKey(key) });

/** The writer refuses to write such comments. */
function opensshFile(comment: string): string {
  const row = keyTypeOf(key);
  const parts = [new Uint8Array(8), row.privateKey.encode(key), string.encode(utf8Encode(comment))];
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  const padding = Uint8Array.from({ length: (8 - (size % 8)) % 8 }, (_, index) => index + 1);
  return opensshPem({ cipher: 'none', kdf: 'none', privateSection: concatBytes(...parts, padding) });
}

describe('a comment of 64 KiB', () => {
  it('openssh-key-v1 is read with it, and refused with a byte more, in two-byte characters too', () => {
    const longest = 'c'.repeat(maximumCommentSizeBytes);
    expect(open(opensshFile(longest))).toBe('read');
    expect(open(opensshFile('ä'.repeat(maximumCommentSizeBytes / 2)))).toBe('read');
    for (const longer of [`${longest}c`, `${longest.slice(1)}ä`]) {
      expect(open(opensshFile(longer))).toMatchObject({ path: expect.stringMatching(/\.comment$/) });
    }
  });

  it('PPK is read with it, and refused with a byte more at its place', () => {
    const [whole, longer] = [0, 1].map((more) => open(fileOf('ppk2', 'c'.repeat(maximumCommentSizeBytes + more))));
    expect(whole).toBe('read');
    expect(longer).toMatchObject({ path: 'ppk.Comment', offset: fileOf('ppk2').indexOf('Comment: ') + 9 });
  });

  it('RFC 4716 is refused with more than the 1,024 bytes that its section 3.3 allows', () => {
    const reads = [1024, 1025].map((size) => attempt(() => readPublicKeyFile(utf8Encode(rfc4716Of('c'.repeat(size))))));
    expect(reads).toEqual(['read', expect.any(DecodeError)]);
  });
});

/** What a writer would not write: files that ask for work before a key is seen. */
const cipherIdentifier = findBlockCipher('AES-256-CBC')?.identifier ?? '';
const pbes2 = '1.2.840.113549.1.5.13';
const encryptedData = new Uint8Array(64);

function encryptedFile(algorithm: string, parameters: Uint8Array): string {
  const body = encryptedPrivateKeyInfoFormat.encode({ encryptionAlgorithm: { algorithm, parameters }, encryptedData });
  return encodePem({ label: 'ENCRYPTED PRIVATE KEY', headers: new Map(), body }, 64);
}

function pbes2File(algorithm: string, parameters: Uint8Array): string {
  const encryptionScheme = { algorithm: cipherIdentifier, parameters: octetString.encode(new Uint8Array(16)) };
  return encryptedFile(pbes2, pbes2Format.encode({ keyDerivationFunc: { algorithm, parameters }, encryptionScheme }));
}

const salt = new Uint8Array(16);

interface ScryptCost {
  readonly cost?: bigint;
  readonly blockSize?: bigint;
  readonly parallelization?: bigint;
}

function scryptFile({ cost = 2n, blockSize = 1n, parallelization = 1n }: ScryptCost): string {
  const numbers = { costParameter: cost, blockSize, parallelizationParameter: parallelization };
  return pbes2File('1.3.6.1.4.1.11591.4.11', scryptFormat.encode({ salt, ...numbers, keyLength: undefined }));
}

const pbkdf2File = (iterationCount: bigint) =>
  pbes2File(
    '1.2.840.113549.1.5.12',
    pbkdf2Format.encode({ salt, iterationCount, keyLength: undefined, prf: undefined }),
  );
const pbes1File = (iterationCount: bigint) =>
  encryptedFile('1.2.840.113549.1.12.1.3', pbes1Format.encode({ salt, iterationCount }));

interface Envelope {
  readonly cipher: string;
  readonly kdf: string;
  readonly kdfOptions?: Uint8Array;
  readonly privateSection: Uint8Array;
}

function opensshPem({ kdfOptions = new Uint8Array(), ...fields }: Envelope): string {
  const shared = { magic: utf8Encode('openssh-key-v1\0'), keyCount: 1, tag: new Uint8Array() };
  const body = envelopeFormat.encode({ ...shared, ...fields, kdfOptions, publicKey: encodePublicKey(key) });
  return encodePem({ label: 'OPENSSH PRIVATE KEY', headers: new Map(), body }, 70);
}

function bcryptFile(rounds: number): string {
  const kdfOptions = bcryptOptionsFormat.encode({ salt, rounds });
  return opensshPem({ cipher: 'aes256-ctr', kdf: 'bcrypt', kdfOptions, privateSection: encryptedData });
}

function argon2File(memory: number, passes: number): string {
  const argon2 = { memoryKibibytes: 8, passes: 1, parallelism: 1 };
  const text = runAtOnce(writePrivateKey(key, { format: 'ppk3', argon2, passphrase, random }));
  return text.replace('Memory: 8', `Memory: ${memory}`).replace('Passes: 1', `Passes: ${passes}`);
}

/** How opening begins: work that has begun, or the refusal before any. */
function beginning(file: string, limits: Partial<KeyFileLimits>): 'begins' | DecodeError {
  const begun = attempt(() => openPrivateKey(utf8Encode(file), { passphrase, limits }).next());
  return begun === 'read' ? 'begins' : begun;
}

/** Each limit at its usual value, or at a small one where a file at the limit would take long or much memory. */
const limited: readonly {
  readonly limit: keyof KeyFileLimits;
  readonly value: number;
  readonly within: string;
  readonly above: string;
}[] = [
  { limit: 'bcryptRounds', value: 1024, within: bcryptFile(1024), above: bcryptFile(1025) },
  { limit: 'bcryptRounds', value: 3, within: bcryptFile(3), above: bcryptFile(0xffff_ffff) },
  { limit: 'pbkdf2Iterations', value: 10_000_000, within: pbkdf2File(10_000_000n), above: pbkdf2File(10_000_001n) },
  { limit: 'pbkdf2Iterations', value: 10_000_000, within: pbes1File(10_000_000n), above: pbes1File(10_000_001n) },
  { limit: 'pbkdf2Iterations', value: 3, within: pbes1File(3n), above: pbkdf2File(1n << 100n) },
  // 128 * r * (N + p) bytes.
  {
    limit: 'scryptMemoryBytes',
    value: 128 * 8 * (1024 + 2),
    within: scryptFile({ cost: 1024n, blockSize: 8n, parallelization: 2n }),
    above: scryptFile({ cost: 1024n, blockSize: 8n, parallelization: 3n }),
  },
  {
    limit: 'scryptMemoryBytes',
    value: 256 * 1024 * 1024,
    within: scryptFile({ cost: 16n }),
    above: scryptFile({ cost: 1n << 18n, blockSize: 8n }),
  },
  { limit: 'argon2MemoryKibibytes', value: 9, within: argon2File(9, 1), above: argon2File(10, 1) },
  { limit: 'argon2MemoryKibibytes', value: 262_144, within: argon2File(8, 1), above: argon2File(262_145, 1) },
  { limit: 'argon2MemoryKibibytes', value: 262_144, within: argon2File(8, 1), above: argon2File(0xffff_ffff, 1) },
  { limit: 'argon2Passes', value: 64, within: argon2File(8, 64), above: argon2File(8, 65) },
];

describe('work that a file asks for', () => {
  it.each(limited)('$limit of $value: begun within it, refused above it before any work', (row) => {
    const limits = { [row.limit]: row.value };
    expect(beginning(row.within, limits)).toBe('begins');
    expect(beginning(row.above, limits)).toBeInstanceOf(DecodeError);
    if (row.value === usualKeyFileLimits[row.limit]) expect(beginning(row.above, {})).toBeInstanceOf(DecodeError);
  });

  it('every limit has its row', () => {
    expect([...new Set(limited.map(({ limit }) => limit))].toSorted()).toEqual(
      Object.keys(usualKeyFileLimits).toSorted(),
    );
  });

  it.each<[string, ScryptCost]>([
    ['a cost of 0', { cost: 0n }],
    ['a cost of 1', { cost: 1n }],
    ['a cost that is no power of two', { cost: 3n }],
    ['a cost of 2^63', { cost: 1n << 63n }],
    ['a cost of 2^16,000', { cost: 1n << 16_000n }],
    ['a block size of 0', { blockSize: 0n }],
    ['a block size of 2^30', { blockSize: 1n << 30n }],
    ['no lanes', { parallelization: 0n }],
    ['2^30 lanes', { parallelization: (1n << 30n) - 1n }],
    ['2^64 lanes', { parallelization: 1n << 64n }],
  ])('scrypt with %s: refused before any work', (_what, cost) => {
    expect(beginning(scryptFile(cost), {})).toBeInstanceOf(DecodeError);
  });

  it('no rounds and no iterations are refused', () => {
    for (const file of [bcryptFile(0), pbkdf2File(0n), pbes1File(0n), argon2File(8, 0), argon2File(0, 1)]) {
      expect(beginning(file, {})).toBeInstanceOf(DecodeError);
    }
  });
});
