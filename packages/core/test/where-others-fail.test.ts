/**
 * What other libraries of SSH keys get wrong, one test each, so that none of it is lost among the tables:
 *
 * | what                                         | in full                                                                        |
 * | -------------------------------------------- | ------------------------------------------------------------------------------ |
 * | PPK 3 is not read                            | ppk.interop.test.ts (puttygen both ways), hostile-formats.test.ts              |
 * | AES-GCM keys are not read back by ssh-keygen | private-key-files.interop.test.ts, `ssh-keygen reads ours under every cipher`  |
 * | certificates valid forever are refused       | certificates.interop.test.ts, `trusts what ssh-keygen issued forever`          |
 * | RSA authorities sign and are taken by SHA-1  | here                                                                           |
 * | points off the curve are taken               | key-types.test.ts, hostile-numbers.test.ts                                     |
 * | trailing bytes are passed over               | hostile-damage.test.ts, hostile-keys.test.ts                                   |
 * | RSA of 512 or 20,000 bits is taken           | hostile-numbers.test.ts                                                        |
 * | a file's rounds are done, however many       | hostile-limits.test.ts, hostile-formats.test.ts                                |
 */
import { describe, expect, it } from 'vitest';
import {
  checkCertificate,
  decodeCertificate,
  encodeCertificate,
  formatValidity,
  issueCertificate,
  latestTime,
  parseKeyLine,
  printCertificateLine,
  signWithKey,
  utc,
  type Certificate,
  type CertificateQuestion,
  type CertificateRequest,
} from '../src/certificates/index.ts';
import {
  decodePublicKey,
  encodePublicKey,
  inspectPrivateKey,
  openPrivateKey,
  publicKeyOf,
  runAtOnce,
  signatureBlob,
  usualKeyFileLimits,
  writePrivateKey,
  type PrivateKey,
} from '../src/keys/index.ts';
import { concatBytes, DecodeError, utf8Encode } from '../src/wire/index.ts';
import { fixtureKey, fixtureKeys } from './fixture-keys.ts';
import { opensshKeys } from './fixtures/openssh-keys.ts';
import { seededRandom } from './seeded-random.ts';

const random = seededRandom('where others fail');
const passphrase = utf8Encode('word');
const subject = fixtureKey('ssh-ed25519');

function issue(authority: PrivateKey, request: Partial<CertificateRequest> = {}): Certificate {
  const work = issueCertificate({
    key: publicKeyOf(subject),
    usage: 'user',
    keyId: 'id',
    principals: ['alice'],
    authority: publicKeyOf(authority),
    nonce: random(32),
    ...request,
  });
  return signWithKey(work, { key: authority, random });
}

function ask(certificate: Certificate, question: Partial<CertificateQuestion> = {}): string {
  const authorities = [certificate.authority];
  const check = checkCertificate({
    certificate,
    authorities,
    now: 1_800_000_000n,
    usage: 'user',
    principal: 'alice',
    ...question,
  });
  return check.outcome === 'trusted' ? check.outcome : check.fault;
}

describe('an RSA authority, never by SHA-1', () => {
  const authority = fixtureKey('ssh-rsa');

  it('issueCertificate signs by rsa-sha2-512', () => {
    const certificate = issue(authority);
    expect(certificate.signatureAlgorithm).toBe('rsa-sha2-512');
    expect(signatureBlob.decode(certificate.signature).algorithm).toBe('rsa-sha2-512');
    expect(ask(certificate)).toBe('trusted');
  });

  it('checkCertificate refuses a signature by ssh-rsa, in the certificate of a user and of a host', () => {
    for (const usage of ['user', 'host'] as const) {
      const certificate = issue(authority, { usage, signatureAlgorithm: 'ssh-rsa' });
      expect(certificate.signatureAlgorithm).toBe('ssh-rsa');
      expect(ask(certificate, { usage })).toBe('signature-algorithm-not-allowed');
      expect(ask(certificate, { usage, openssh: '10' })).toBe('signature-algorithm-not-allowed');
    }
  });

  it('checkCertificate takes it where it is asked for: of 6.6, and by CASignatureAlgorithms', () => {
    const certificate = issue(authority, { signatureAlgorithm: 'ssh-rsa' });
    expect(ask(certificate, { openssh: '6.6' })).toBe('trusted');
    expect(ask(certificate, { signatureAlgorithms: ['ssh-rsa'] })).toBe('trusted');
  });

  it('decodeCertificate refuses a signature that says SHA-2 and is by SHA-1', () => {
    const sha1 = issue(authority, { signatureAlgorithm: 'ssh-rsa' });
    const inner = signatureBlob.decode(sha1.signature);
    const relabelled = signatureBlob.encode({ ...inner, algorithm: 'rsa-sha2-512' });
    const bytes = encodeCertificate({ ...sha1, signature: relabelled });
    expect(() => decodeCertificate(bytes)).toThrow(/incorrect signature/);
  });

  it('a DSA authority, whose signatures are by SHA-1 too, is refused but of 6.6', () => {
    const certificate = issue(fixtureKey('ssh-dss'));
    expect(ask(certificate)).toBe('signature-algorithm-not-allowed');
    expect(ask(certificate, { openssh: '6.6' })).toBe('trusted');
  });
});

