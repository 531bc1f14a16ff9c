import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  findPrivateKeyFormat,
  generateKey,
  keyTypes,
  openPrivateKey,
  printPublicLine,
  runAtOnce,
  writePrivateKey,
  type PrivateKey,
  type PublicKey,
} from '../src/keys/index.ts';
import { findPpkPrivateBlob } from '../src/keys/formats/ppk-private-blobs.ts';
import { hexDecode, utf8Encode } from '../src/wire/index.ts';
import { seededRandom } from './seeded-random.ts';

const isMissing = spawnSync('puttygen', ['--version']).error !== undefined;
if (isMissing && process.env['CI'] !== undefined) throw new Error('puttygen is missing (Debian: putty-tools)');

const folder = mkdtempSync(join(tmpdir(), 'seashell-ppk-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const put = (name: string, content: string) => {
  writeFileSync(path(name), content, { mode: 0o600 });
  return path(name);
};
const puttygen = (...options: string[]) => execFileSync('puttygen', options, { cwd: folder, encoding: 'utf8' });

const shapes = keyTypes
  .filter((row) => findPpkPrivateBlob(row.name) !== undefined)
  .flatMap((row) =>
    (row.name === 'ssh-rsa' ? [1024, 2048] : [row.allowedBits.usual]).map((bits) => ({ type: row.name, bits })),
  );
const words = ['', 'correct horse', 'p\u00e4ss'] as const;
const versions = [2, 3] as const;
const comments = ['me@home', 'a comment of several words', 'm\u00fcller', ''] as const;

const keys = new Map<string, PrivateKey>();

function keyOf(type: PublicKey['type'], bits: number): PrivateKey {
  const name = `ppk ${type} ${bits}`;
  const key = keys.get(name) ?? runAtOnce(generateKey({ type, bits, random: seededRandom(name) }));
  keys.set(name, key);
  return key;
}

const cases = shapes.flatMap((shape) =>
  versions.flatMap((version) =>
    words.map((word, index) => ({ ...shape, version, word, comment: comments[index] ?? '' })),
  ),
);

/** Gives the salt that is in a file, so that ours can be compared byte for byte. */
function saltOf(ppk: string): (sizeBytes: number) => Uint8Array {
  const salt = hexDecode(/^Argon2-Salt: (.*)$/m.exec(ppk)?.[1] ?? '') ?? new Uint8Array();
  return (sizeBytes) => {
    expect(salt).toHaveLength(sizeBytes);
    return salt;
  };
}

const cost = { memoryKibibytes: 64, passes: 2, parallelism: 1 } as const;

describe.skipIf(isMissing)('puttygen', () => {
  it.each(cases)('$type of $bits bits, PPK $version, "$word": ours reads its, and writes the same bytes', (each) => {
    const { type, bits, version, word, comment } = each;
    const key = keyOf(type, bits);
    const random = seededRandom('x');
    const source = put('key', runAtOnce(writePrivateKey(key, { comment, random })));
    const parameters = version === 2 ? 'version=2' : 'version=3,memory=64,passes=2';
    put('word', `${word}\n`);
    puttygen(source, '-O', 'private', '-o', 'theirs.ppk', '--ppk-param', parameters, '--new-passphrase', 'word');
    const theirs = readFileSync(path('theirs.ppk'));
    const passphrase = utf8Encode(word);
    expect(runAtOnce(openPrivateKey(new Uint8Array(theirs), { passphrase }))).toEqual({ outcome: 'key', key, comment });
    const format = version === 2 ? 'ppk2' : 'ppk3';
    const salted = saltOf(theirs.toString());
    const ours = runAtOnce(writePrivateKey(key, { format, comment, passphrase, random: salted, argon2: cost }));
    expect(ours).toBe(theirs.toString());
  });

  it.each(cases)('$type of $bits bits, PPK $version, "$word": it reads ours', (each) => {
    const { type, bits, version, word, comment } = each;
    const key = keyOf(type, bits);
    const random = seededRandom('y');
    const passphrase = utf8Encode(word);
    const format = version === 2 ? 'ppk2' : 'ppk3';
    put('ours.ppk', runAtOnce(writePrivateKey(key, { format, comment, passphrase, random, argon2: cost })));
    put('word', `${word}\n`);
    put('none', '\n');
    const printed = puttygen('ours.ppk', '-O', 'public-openssh');
    expect(printed.trim()).toBe(printPublicLine(key, comment));
    const options = ['--old-passphrase', 'word', '--new-passphrase', 'none'];
    puttygen('ours.ppk', '-O', 'private-openssh-new', '-o', 'back', ...(word === '' ? [] : options));
    const back = runAtOnce(openPrivateKey(new Uint8Array(readFileSync(path('back')))));
    expect(back).toEqual({ outcome: 'key', key, comment });
  });

  it.each(['argon2i', 'argon2d', 'argon2id'])('%s with several lanes', (kdf) => {
    const key = keyOf('ssh-ed25519', 256);
    const source = put('key', runAtOnce(writePrivateKey(key, { comment: 'c', random: seededRandom('z') })));
    put('word', 'word\n');
    const parameters = `version=3,kdf=${kdf},memory=256,passes=3,parallelism=4`;
    puttygen(source, '-O', 'private', '-o', 'theirs.ppk', '--ppk-param', parameters, '--new-passphrase', 'word');
    const file = new Uint8Array(readFileSync(path('theirs.ppk')));
    expect(findPrivateKeyFormat('ppk3')?.recognizes(file)).toBe(true);
    expect(runAtOnce(openPrivateKey(file, { passphrase: utf8Encode('word') }))).toEqual({
      outcome: 'key',
      key,
      comment: 'c',
    });
    expect(runAtOnce(openPrivateKey(file, { passphrase: utf8Encode('Word') })).outcome).toBe('wrong-passphrase');
  });
});
