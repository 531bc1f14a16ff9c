import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  encodePublicKey,
  fingerprint,
  generateKey,
  keyBits,
  keyTypeOf,
  openPrivateKey,
  parsePublicLine,
  printPublicLine,
  publicKeyOf,
  randomart,
  runAtOnce,
  signMessage,
  writeOpensshKey,
  writePrivateKey,
  type PrivateKey,
  type PublicKey,
} from '../src/keys/index.ts';
import { generateRsaKey } from '../src/crypto/rsa-generation.ts';
import type { RandomSource } from '../src/crypto/index.ts';
import { sha512 } from '../src/crypto/sha512.ts';
import { encodePem } from '../src/keys/formats/pem.ts';
import { fixed, string, struct, uint32, utf8, utf8Encode } from '../src/wire/index.ts';
import { seededRandom } from './seeded-random.ts';

const signedData = struct('signed', {
  magic: fixed(6),
  namespace: utf8,
  reserved: utf8,
  hashAlgorithm: utf8,
  hash: string,
});
const sshsig = struct('sshsig', {
  magic: fixed(6),
  version: uint32,
  publicKey: string,
  namespace: utf8,
  reserved: utf8,
  hashAlgorithm: utf8,
  signature: string,
});

const isMissing = spawnSync('ssh-keygen', ['-?']).error !== undefined;
if (isMissing && process.env['CI'] !== undefined) throw new Error('ssh-keygen is missing: install openssh-client');
if (isMissing) console.warn('SKIPPED: ssh-keygen is missing, so nothing here is compared with OpenSSH');

const folder = mkdtempSync(join(tmpdir(), 'keygen-interop-'));
afterAll(() => rmSync(folder, { recursive: true }));

const keygen = (...options: string[]) => execFileSync('ssh-keygen', options, { encoding: 'utf8', cwd: folder });
const path = (name: string) => join(folder, name);
const shapes = [
  { type: 'ssh-ed25519', bits: 256, short: 'ed25519' },
  { type: 'ssh-rsa', bits: 2048, short: 'rsa' },
] as const;
const words = ['', 'correct horse', 'pässwört'];
const cases = shapes.flatMap((shape) => words.map((word) => ({ ...shape, word })));

describe.skipIf(isMissing)('ssh-keygen reads ours', () => {
  it.each(cases)('$type with the passphrase "$word": public line, fingerprint, comment', ({ type, bits, word }) => {
    const random = seededRandom(`${type} ${word}`);
    const key = runAtOnce(generateKey({ type, bits, random }));
    const options = { comment: 'made by us', random, passphrase: utf8Encode(word) };
    writeFileSync(path('ours'), runAtOnce(writeOpensshKey(key, options)), { mode: 0o600 });
    rmSync(path('ours.pub'), { force: true });
    expect(keygen('-y', '-P', word, '-f', 'ours')).toBe(`${printPublicLine(key, 'made by us')}\n`);
    const listing = `${keyBits(key)} ${fingerprint(encodePublicKey(key))}`;
    expect(keygen('-l', '-f', 'ours')).toContain(listing);
    keygen('-p', '-P', word, '-N', 'changed', '-f', 'ours');
    const changed = new Uint8Array(readFileSync(path('ours')));
    expect(runAtOnce(openPrivateKey(changed, { passphrase: utf8Encode('changed') }))).toEqual({
      outcome: 'key',
      key,
      comment: 'made by us',
    });
  });

  it.each(words)('RSA in PKCS#1 with the passphrase "%s"', (word) => {
    const random = seededRandom(`pkcs1 ${word}`);
    const key = { type: 'ssh-rsa', ...runAtOnce(generateRsaKey({ bits: 2048, random })) } as const;
    writeFileSync(
      path('pem'),
      runAtOnce(writePrivateKey(key, { format: 'pkcs1', random, passphrase: utf8Encode(word) })),
      { mode: 0o600 },
    );
    expect(keygen('-y', '-P', word, '-f', 'pem').trim()).toBe(printPublicLine(key));
  });
});

