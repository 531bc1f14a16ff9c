import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodePublicKey,
  encodePublicKey,
  fingerprint,
  fingerprintBody,
  generateKey,
  inspectPrivateKey,
  keyFileCipherNames,
  keyBits,
  keyTypes,
  openPrivateKey,
  parsePublicLine,
  printPublicLine,
  publicKeyOf,
  randomart,
  runAtOnce,
  runInSlices,
  signatureAlgorithmsOf,
  signMessage,
  verifySignature,
  writeOpensshKey,
  writePrivateKey,
  type PrivateKey,
} from '../src/keys/index.ts';
import { base64Decode, hexEncode, utf8Encode } from '../src/wire/index.ts';
import { opensshKeys } from './fixtures/openssh-keys.ts';
import { seededRandom } from './seeded-random.ts';

type Fixture = (typeof opensshKeys)[number];

function openFixture({ privateFile, passphrase }: Fixture): { key: PrivateKey; comment: string } {
  const opened = runAtOnce(openPrivateKey(utf8Encode(privateFile), { passphrase: utf8Encode(passphrase) }));
  if (opened.outcome !== 'key') throw new Error(`not opened: ${opened.outcome}`);
  return opened;
}

const commentOf = ({ privateFile }: Fixture) => (privateFile.includes('BEGIN RSA') ? '' : 'demo@laptop');

describe.each(opensshKeys)('ssh-keygen of OpenSSH $openssh: $name', (fixture) => {
  const { key, comment } = openFixture(fixture);

  it('openPrivateKey gives the key of the public line, and the comment', () => {
    expect(`${printPublicLine(key, 'demo@laptop')}\n`).toBe(fixture.publicLine);
    expect(comment).toBe(commentOf(fixture));
  });

  it('parsePublicLine gives the same public key', () => {
    const line = parsePublicLine(fixture.publicLine);
    expect(line).toMatchObject({ ok: true, key: publicKeyOf(key), comment: 'demo@laptop' });
  });

  it('fingerprint and randomart are those of ssh-keygen -lv', () => {
    const blob = encodePublicKey(key);
    const shortName = keyTypes.find((row) => row.name === key.type)?.shortName ?? '';
    const print = fixture.openssh === '10' ? fingerprint(blob) : fingerprintBody(blob, 'md5');
    const gap = fixture.openssh === '10' ? ' ' : '  ';
    const listing = `${keyBits(key)} ${print}${gap}demo@laptop (${shortName})\n${randomart(key, fixture)}\n`;
    expect(listing).toBe(fixture.listing);
    if (fixture.openssh === '6.6') return;
    const md5 = `${keyBits(key)} ${fingerprint(blob, 'md5')} demo@laptop (${shortName})`;
    expect(`${md5}\n${randomart(key, { hash: 'md5' })}\n`).toBe(fixture.listingMd5);
  });

  it('inspectPrivateKey needs no passphrase', () => {
    const inspection = inspectPrivateKey(utf8Encode(fixture.privateFile));
    expect(inspection.encrypted).toBe(fixture.passphrase !== '');
    if (inspection.publicKey !== undefined) expect(inspection.publicKey).toEqual(publicKeyOf(key));
  });

  it('signs with all its algorithms, and verifies only what it signed', () => {
    const message = utf8Encode('message');
    const algorithms = signatureAlgorithmsOf(key);
    for (const algorithm of algorithms) {
      const signature = signMessage({ key, message, algorithm, random: seededRandom('blinding') });
      expect(verifySignature({ key, message, signature, algorithms })).toBe(true);
      expect(verifySignature({ key, message, signature, algorithms: [] })).toBe(false);
      expect(verifySignature({ key, message: utf8Encode('x'), signature, algorithms })).toBe(false);
    }
  });
});

const plain = opensshKeys.filter((fixture) => fixture.passphrase === '');

describe.each(plain)('written again, OpenSSH $openssh: $name', (fixture) => {
  const { key, comment } = openFixture(fixture);

  it('gives the same bytes', () => {
    const file = fixture.privateFile;
    if (key.type === 'ssh-rsa' && file.includes('BEGIN RSA')) {
      expect(runAtOnce(writePrivateKey(key, { format: 'pkcs1', random: seededRandom('unused') }))).toBe(file);
      return;
    }
    expect(runAtOnce(writeOpensshKey(key, { comment, random: () => checkNumberOf(file) }))).toBe(file);
  });
});

