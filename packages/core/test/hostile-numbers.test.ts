/**
 * Numbers that lie, one table for public keys and one for private keys, in every format that holds them. The writers check nothing, so
 * each file is well formed but for its numbers; raw mpints that no writer makes are put together here.
 */
import { describe, expect, it } from 'vitest';
import { parseKeyLine } from '../src/certificates/index.ts';
import { nistCurves } from '../src/crypto/nist-curves.ts';
import { ecdsaCurveNames } from '../src/keys/public-key-types/ecdsa.ts';
import {
  decodePublicKey,
  encodePublicKey,
  encodePublicPem,
  encodeRfc4716,
  encodeRsaPublicPem,
  keyTypes,
  openPrivateKey,
  parsePublicLine,
  privateKeyFormats,
  readPublicKeyFile,
  runAtOnce,
  writePrivateKey,
  type EcdsaPrivateKey,
  type PrivateKey,
  type PrivateKeyFormat,
  type RsaPublicKey,
} from '../src/keys/index.ts';
import {
  base64Encode,
  bigintFromBytes,
  bigintToBytes,
  concatBytes,
  DecodeError,
  string,
  uint32,
  utf8Encode,
  type Codec,
} from '../src/wire/index.ts';
import { fixtureKey, fixtureKeys } from './fixture-keys.ts';
import { seededRandom } from './seeded-random.ts';

/** Runs a reader; a failure that is no DecodeError is a bug. */
function refusal(read: () => unknown): DecodeError | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

const rsa = fixtureKey('ssh-rsa');
const dsa = fixtureKey('ssh-dss');
const ed25519 = fixtureKey('ssh-ed25519');
const ecdsaKeys = [
  fixtureKey('ecdsa-sha2-nistp256'),
  fixtureKey('ecdsa-sha2-nistp384'),
  fixtureKey('ecdsa-sha2-nistp521'),
] as const;

/** A modulus of exactly so many bits, odd; that it has no factors is not looked at. */
const oddOf = (bits: number): bigint => (1n << BigInt(bits - 1)) + 1n;

/** All that reads a public key of RSA, by what it is given. */
const publicReaders: readonly (readonly [string, (key: RsaPublicKey) => void])[] = [
  ['blob', (key) => void decodePublicKey(encodePublicKey(key))],
  ['line', (key) => expectLine(`ssh-rsa ${base64Encode(encodePublicKey(key))} c`)],
  ['file of a line', (key) => readText(`ssh-rsa ${base64Encode(encodePublicKey(key))} c\n`)],
  ['RFC 4716', (key) => readText(encodeRfc4716({ headers: [], blob: encodePublicKey(key) }))],
  ['PUBLIC KEY', (key) => readText(encodePublicPem(key))],
  ['RSA PUBLIC KEY', (key) => readText(encodeRsaPublicPem(key))],
];

function readText(text: string): void {
  readPublicKeyFile(utf8Encode(text));
}

/** Both readers of lines say the same; as an error, so that the table has one way to be refused. */
function expectLine(line: string): void {
  const [plain, either] = [parsePublicLine(line), parseKeyLine(line)];
  expect(either.ok).toBe(plain.ok);
  if (!plain.ok) throw new DecodeError(plain.diagnostic.message, { path: '', offset: 0 });
}