describe('a certificate valid forever', () => {
  const certificate = issue(fixtureKey('ecdsa-sha2-nistp256'));

  it('is read from its line, says so and is trusted at any time', () => {
    expect(certificate.validity).toEqual({ after: 0n, before: latestTime });
    const line = parseKeyLine(printCertificateLine(certificate));
    if (!line.ok || line.held.kind !== 'certificate') throw new Error('not read');
    const { certificate: again } = line.held;
    expect(formatValidity(again.validity, utc)).toBe('forever');
    for (const now of [0n, 1n << 31n, 1n << 32n, 1n << 63n, latestTime - 1n])
      expect(ask(again, { now })).toBe('trusted');
  });

  it('that begins at a time is not trusted before', () => {
    const later = issue(fixtureKey('ecdsa-sha2-nistp256'), { validity: { after: 1n << 63n, before: latestTime } });
    expect([(1n << 63n) - 1n, 1n << 63n].map((now) => ask(later, { now }))).toEqual(['not-yet-valid', 'trusted']);
  });
});

describe('private key files', () => {
  it('PPK 3 is written and read, with argon2 and without', () => {
    const argon2 = { memoryKibibytes: 8, passes: 1, parallelism: 1 };
    for (const word of [new Uint8Array(), passphrase]) {
      const options = { format: 'ppk3', comment: 'c', passphrase: word, random, argon2 } as const;
      const file = utf8Encode(runAtOnce(writePrivateKey(subject, options)));
      expect(runAtOnce(openPrivateKey(file, { passphrase: word }))).toEqual({
        outcome: 'key',
        key: subject,
        comment: 'c',
      });
    }
  });

  it.each(opensshKeys.filter(({ name }) => name.includes('gcm')))('$name of ssh-keygen is read', (fixture) => {
    const file = utf8Encode(fixture.privateFile);
    expect(inspectPrivateKey(file)).toMatchObject({ cipher: fixture.name });
    const opened = runAtOnce(openPrivateKey(file, { passphrase: utf8Encode(fixture.passphrase) }));
    expect(opened.outcome).toBe('key');
  });

  it('2^32-1 rounds of bcrypt are refused, with a passphrase and before any work', () => {
    const text = runAtOnce(writePrivateKey(subject, { passphrase, rounds: 1, random }));
    const kdfEnd = 'AAAAAQAAAAEAAAAz';
    expect(text.replaceAll('\n', '')).toContain(kdfEnd);
    const file = utf8Encode(text.replaceAll(/(?<=[^-])\n(?=[^-])/g, '').replace(kdfEnd, '/////wAAAAEAAAAz'));
    expect(inspectPrivateKey(file)).toMatchObject({ kdf: { name: 'bcrypt', rounds: 0xffff_ffff } });
    expect(() => openPrivateKey(file, { passphrase }).next()).toThrow(DecodeError);
    expect(usualKeyFileLimits.bcryptRounds).toBe(1024);
  });
});

describe('public keys', () => {
  it('a point off the curve is refused, on each curve', () => {
    for (const type of ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'] as const) {
      const blob = encodePublicKey(fixtureKey(type));
      expect(decodePublicKey(blob)).toMatchObject({ type });
      blob.set([(blob.at(-1) ?? 0) ^ 1], blob.length - 1);
      expect(() => decodePublicKey(blob)).toThrow(DecodeError);
    }
  });

  it('RSA of 512 and of 20,000 bits is refused', () => {
    for (const bits of [512n, 20_000n]) {
      const n = (1n << (bits - 1n)) + 1n;
      expect(() => decodePublicKey(encodePublicKey({ type: 'ssh-rsa', e: 65_537n, n }))).toThrow(DecodeError);
    }
  });

  it.each(fixtureKeys)('$type with a byte after it is refused', (key) => {
    const blob = encodePublicKey(key);
    for (const more of [Uint8Array.of(0), Uint8Array.of(1), blob]) {
      expect(() => decodePublicKey(concatBytes(blob, more))).toThrow(DecodeError);
    }
  });
});