/** The check number that OpenSSH drew: the first bytes of the private section. */
function checkNumberOf(file: string): Uint8Array {
  const body = base64Decode(file.replaceAll(/-----.*-----|\n/g, '')) ?? new Uint8Array();
  const hex = hexEncode(body);
  const section = /^(?:.*?00000001)(.*)$/.exec(hex.slice(2 * 35))?.[1] ?? '';
  const publicSize = 2 * parseInt(section.slice(0, 8), 16);
  const check = section.slice(8 + publicSize + 8, 8 + publicSize + 16);
  return Uint8Array.from([0, 2, 4, 6], (at) => parseInt(check.slice(at, at + 2), 16));
}

const refuse = () => Promise.reject(new Error('cancelled'));

describe('generateKey', () => {
  const generated = keyTypes.filter((row) => row.generate !== undefined);
  it.each(generated)('$name: the same random bytes give the same key, in slices too', async ({ name, allowedBits }) => {
    const request = () => ({ type: name, bits: allowedBits.minimum, random: seededRandom(name) });
    const key = runAtOnce(generateKey(request()));
    let pauses = 0;
    const pause = async (): Promise<void> => void pauses++;
    expect(await runInSlices(generateKey(request()), { pause })).toEqual(key);
    expect(decodePublicKey(encodePublicKey(key))).toEqual(publicKeyOf(key));
    expect(keyBits(key)).toBe(allowedBits.minimum);
  });

  it('runInSlices ends with what pause throws', async () => {
    const work = generateKey({ type: 'ssh-rsa', bits: 2048, random: seededRandom('cancelled') });
    await expect(runInSlices(work, { pause: refuse })).rejects.toThrow('cancelled');
  });
});

describe('writeOpensshKey', () => {
  const passphrase = utf8Encode('pässphrase');
  const arbitrary = fc.record({
    seed: fc.string(),
    comment: fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    encrypted: fc.boolean(),
    cipher: fc.constantFrom(...keyFileCipherNames),
  });

  it('openPrivateKey of it is the key and the comment', () => {
    fc.assert(
      fc.property(arbitrary, ({ seed, comment, encrypted, cipher }) => {
        const random = seededRandom(seed);
        const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
        const secret = encrypted ? { passphrase } : {};
        const file = utf8Encode(runAtOnce(writeOpensshKey(key, { comment, random, cipher, rounds: 1, ...secret })));
        expect(runAtOnce(openPrivateKey(file, { passphrase }))).toEqual({ outcome: 'key', key, comment });
        expect(inspectPrivateKey(file)).toMatchObject({
          encrypted,
          kdf: encrypted ? { name: 'bcrypt', rounds: 1 } : { name: 'none' },
        });
      }),
      { numRuns: 40 },
    );
  });

  it('tells a wrong passphrase from none', () => {
    const random = seededRandom('wrong');
    const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
    for (const cipher of keyFileCipherNames.filter((name) => name !== 'none')) {
      const file = utf8Encode(runAtOnce(writeOpensshKey(key, { random, cipher, rounds: 1, passphrase })));
      const open = (word: string) => runAtOnce(openPrivateKey(file, { passphrase: utf8Encode(word) })).outcome;
      expect([open(''), open('x')]).toEqual(['passphrase-needed', 'wrong-passphrase']);
    }
  });
});

describe('parsePublicLine', () => {
  const good = opensshKeys[0].publicLine.trimEnd();
  const [type = '', base64 = ''] = good.split(' ');

  it.each([
    ['', 'not-a-public-key'],
    ['ssh-ed25519', 'not-a-public-key'],
    [`${type} ${base64.slice(0, -1)}`, 'bad-base64'],
    [`${type} ${base64.slice(0, -4)}`, 'bad-key'],
    [`${type} ${base64.replace('A', '*')}`, 'bad-base64'],
    [`ssh-rsa ${base64}`, 'key-type-mismatch'],
    [`__proto__ ${base64}`, 'unknown-key-type'],
    [`${good}\n${good}`, 'not-a-public-key'],
    [`${good} ${'x'.repeat(70_000)}`, 'line-too-long'],
  ])('%j is refused with the code %s', (line, code) => {
    expect(parsePublicLine(line)).toMatchObject({ ok: false, diagnostic: { code } });
  });

  it('takes blank space, tabs and any comment', () => {
    expect(parsePublicLine(`  ${type}\t${base64}  a  b c\r\n`)).toMatchObject({ ok: true, comment: 'a  b c' });
    expect(parsePublicLine(`${type} ${base64}`)).toMatchObject({ ok: true, comment: '' });
  });

  it('never throws', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string().map((tail) => `${type} ${tail}`),
    );
    fc.assert(fc.property(texts, (text) => typeof parsePublicLine(text).ok === 'boolean'));
  });
});