describe.each(publicReaders)('an RSA public key, %s', (_name, readKey) => {
  const readWith = (lie: Partial<RsaPublicKey>) =>
    refusal(() => readKey({ type: 'ssh-rsa', e: rsa.e, n: rsa.n, ...lie }));

  it.each<[string, Partial<RsaPublicKey>]>([
    ['the fixture', {}],
    ['e of 3', { e: 3n }],
    ['e of 64 bits', { e: (1n << 64n) - 1n }],
    ['n of 1,024 bits', { n: oddOf(1024) }],
    ['n of 16,384 bits', { n: oddOf(16_384) }],
  ])('%s: taken', (_what, lie) => {
    expect(readWith(lie)).toBeUndefined();
  });

  it.each<[string, Partial<RsaPublicKey>]>([
    ['e of 0', { e: 0n }],
    ['e of 1', { e: 1n }],
    ['e of 2', { e: 2n }],
    ['even e', { e: 65_536n }],
    ['e of 65 bits', { e: (1n << 64n) + 1n }],
    ['e as large as n', { e: rsa.n - 2n }],
    ['n of 0', { n: 0n }],
    ['n of 1', { n: 1n }],
    ['even n', { n: rsa.n - 1n }],
    ['n of 512 bits', { n: oddOf(512) }],
    ['n of 1,023 bits', { n: oddOf(1023) }],
    ['n of 16,385 bits', { n: oddOf(16_385) }],
    ['n of 20,000 bits', { n: oddOf(20_000) }],
  ])('%s: refused', (_what, lie) => {
    expect(readWith(lie)).toBeInstanceOf(DecodeError);
  });
});

/** The bytes of an mpint that no writer of ours makes, its length in front. */
type RawMpint = readonly [string, (value: bigint) => Uint8Array];

const positive = (value: bigint): Uint8Array => {
  const digits = bigintToBytes(value);
  return (digits[0] ?? 0x80) < 0x80 ? digits : concatBytes(Uint8Array.of(0), digits);
};
const rawMpints: readonly RawMpint[] = [
  ['a zero too many', (value) => string.encode(concatBytes(Uint8Array.of(0), positive(value)))],
  ['ten zeros too many', (value) => string.encode(concatBytes(new Uint8Array(10), positive(value)))],
  ['negative', (value) => string.encode(concatBytes(Uint8Array.of(0xff), positive(value)))],
  ['zero as a byte', () => string.encode(Uint8Array.of(0))],
  ['zero', () => uint32.encode(0)],
  ['minus one', () => string.encode(Uint8Array.of(0xff))],
  ['a length past the end', (value) => concatBytes(uint32.encode(0xffff_ffff), positive(value))],
  ['20,000 bits', () => string.encode(new Uint8Array(2500).fill(1))],
];

interface Numbers {
  readonly name: string;
  /** What stands before the numbers. */
  readonly head: Uint8Array;
  readonly numbers: Readonly<Record<string, bigint>>;
  readonly format: Codec<unknown>;
}

const nameOf = (text: string): Uint8Array => string.encode(utf8Encode(text));
const rowOf = (type: string) => {
  const row = keyTypes.find(({ name }) => name === type);
  if (row === undefined) throw new Error(`no row of ${type}`);
  return row;
};

function ecdsaNumbers({ type, point, scalar }: EcdsaPrivateKey): Numbers {
  return {
    name: `the private section of ${type}`,
    head: concatBytes(nameOf(type), nameOf(ecdsaCurveNames[type]), string.encode(point)),
    numbers: { scalar },
    format: rowOf(type).privateKey,
  };
}

const numberedFormats: readonly Numbers[] = [
  {
    name: 'the RSA public key blob',
    head: nameOf('ssh-rsa'),
    numbers: { e: rsa.e, n: rsa.n },
    format: rowOf('ssh-rsa').publicKey,
  },
  {
    name: 'the RSA private section',
    head: nameOf('ssh-rsa'),
    numbers: { n: rsa.n, e: rsa.e, d: rsa.d, iqmp: rsa.iqmp, p: rsa.p, q: rsa.q },
    format: rowOf('ssh-rsa').privateKey,
  },
  {
    name: 'the DSA public key blob',
    head: nameOf('ssh-dss'),
    numbers: { p: dsa.p, q: dsa.q, g: dsa.g, y: dsa.y },
    format: rowOf('ssh-dss').publicKey,
  },
  {
    name: 'the DSA private section',
    head: nameOf('ssh-dss'),
    numbers: { p: dsa.p, q: dsa.q, g: dsa.g, y: dsa.y, x: dsa.x },
    format: rowOf('ssh-dss').privateKey,
  },
  ...ecdsaKeys.map(ecdsaNumbers),
];

