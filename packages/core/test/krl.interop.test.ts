/** Revocation lists and SSHFP records beside ssh-keygen: the same bytes, the same listings, the same answers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKeyLine, type KeyOrCertificate } from '../src/certificates/index.ts';
import {
  decodeKrl,
  emptyKrl,
  encodeKrl,
  findRevocation,
  parseKrlSpecification,
  parseSshfp,
  printSshfp,
  revoke,
  sshfpHashNames,
  sshfpRecord,
  type Krl,
  type KrlAuthority,
} from '../src/files/index.ts';
import { pickerOf } from './config-samples.ts';
import { seededRandom } from './seeded-random.ts';

const isMissing = spawnSync('ssh-keygen', ['-?']).error !== undefined;
if (isMissing && process.env['CI'] !== undefined) throw new Error('ssh-keygen is missing: install openssh-client');
if (isMissing) console.warn('SKIPPED: ssh-keygen is missing, so no revocation list is compared with OpenSSH');

const folder = mkdtempSync(join(tmpdir(), 'krl-interop-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const bytesOf = (name: string) => new Uint8Array(readFileSync(path(name)));
const run = (...options: string[]) => spawnSync('ssh-keygen', options, { encoding: 'utf8', cwd: folder });
const keygen = (...options: string[]) => execFileSync('ssh-keygen', options, { encoding: 'utf8', cwd: folder });

const keys = [
  { name: 'ed25519', options: ['-t', 'ed25519'] },
  { name: 'rsa', options: ['-t', 'rsa', '-b', '2048'] },
  { name: 'p256', options: ['-t', 'ecdsa', '-b', '256'] },
  { name: 'p521', options: ['-t', 'ecdsa', '-b', '521'] },
] as const;
/** Certificates: file, certified key, authority, options. */
const certificates = [
  ['c-serial', 'ed25519', 'ca', ['-z', '5']],
  ['c-zero', 'rsa', 'ca', ['-z', '0']],
  ['c-large', 'p256', 'ca', ['-z', '18446744073709551615']],
  ['c-other', 'p521', 'ca2', ['-z', '5']],
] as const;
const publicFiles = [...keys.map(({ name }) => name), ...certificates.map(([name]) => name), 'ca', 'ca2'];

beforeAll(() => {
  if (isMissing) return;
  for (const { name, options } of keys) keygen('-q', ...options, '-N', '', '-C', name, '-f', name);
  for (const name of ['ca', 'ca2']) keygen('-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', name);
  for (const [name, subject, authority, options] of certificates) {
    keygen('-q', '-s', authority, '-I', `id of ${name}`, '-n', 'a', ...options, `${subject}.pub`);
    writeFileSync(path(`${name}.pub`), readFileSync(path(`${subject}-cert.pub`)));
  }
});

const lineOf = (name: string) => readFileSync(path(`${name}.pub`), 'utf8').trim();

function held(name: string): KeyOrCertificate {
  const read = parseKeyLine(lineOf(name));
  if (!read.ok) throw new Error(read.words);
  return read.held;
}

/** The list that ours makes of the specification, with the date of theirs. */
function ours(text: string, authority: KrlAuthority, theirs: Krl): Uint8Array {
  const read = parseKrlSpecification(text, authority);
  if (!read.ok) throw new Error(read.message);
  return encodeKrl(revoke(emptyKrl({ version: theirs.version, generated: theirs.generated }), read.revocations));
}

const pick = pickerOf(seededRandom('revocation lists'));

/** Serials that lie dense, sparse, in runs and at the ends. */
function randomSpecification(): string {
  const lines: string[] = [];
  let serial = BigInt(1 + pick.below(5));
  const count = 1 + pick.below(60);
  for (let index = 0; index < count; index++) {
    const length = pick.chance(50) ? 0n : BigInt(pick.of([1, 2, 5, 40, 200, 5000]));
    lines.push(length === 0n ? `serial: ${serial}` : `serial:\t${serial}-${serial + length}`);
    serial += length + BigInt(pick.of([1, 2, 3, 9, 30, 70, 80, 200, 5000, 2 ** 33]));
  }
  if (pick.chance(30)) lines.push('serial: 0xfffffffffffffff0-0xffffffffffffffff');
  if (pick.chance(50)) lines.push('id: some one', 'ID:another # not this', 'id: ä', 'id: some one');
  for (const name of publicFiles) {
    if (pick.chance(20)) lines.push(`key: ${lineOf(name)}`);
    if (pick.chance(20)) lines.push(`sha1: ${lineOf(name)}`);
    if (pick.chance(20)) lines.push(`sha256: ${lineOf(name)}`);
    if (pick.chance(20)) lines.push(lineOf(name));
    if (pick.chance(20)) lines.push(`hash: ${keygen('-l', '-f', `${name}.pub`).split(' ')[1] ?? ''}`);
  }
  lines.push('# a comment', '', '  ');
  return `${lines.toSorted(() => pick.below(3) - 1).join('\n')}\n`;
}