describe.skipIf(isMissing)('ours reads what ssh-keygen made', () => {
  it.each(cases)('$type with the passphrase "$word"', ({ type, bits, short, word }) => {
    for (const name of ['theirs', 'theirs.pub']) rmSync(path(name), { force: true });
    keygen('-q', '-t', short, '-b', String(bits), '-N', word, '-C', 'made by them', '-f', 'theirs');
    const file = new Uint8Array(readFileSync(path('theirs')));
    const opened = runAtOnce(openPrivateKey(file, { passphrase: utf8Encode(word) }));
    if (opened.outcome !== 'key') throw new Error(`not opened: ${opened.outcome}`);
    expect(opened).toMatchObject({ comment: 'made by them', key: { type } });
    expect(`${printPublicLine(opened.key, opened.comment)}\n`).toBe(readFileSync(path('theirs.pub'), 'utf8'));
    if (word !== '') {
      expect(runAtOnce(openPrivateKey(file, { passphrase: utf8Encode('wrong') })).outcome).toBe('wrong-passphrase');
    }
  });
});

/** 100 Ed25519 keys, and 100 RSA moduli of several sizes; the printed line knows nothing of the primes. */
function randomPublicKeys(): readonly PublicKey[] {
  const random = seededRandom('200 keys');
  const ed25519 = Array.from({ length: 100 }, () =>
    publicKeyOf(runAtOnce(generateKey({ type: 'ssh-ed25519', random }))),
  );
  const rsa = Array.from({ length: 100 }, (_, index): PublicKey => {
    const bytes = random(128 + index);
    const n = (1n << BigInt(8 * bytes.length - 1)) | BigInt(`0x${Buffer.from(bytes).toString('hex')}`) | 1n;
    return { type: 'ssh-rsa', e: 65537n, n };
  });
  return [...ed25519, ...rsa];
}

describe.skipIf(isMissing)('ssh-keygen -lv', () => {
  const keys = randomPublicKeys();
  const lines = keys.map((key, index) => printPublicLine(key, `key ${index}`));

  it.each(['sha256', 'md5'] as const)('prints the same for 200 random keys with %s', (hash) => {
    writeFileSync(path('keys'), `${lines.join('\n')}\n`);
    const expected = keys.map((key, index) => {
      const print = fingerprint(encodePublicKey(key), hash);
      return `${keyBits(key)} ${print} key ${index} (${keyTypeOf(key).shortName})\n${randomart(key, { hash })}\n`;
    });
    expect(keygen('-lv', '-E', hash, '-f', 'keys')).toBe(expected.join(''));
  });

  it('parsePublicLine reads the 200 lines back', () => {
    lines.forEach((line, index) => {
      expect(parsePublicLine(line)).toMatchObject({ ok: true, key: keys[index], comment: `key ${index}` });
    });
  });
});

describe.skipIf(isMissing)('signatures', () => {
  it('ssh-keygen -Y verifies an SSHSIG whose inner signature is ours', () => {
    for (const { type, bits } of shapes) {
      const random = seededRandom(`sign ${type}`);
      const key = runAtOnce(generateKey({ type, bits, random }));
      writeFileSync(path('message'), 'message');
      writeFileSync(path('message.sig'), armouredSshsig(key, random));
      writeFileSync(path('allowed'), `me ${printPublicLine(key)}\n`);
      const options = ['-Y', 'verify', '-f', 'allowed', '-I', 'me', '-n', 'file', '-s', 'message.sig'];
      const verified = execFileSync('ssh-keygen', options, { cwd: folder, input: 'message', encoding: 'utf8' });
      expect(verified).toContain('Good "file" signature for me');
    }
  });
});

/** PROTOCOL.sshsig, as far as this test needs it. */
function armouredSshsig(key: PrivateKey, random: RandomSource): string {
  const hash = sha512.digest(utf8Encode('message'));
  const preamble = { magic: utf8Encode('SSHSIG'), namespace: 'file', reserved: '', hashAlgorithm: 'sha512' };
  const signature = signMessage({ key, random, message: signedData.encode({ ...preamble, hash }) });
  const blob = sshsig.encode({ ...preamble, version: 1, publicKey: encodePublicKey(key), signature });
  return encodePem({ label: 'SSH SIGNATURE', headers: new Map(), body: blob }, 70);
}