describe.each(numberedFormats)('an mpint in $name', ({ head, numbers, format }) => {
  const fields = Object.keys(numbers);
  const encodeWithRaw = (field: string, raw: RawMpint[1] | undefined) =>
    concatBytes(
      head,
      ...Object.entries(numbers).map(([name, value]) =>
        name === field && raw !== undefined ? raw(value) : string.encode(positive(value)),
      ),
    );

  it('is read where it is in the fewest bytes', () => {
    expect(refusal(() => format.decode(encodeWithRaw('', undefined)))).toBeUndefined();
  });

  it.each(rawMpints)('is refused with %s, in each field', (_what, raw) => {
    for (const field of fields) {
      expect(
        refusal(() => format.decode(encodeWithRaw(field, raw))),
        field,
      ).toBeInstanceOf(DecodeError);
    }
  });
});

/** What is wrong with a private key; `absentIn` are formats in which that number does not stand, or cannot be written. */
interface Lie {
  readonly what: string;
  readonly key: PrivateKey;
  readonly absentIn?: readonly PrivateKeyFormat[];
}

function ecdsaLies(key: EcdsaPrivateKey): readonly Lie[] {
  const { n, sizeBytes, p } = nistCurves[ecdsaCurveNames[key.type]];
  const { point, scalar } = key;
  const x = point.slice(1, 1 + sizeBytes);
  const y = point.slice(1 + sizeBytes);
  const inverse = bigintToBytes(p - bigintFromBytes(y), sizeBytes);
  const withPoint = (bytes: Uint8Array): PrivateKey => ({ ...key, point: bytes });
  return [
    { what: 'd of 0', key: { ...key, scalar: 0n } },
    { what: 'd of n', key: { ...key, scalar: n } },
    { what: 'd of n + d', key: { ...key, scalar: n + scalar }, absentIn: tooLong(n + scalar, sizeBytes) },
    { what: 'd of another key', key: { ...key, scalar: scalar - 1n } },
    { what: 'd of the inverse point', key: { ...key, scalar: n - scalar } },
    { what: 'the inverse point', key: withPoint(concatBytes(Uint8Array.of(4), x, inverse)) },
    { what: 'a point off the curve', key: withPoint(concatBytes(Uint8Array.of(4), x, x)) },
    { what: 'a compressed point', key: withPoint(concatBytes(Uint8Array.of(2 + ((y.at(-1) ?? 0) & 1)), x)) },
    { what: 'a hybrid point', key: withPoint(concatBytes(Uint8Array.of(6 + ((y.at(-1) ?? 0) & 1)), x, y)) },
    { what: 'infinity', key: withPoint(Uint8Array.of(0)) },
    { what: 'no point', key: withPoint(new Uint8Array()) },
  ];
}

/** Formats in which a scalar has a fixed size. */
const fixedSize = ['sec1', 'pkcs8'] as const;
const tooLong = (value: bigint, sizeBytes: number) => (bigintToBytes(value).length > sizeBytes ? fixedSize : []);

const otherSeed = ed25519.seed.map((value, index) => (index === 5 ? value ^ 1 : value));

