/**
 * Records keys that real ssh-keygen made, and RSA signatures that OpenSSL made, as fixtures of packages/core. Run it again
 * only to add cases: `node tools/record-keys.ts --openssh10 FOLDER/bin/ssh-keygen --openssh66 FOLDER/bin/ssh-keygen`.
 */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const fixtures = fileURLToPath(new URL('../packages/core/test/fixtures/', import.meta.url));

interface Case {
  readonly name: string;
  readonly openssh: '10' | '6.6';
  readonly passphrase: string;
  readonly options: readonly string[];
}

const passphrase = 'correct horse';
const cases: readonly Case[] = [
  { name: 'ed25519', openssh: '10', passphrase: '', options: ['-t', 'ed25519'] },
  { name: 'ed25519 with passphrase', openssh: '10', passphrase, options: ['-t', 'ed25519'] },
  { name: 'rsa', openssh: '10', passphrase: '', options: ['-t', 'rsa'] },
  { name: 'rsa with passphrase', openssh: '10', passphrase, options: ['-t', 'rsa', '-b', '2048'] },
  { name: 'rsa of 4096 bits', openssh: '10', passphrase: '', options: ['-t', 'rsa', '-b', '4096'] },
  { name: 'rsa in PEM', openssh: '10', passphrase: '', options: ['-t', 'rsa', '-b', '1024', '-m', 'PEM'] },
  { name: 'rsa in PEM with passphrase', openssh: '10', passphrase, options: ['-t', 'rsa', '-b', '1024', '-m', 'PEM'] },
  ...['aes128-ctr', 'aes192-ctr', 'aes128-cbc', 'aes192-cbc', 'aes256-cbc', 'aes128-gcm@openssh.com'].map(ofCipher),
  ...['aes256-gcm@openssh.com'].map(ofCipher),
  { name: 'ed25519', openssh: '6.6', passphrase: '', options: ['-t', 'ed25519'] },
  { name: 'ed25519 with passphrase', openssh: '6.6', passphrase, options: ['-t', 'ed25519'] },
  { name: 'rsa', openssh: '6.6', passphrase: '', options: ['-t', 'rsa'] },
  { name: 'rsa with passphrase', openssh: '6.6', passphrase, options: ['-t', 'rsa'] },
  { name: 'rsa in openssh-key-v1', openssh: '6.6', passphrase: '', options: ['-t', 'rsa', '-o'] },
];

function ofCipher(cipher: string): Case {
  return { name: cipher, openssh: '10', passphrase, options: ['-t', 'ed25519', '-a', '2', '-Z', cipher] };
}

const { values } = parseArgs({ options: { openssh10: { type: 'string' }, openssh66: { type: 'string' } } });
const binaries = { '10': values.openssh10 ?? 'ssh-keygen', '6.6': values.openssh66 ?? '' };
if (binaries['6.6'] === '') throw new Error('--openssh66 is missing: the ssh-keygen of OpenSSH 6.6');

const folder = mkdtempSync(join(tmpdir(), 'record-keys-'));
try {
  writeTable('openssh-keys.ts', 'opensshKeys', cases.map(recordCase));
  writeTable('openssl-rsa.ts', 'opensslRsa', recordRsa());
} finally {
  rmSync(folder, { recursive: true });
}

function recordCase({ name, openssh, passphrase: word, options }: Case, index: number): unknown {
  const file = join(folder, `key-${index}`);
  const binary = binaries[openssh];
  const keygen = (...more: string[]) => execFileSync(binary, more, { encoding: 'utf8' });
  keygen('-q', ...options, '-N', word, '-C', 'demo@laptop', '-f', file);
  const pictures = { md5: openssh === '10' ? keygen('-lv', '-E', 'md5', '-f', `${file}.pub`) : '', usual: '' };
  pictures.usual = keygen('-lv', '-f', `${file}.pub`);
  return {
    name,
    openssh,
    passphrase: word,
    privateFile: readFileSync(file, 'latin1'),
    publicLine: readFileSync(`${file}.pub`, 'latin1'),
    listing: pictures.usual,
    listingMd5: pictures.md5,
  };
}

function recordRsa(): unknown {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const message = 'signed by OpenSSL';
  const signatures = ['sha1', 'sha256', 'sha512'].map((hash) => ({
    hash,
    signature: signWith(hash, message, privateKey),
  }));
  return { pkcs1: privateKey.export({ type: 'pkcs1', format: 'pem' }), message, signatures };
}

function signWith(hash: string, message: string, key: KeyObject): string {
  return sign(hash, Buffer.from(message), key).toString('hex');
}

function writeTable(name: string, exported: string, table: unknown): void {
  const head =
    '/** Recorded by tools/record-keys.ts from real OpenSSH and OpenSSL; test keys, never used for anything else. */\n';
  writeFileSync(
    join(fixtures, name),
    `${head}export const ${exported} = ${JSON.stringify(table, null, 2)} as const;\n`,
  );
}
