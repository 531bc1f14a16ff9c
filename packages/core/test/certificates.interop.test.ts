/** Certificates beside ssh-keygen: it lists ours, ours reads and re-encodes its, and with its nonce ours are its bytes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkCertificate,
  encodeCertificate,
  findCertificateType,
  flagOption,
  issueCertificate,
  parseKeyLine,
  printCertificateLine,
  signWithKey,
  textOption,
  usualExtensions,
  type Certificate,
  type CertificateRequest,
} from '../src/certificates/index.ts';
import {
  bubbleBabbleFingerprint,
  encodePublicKey,
  fingerprint,
  fingerprintHashNames,
  keyBits,
  openPrivateKey,
  publicKeyOf,
  randomart,
  runAtOnce,
  type PrivateKey,
  type PublicKey,
} from '../src/keys/index.ts';
import { seededRandom } from './seeded-random.ts';

const isMissing = spawnSync('ssh-keygen', ['-?']).error !== undefined;
if (isMissing && process.env['CI'] !== undefined) throw new Error('ssh-keygen is missing: install openssh-client');
if (isMissing) console.warn('SKIPPED: ssh-keygen is missing, so no certificate is compared with OpenSSH');

const folder = mkdtempSync(join(tmpdir(), 'certificates-interop-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const keygen = (...options: string[]) =>
  execFileSync('ssh-keygen', options, {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, TZ: 'UTC' },
    stdio: 'pipe',
  });

/** Files of keys made by ssh-keygen: name, `-t`, `-b`. */
const keyFiles = [
  { name: 'ed25519', type: 'ed25519', bits: '256' },
  { name: 'rsa', type: 'rsa', bits: '2048' },
  { name: 'p256', type: 'ecdsa', bits: '256' },
  { name: 'p384', type: 'ecdsa', bits: '384' },
  { name: 'p521', type: 'ecdsa', bits: '521' },
] as const;
const names = keyFiles.map(({ name }) => name);

beforeAll(() => {
  if (isMissing) return;
  for (const { name, type, bits } of keyFiles) keygen('-q', '-t', type, '-b', bits, '-N', '', '-C', name, '-f', name);
});

function privateKeyOf(name: string): PrivateKey {
  const opened = runAtOnce(openPrivateKey(new Uint8Array(readFileSync(path(name))), { passphrase: new Uint8Array() }));
  if (opened.outcome !== 'key') throw new Error(`${name}: ${opened.outcome}`);
  return opened.key;
}

function certificateOf(line: string): Certificate {
  const read = parseKeyLine(line);
  if (!read.ok || read.held.kind !== 'certificate') throw new Error(read.ok ? 'a plain key' : read.diagnostic.message);
  return read.held.certificate;
}

const random = seededRandom('certificates');

function issue(authority: PrivateKey, request: Partial<CertificateRequest> & { key: PublicKey }): Certificate {
  const whole = {
    usage: 'user',
    keyId: 'id',
    nonce: random(32),
    authority: publicKeyOf(authority),
    ...request,
  } as const;
  return signWithKey(issueCertificate(whole), { key: authority, random });
}

const pairs = names.flatMap((subject) => names.map((authority) => ({ subject, authority })));
const optionRows = [
  { options: [], usage: 'user', principals: 'alice,bob' },
  { options: ['-h'], usage: 'host', principals: 'web1.example.com' },
  {
    options: ['-O', 'clear', '-O', 'force-command=ls -l', '-O', 'source-address=10.0.0.0/8,::1/128'],
    usage: 'user',
    principals: 'a',
  },
  {
    options: ['-O', 'no-pty', '-O', 'verify-required', '-O', 'extension:x@y.z=text', '-O', 'critical:q'],
    usage: 'user',
    principals: 'ä',
  },
  { options: ['-V', '20200101:20300101', '-z', '18446744073709551615'], usage: 'user', principals: 'a' },
  {
    options: ['-V', '20200101Z:forever', '-z', '1'],
    usage: 'user',
    principals: Array.from({ length: 256 }, (_, at) => `u${at}`).join(','),
  },
] as const;

describe.skipIf(isMissing)('decodeCertificate', () => {
  it.each(pairs)(
    'reads the $subject key certified by $authority, and encodes the same bytes',
    ({ subject, authority }) => {
      for (const [at, row] of optionRows.entries()) {
        keygen('-q', '-s', authority, '-I', `id ${at}`, '-n', row.principals, ...row.options, `${subject}.pub`);
        const line = readFileSync(path(`${subject}-cert.pub`), 'utf8').trimEnd();
        const certificate = certificateOf(line);
        expect(printCertificateLine(certificate, subject)).toBe(line);
        expect(certificate).toMatchObject({
          keyId: `id ${at}`,
          usage: row.usage,
          principals: row.principals.split(','),
          key: publicKeyOf(privateKeyOf(subject)),
          authority: publicKeyOf(privateKeyOf(authority)),
        });
      }
    },
  );
});

