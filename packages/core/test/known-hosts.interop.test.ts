/** known_hosts beside the real ssh-keygen: -F finds, -H hashes and -R removes the lines that ours does. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  formatKnownHost,
  hostEntries,
  parseKnownHosts,
  readLineKey,
  removeKnownHost,
  type LineKey,
} from '../src/files/index.ts';
import { pickerOf } from './config-samples.ts';
import { seededRandom } from './seeded-random.ts';

const isMissing = spawnSync('ssh-keygen', ['-?']).error !== undefined;
if (isMissing && process.env['CI'] !== undefined) throw new Error('ssh-keygen is missing: install openssh-client');
if (isMissing) console.warn('SKIPPED: ssh-keygen is missing, so nothing of known_hosts is compared with OpenSSH');

const folder = mkdtempSync(join(tmpdir(), 'known-hosts-interop-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'known_hosts');
const random = seededRandom('known_hosts');
const picker = pickerOf(random);

function makeKeys(): readonly LineKey[] {
  return ['ed25519', 'ecdsa', 'rsa'].map((type) => {
    const file = join(folder, type);
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', file]);
    const read = readLineKey(readFileSync(`${file}.pub`, 'utf8').trimEnd());
    if (read === undefined) throw new Error(`no key in ${file}.pub`);
    return read.key;
  });
}

const names = ['web1', 'web1.example.com', 'WEB1', 'db', '[web1]:2222', '10.0.0.1', '::1'];
const patterns = [...names, 'web*', '!web1', '*.example.com', 'w?b1'];

function sample(keys: readonly LineKey[]): string {
  const lines = Array.from({ length: 4 + picker.below(10) }, () => {
    const key = picker.of(keys);
    if (picker.chance(25)) return formatKnownHost({ names: [picker.of(names).toLowerCase()], key, salt: random(20) });
    if (picker.chance(10)) return picker.of(['', '# comment', '  # more']);
    const marker = picker.of(['', '', '', '@revoked ', '@cert-authority ']);
    const hosts = Array.from({ length: 1 + picker.below(2) }, () => picker.of(patterns));
    return `${marker}${formatKnownHost({ names: hosts, key })}${picker.of(['', ' a comment'])}`;
  });
  return `${lines.join('\n')}\n`;
}

/** The line numbers that ssh-keygen names as found. */
function numbers(output: string): number[] {
  return [...output.matchAll(/^# Host .* found: line (\d+)/gm)].map((match) => Number(match[1]));
}

function keygen(text: string, ...options: string[]): string {
  writeFileSync(path, text);
  return spawnSync('ssh-keygen', ['-f', path, ...options], { encoding: 'utf8' }).stdout;
}

describe.skipIf(isMissing)('ssh-keygen', () => {
  const keys = isMissing ? [] : makeKeys();
  const samples = isMissing ? [] : Array.from({ length: 40 }, () => sample(keys));

  it('-F finds the lines that hostEntries finds', () => {
    for (const text of samples) {
      const name = picker.of(names).toLowerCase();
      const sources = [{ path, file: parseKnownHosts(text) }];
      const found = hostEntries(sources, name).map(({ entry }) => entry.number);
      expect({ text, name, found }).toEqual({ text, name, found: numbers(keygen(text, '-F', name)) });
    }
  });

  it('-R removes the lines that removeKnownHost removes, and leaves the same file', () => {
    for (const text of samples) {
      const name = picker.of(names).toLowerCase();
      const ours = removeKnownHost(parseKnownHosts(text), name);
      const output = keygen(text, '-R', name);
      expect(ours.removed.map(({ number }) => number)).toEqual(numbers(output));
      expect({ text, name, left: ours.text }).toEqual({ text, name, left: readFileSync(path, 'utf8') });
    }
  });

  it('-H hashes names that hostEntries finds again', () => {
    for (const text of samples) {
      const name = picker.of(names).toLowerCase();
      keygen(text, '-H');
      const hashed = readFileSync(path, 'utf8');
      const found = hostEntries([{ path, file: parseKnownHosts(hashed) }], name).map(({ entry }) => entry.number);
      expect(found).toEqual(numbers(keygen(hashed, '-F', name)));
    }
  });
});
