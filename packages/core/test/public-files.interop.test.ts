import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  encodePublicKey,
  encodePublicPem,
  encodeRfc4716,
  encodeRsaPublicPem,
  generateKey,
  hasPublicPem,
  keyTypes,
  printPublicLine,
  publicKeyOf,
  readPublicKeyFile,
  runAtOnce,
  type PublicKey,
} from '../src/keys/index.ts';
import { utf8Encode } from '../src/wire/index.ts';
import { seededRandom } from './seeded-random.ts';

const isMissing = ['ssh-keygen', 'openssl'].some((program) => spawnSync(program, ['-?']).error !== undefined);
if (isMissing && process.env['CI'] !== undefined) throw new Error('ssh-keygen or openssl is missing');

const folder = mkdtempSync(join(tmpdir(), 'seashell-public-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run = (program: string, ...options: string[]) =>
  execFileSync(program, options, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const put = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content, { mode: 0o600 });
  return name;
};

/** Three of each type that is generated here. */
const keys: readonly PublicKey[] = keyTypes
  .filter((row) => row.generate !== undefined && row.name !== 'ssh-mldsa44-ed25519@openssh.com')
  .flatMap(({ name: type, allowedBits }) =>
    Array.from({ length: type === 'ssh-dss' ? 1 : 3 }, (_, index) => {
      const bits = type === 'ssh-rsa' ? 1024 + 8 * index : allowedBits.usual;
      return publicKeyOf(runAtOnce(generateKey({ type, bits, random: seededRandom(`public ${type} ${index}`) })));
    }),
  );
const cases = keys.map((key, index) => [`${key.type} ${index}`, key] as const);

describe.skipIf(isMissing)('public key files', () => {
  it.each(cases)('%s in RFC 4716: the bytes of ssh-keygen -e, and read back by -i', (_name, key) => {
    put('key.pub', `${printPublicLine(key, 'me')}\n`);
    const theirs = run('ssh-keygen', '-e', '-m', 'RFC4716', '-f', 'key.pub');
    const read = readPublicKeyFile(utf8Encode(theirs));
    expect(read).toMatchObject({ format: 'rfc4716', key });
    const headers = [{ tag: 'Comment', value: `"${read.comment}"` }];
    expect(encodeRfc4716({ headers, blob: encodePublicKey(key) })).toBe(theirs);
    const longComment = `"${'\u00e4 long comment, '.repeat(12)}"`;
    const ours = encodeRfc4716({ headers: [{ tag: 'Comment', value: longComment }], blob: encodePublicKey(key) });
    expect(Math.max(...ours.split('\n').map((line) => utf8Encode(line).length))).toBeLessThanOrEqual(72);
    expect(readPublicKeyFile(utf8Encode(ours)).comment).toBe(longComment.slice(1, -1));
    expect(readPublicKeyFile(utf8Encode(ours.replaceAll('\n', '\r\n'))).key).toEqual(key);
    expect(run('ssh-keygen', '-i', '-m', 'RFC4716', '-f', put('ours', ours)).trim()).toBe(printPublicLine(key));
  });

  it.each(cases.filter(([, key]) => hasPublicPem(key.type)))('%s as PUBLIC KEY: the bytes of openssl', (_name, key) => {
    const ours = encodePublicPem(key);
    expect(readPublicKeyFile(utf8Encode(ours))).toEqual({ format: 'pkcs8', key, comment: '' });
    expect(run('openssl', 'pkey', '-pubin', '-in', put('ours', ours), '-pubout')).toBe(ours);
    if (key.type === 'ssh-ed25519') return; // ssh-keygen 9.2 has no PEM of Ed25519
    put('key.pub', `${printPublicLine(key)}\n`);
    expect(run('ssh-keygen', '-e', '-m', 'PKCS8', '-f', 'key.pub')).toBe(ours);
    expect(run('ssh-keygen', '-i', '-m', 'PKCS8', '-f', 'ours').trim()).toBe(printPublicLine(key));
  });

  it('RSA PUBLIC KEY: the bytes of ssh-keygen -e -m PEM', () => {
    for (const key of keys) {
      if (key.type !== 'ssh-rsa') continue;
      const ours = encodeRsaPublicPem(key);
      put('key.pub', `${printPublicLine(key)}\n`);
      expect(run('ssh-keygen', '-e', '-m', 'PEM', '-f', 'key.pub')).toBe(ours);
      expect(readPublicKeyFile(utf8Encode(ours))).toEqual({ format: 'pkcs1', key, comment: '' });
      expect(run('ssh-keygen', '-i', '-m', 'PEM', '-f', put('ours', ours)).trim()).toBe(printPublicLine(key));
    }
  });

  it('a line: comment kept, remarks and blank lines around it passed over', () => {
    for (const key of keys) {
      const text = `# a remark\n\n${printPublicLine(key, 'me at home')}\n`;
      expect(readPublicKeyFile(utf8Encode(text))).toEqual({ format: 'openssh', key, comment: 'me at home' });
    }
  });
});
