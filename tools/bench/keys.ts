/** Public key lines read and fingerprinted, and the key derivation of private key files. */
import { strictEqual } from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { bcryptPbkdf } from '@seashell/core/crypto/bcrypt-pbkdf';
import { fingerprint, parsePublicLine, printPublicLine, runAtOnce } from '@seashell/core/keys';
import bcrypt from 'bcrypt-pbkdf';
import ssh2 from 'ssh2';
import sshpk from 'sshpk';
import { time, type Comparison } from './compare.ts';

const keyCount = 100_000;
const lines = Array.from({ length: keyCount }, (_, index) => {
  const point = new Uint8Array(randomBytes(32));
  return printPublicLine({ type: 'ssh-ed25519', publicKey: point }, `user${index}@host`);
});

function byOurs(line: string): string {
  const parsed = parsePublicLine(line);
  if (!parsed.ok) throw new Error(parsed.diagnostic.message);
  return fingerprint(parsed.blob);
}

const bySshpk = (line: string): string => sshpk.parseKey(line, 'ssh').fingerprint('sha256').toString();

function bySsh2(line: string): string {
  const key = ssh2.utils.parseKey(line);
  if (key instanceof Error) throw key;
  return `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
}

const readAll = (read: (line: string) => string) => () => time(() => lines.forEach((line) => read(line)));

function fingerprints(peer: string, read: (line: string) => string): Comparison {
  for (const line of lines.slice(0, 100)) strictEqual(byOurs(line), read(line));
  return {
    what: '100,000 public lines read and fingerprinted',
    repetitions: 3,
    peer,
    work: { amount: keyCount, unit: 'keys' },
    ours: readAll(byOurs),
    theirs: readAll(read),
  };
}

const rounds = 24;
const sizeBytes = 48;
const passphrase = new TextEncoder().encode('correct horse');
const salt = new Uint8Array(randomBytes(16));

const deriveOurs = (): Uint8Array => runAtOnce(bcryptPbkdf({ passphrase, salt, rounds, sizeBytes }));

function deriveTheirs(): Uint8Array {
  const key = new Uint8Array(sizeBytes);
  strictEqual(bcrypt.pbkdf(passphrase, passphrase.length, salt, salt.length, key, sizeBytes, rounds), 0);
  return key;
}

function derivation(): Comparison {
  strictEqual(deriveOurs().join(), deriveTheirs().join());
  return {
    what: 'bcrypt_pbkdf, 24 rounds, 48 bytes',
    peer: 'bcrypt-pbkdf',
    ours: () => time(deriveOurs),
    theirs: () => time(deriveTheirs),
  };
}

export const keys: readonly Comparison[] = [fingerprints('sshpk', bySshpk), fingerprints('ssh2', bySsh2), derivation()];