describe.skipIf(isMissing)('encodeKrl', () => {
  it('writes the bytes that ssh-keygen -k wrote, for 60 random specifications; ssh-keygen -Q says what findRevocation says', () => {
    for (let round = 0; round < 60; round++) {
      const text = randomSpecification();
      writeFileSync(path('spec'), text);
      const [option, authority] = pick.chance(70) ? ['ca.pub', held('ca').key] : (['none', 'any'] as const);
      keygen('-q', '-k', '-f', 'krl', '-s', option, '-z', String(round), 'spec');
      const theirs = bytesOf('krl');
      const krl = decodeKrl(theirs);
      expect(krl.version).toBe(BigInt(round));
      expect(ours(text, authority, krl), text).toEqual(theirs);
      expect(encodeKrl(krl)).toEqual(theirs);
      const answers = run('-Q', '-f', 'krl', ...publicFiles.map((name) => `${name}.pub`))
        .stdout.trim()
        .split('\n');
      const expected = publicFiles.map((name) => (findRevocation(krl, held(name)) === undefined ? 'ok' : 'REVOKED'));
      expect(
        answers.map((line) => line.split(': ')[1]),
        text,
      ).toEqual(expected);
    }
  });

  it('adds to a list as ssh-keygen -k -u does', () => {
    writeFileSync(path('one'), 'serial: 1-10\nid: a\n');
    writeFileSync(path('two'), `serial: 11\nserial: 100\nid: b\n${lineOf('rsa')}\n`);
    keygen('-q', '-k', '-f', 'krl', '-s', 'ca.pub', 'one');
    const before = decodeKrl(bytesOf('krl'));
    keygen('-q', '-k', '-u', '-f', 'krl', '-s', 'ca2.pub', 'two');
    const read = parseKrlSpecification(readFileSync(path('two'), 'utf8'), held('ca2').key);
    if (!read.ok) throw new Error(read.message);
    expect(encodeKrl(revoke(before, read.revocations))).toEqual(bytesOf('krl'));
  });

  it('writes long bitmaps that ssh-keygen reads, where its own would not be read', () => {
    const serials = Array.from({ length: 4000 }, (_, index) => BigInt(1 + 10 * index));
    const revocations = serials.map((serial) => ({
      type: 'serials' as const,
      authority: held('ca').key,
      range: { first: serial, last: serial },
    }));
    const bytes = encodeKrl(revoke(emptyKrl({ generated: 1n }), revocations));
    writeFileSync(path('long'), bytes);
    expect(run('-Q', '-f', 'long', 'c-serial.pub', 'ca.pub').stdout).toBe(
      'c-serial.pub (ed25519): ok\nca.pub (ca): ok\n',
    );
    expect(bytes.length).toBeLessThan(6000);
    expect(decodeKrl(bytes).certificates[0]?.serials).toHaveLength(4000);
  });
});

describe.skipIf(isMissing)('printSshfp', () => {
  it.each(keys)('prints what ssh-keygen -r prints of $name', ({ name }) => {
    for (const generic of [false, true]) {
      const records = sshfpHashNames.flatMap((hash) => sshfpRecord(held(name).key, hash) ?? []);
      const lines = records.map((record) => `${printSshfp('host.example.com.', record, { generic })}\n`);
      const options = generic ? ['-g'] : [];
      expect(keygen('-r', 'host.example.com.', ...options, '-f', `${name}.pub`)).toBe(lines.join(''));
      expect(lines.map((line) => parseSshfp(line)?.record)).toEqual(records);
    }
  });
});