const lies: readonly Lie[] = [
  { what: 'e of 0', key: { ...rsa, e: 0n } },
  { what: 'e of 1', key: { ...rsa, e: 1n } },
  { what: 'even e', key: { ...rsa, e: 65_536n } },
  { what: 'e of 65 bits', key: { ...rsa, e: (1n << 64n) + 1n } },
  { what: 'another e', key: { ...rsa, e: 3n } },
  { what: 'even n', key: { ...rsa, n: rsa.n - 1n } },
  { what: 'n of 0', key: { ...rsa, n: 0n } },
  { what: 'n that is not p times q', key: { ...rsa, n: rsa.n + 2n } },
  { what: 'n of 1,008 bits', key: { ...rsa, n: rsa.n >> 16n } },
  { what: 'n of 512 bits', key: { ...rsa, n: oddOf(512) } },
  { what: 'd of 0', key: { ...rsa, d: 0n } },
  { what: 'd of n', key: { ...rsa, d: rsa.n } },
  { what: 'another d', key: { ...rsa, d: rsa.d + 2n } },
  { what: 'another iqmp', key: { ...rsa, iqmp: rsa.iqmp + 1n } },
  { what: 'iqmp of 0', key: { ...rsa, iqmp: 0n } },
  { what: 'iqmp above p', key: { ...rsa, iqmp: rsa.iqmp + rsa.p } },
  { what: 'p and q exchanged', key: { ...rsa, p: rsa.q, q: rsa.p } },
  { what: 'p of 1', key: { ...rsa, p: 1n, q: rsa.n }, absentIn: ['pkcs1', 'pkcs8'] },
  { what: 'p that is q', key: { ...rsa, q: rsa.p, n: rsa.p * rsa.p } },
  ...ecdsaKeys.flatMap(ecdsaLies),
  { what: 'x of 0', key: { ...dsa, x: 0n } },
  { what: 'x of q', key: { ...dsa, x: dsa.q } },
  { what: 'x above q', key: { ...dsa, x: dsa.q + dsa.x } },
  { what: 'x of another key', key: { ...dsa, x: dsa.x ^ 1n }, absentIn: ['pkcs8'] },
  { what: 'another y', key: { ...dsa, y: dsa.y - 1n }, absentIn: ['pkcs8'] },
  { what: 'y of 1', key: { ...dsa, y: 1n }, absentIn: ['pkcs8'] },
  { what: 'g of 1', key: { ...dsa, g: 1n } },
  { what: 'g of p - 1', key: { ...dsa, g: dsa.p - 1n } },
  { what: 'g out of the subgroup', key: { ...dsa, g: 2n } },
  { what: 'even p', key: { ...dsa, p: dsa.p - 1n } },
  { what: 'p of 512 bits', key: { ...dsa, p: oddOf(512) } },
  { what: 'q of 159 bits', key: { ...dsa, q: dsa.q >> 1n } },
  { what: 'q that does not divide p - 1', key: { ...dsa, q: dsa.q - 2n } },
  { what: 'another seed', key: { ...ed25519, seed: otherSeed }, absentIn: ['pkcs8'] },
  {
    what: 'both seeds of another key',
    key: { ...fixtureKey('ssh-mldsa44-ed25519@openssh.com'), seeds: new Uint8Array(64) },
  },
];

const cheap = { argon2: { memoryKibibytes: 8, passes: 1, parallelism: 1 } };

describe.each(privateKeyFormats)('a private key in $name', (row) => {
  const format = row.name;
  const holds = (key: PrivateKey) => row.holds(key.type);
  const opening = (key: PrivateKey) => {
    const text = runAtOnce(writePrivateKey(key, { ...cheap, format, random: seededRandom('lie') }));
    return runAtOnce(openPrivateKey(utf8Encode(text)));
  };

  it.each(fixtureKeys.filter(holds))('$type: opens when nothing lies', (key) => {
    expect(opening(key)).toMatchObject({ outcome: 'key', key });
  });

  it.each(lies.filter(({ key, absentIn = [] }) => holds(key) && !absentIn.includes(format)))(
    '$key.type, $what: refused',
    ({ key }) => {
      expect(refusal(() => opening(key))).toBeInstanceOf(DecodeError);
    },
  );
});

it('every key type has private keys that lie, but for those in authenticators', () => {
  const without = keyTypes.filter(({ name }) => !lies.some(({ key }) => key.type === name));
  expect(without.every(({ inAuthenticator }) => inAuthenticator)).toBe(true);
});