describe.skipIf(isMissing)('issueCertificate', () => {
  it.each(names)(
    'makes the bytes that ssh-keygen made of the %s key, given its nonce, where the signature has no chance in it',
    (subject) => {
      for (const authority of ['ed25519', 'rsa']) {
        for (const row of optionRows) {
          keygen('-q', '-s', authority, '-I', 'id', '-n', row.principals, ...row.options, `${subject}.pub`);
          const theirs = certificateOf(readFileSync(path(`${subject}-cert.pub`), 'utf8'));
          const ours = issue(privateKeyOf(authority), { ...theirs });
          expect(encodeCertificate(ours)).toEqual(encodeCertificate(theirs));
        }
      }
    },
  );

  it.each(pairs)('makes certificates of $subject by $authority that ssh-keygen -L reads', ({ subject, authority }) => {
    const certificate = issue(privateKeyOf(authority), {
      key: publicKeyOf(privateKeyOf(subject)),
      serial: 42n,
      principals: ['alice', 'bob'],
      validity: { after: 1_600_000_000n, before: 1_700_000_000n },
      criticalOptions: [textOption('source-address', '10.0.0.0/8'), textOption('force-command', 'ls')],
      extensions: [...usualExtensions, flagOption('no-touch-required')],
    });
    writeFileSync(path('ours-cert.pub'), `${printCertificateLine(certificate, 'c')}\n`);
    const listing = keygen('-L', '-f', 'ours-cert.pub')
      .split('\n')
      .map((line) => line.trim());
    expect(listing).toEqual([
      'ours-cert.pub:',
      `Type: ${certificate.type} user certificate`,
      expect.stringContaining(`-CERT ${fingerprint(encodePublicKey(certificate.key))}`),
      expect.stringContaining(
        `${fingerprint(encodePublicKey(certificate.authority))} (using ${certificate.signatureAlgorithm})`,
      ),
      'Key ID: "id"',
      'Serial: 42',
      'Valid: from 2020-09-13T12:26:40 to 2023-11-14T22:13:20',
      'Principals:',
      'alice',
      'bob',
      'Critical Options:',
      'force-command ls',
      'source-address 10.0.0.0/8',
      'Extensions:',
      'no-touch-required',
      'permit-X11-forwarding',
      'permit-agent-forwarding',
      'permit-port-forwarding',
      'permit-pty',
      'permit-user-rc',
      '',
    ]);
  });
});

describe.skipIf(isMissing)('checkCertificate', () => {
  it('trusts what ssh-keygen issued forever, and not a moment outside of what it issued for a time', () => {
    const authorities = [publicKeyOf(privateKeyOf('ed25519'))];
    const ask = (now: bigint) => {
      const certificate = certificateOf(readFileSync(path('p256-cert.pub'), 'utf8'));
      return checkCertificate({ certificate, authorities, now, usage: 'user', principal: 'a' }).outcome;
    };
    keygen('-q', '-s', 'ed25519', '-I', 'i', '-n', 'a', 'p256.pub');
    expect([0n, 1n, 2n ** 63n, 2n ** 64n - 2n].map(ask)).toEqual(['trusted', 'trusted', 'trusted', 'trusted']);
    keygen('-q', '-s', 'ed25519', '-I', 'i', '-n', 'a', '-V', '0x64:0xc8', 'p256.pub');
    expect([99n, 100n, 199n, 200n].map(ask)).toEqual(['refused', 'trusted', 'trusted', 'refused']);
  });
});

describe.skipIf(isMissing)('fingerprints of certificates', () => {
  it.each(names)('are those of the %s key in it, with the heading of the certificate', (subject) => {
    keygen('-q', '-s', 'ed25519', '-I', 'i', '-n', 'a', `${subject}.pub`);
    const { key, type } = certificateOf(readFileSync(path(`${subject}-cert.pub`), 'utf8'));
    const shortName = findCertificateType(type)?.shortName ?? '';
    for (const hash of fingerprintHashNames) {
      const line = `${keyBits(key)} ${fingerprint(encodePublicKey(key), hash)} ${subject} (${shortName})`;
      const picture = randomart(key, { hash, shortName });
      expect(keygen('-lv', '-E', hash, '-f', `${subject}-cert.pub`)).toBe(`${line}\n${picture}\n`);
      expect(keygen('-lv', '-E', hash, '-f', `${subject}.pub`)).toContain(`\n${randomart(key, { hash })}\n`);
    }
    const babble = bubbleBabbleFingerprint(encodePublicKey(key));
    expect(keygen('-B', '-f', `${subject}-cert.pub`)).toBe(`${keyBits(key)} ${babble} ${subject} (${shortName})\n`);
  });
});
