/** Text that is made to hurt: names that every object has, in each place where a name is looked up, and lines without end. */
import { describe, expect, it } from 'vitest';
import { describeKeyFile } from '../src/anatomy/index.ts';
import {
  checkCertificate,
  findCertificateType,
  flagOption,
  issueCertificate,
  parseKeyLine,
  signWithKey,
} from '../src/certificates/index.ts';
import { envelopeFormat } from '../src/keys/formats/openssh.ts';
import { decodePem, encodePem } from '../src/keys/formats/pem.ts';
import {
  decodePublicKey,
  decodeRfc4716,
  encodePublicKey,
  findFingerprintHash,
  findKeyType,
  findPrivateKeyFormat,
  findPublicKeyType,
  hasPublicPem,
  inspectPrivateKey,
  openPrivateKey,
  parsePublicLine,
  printPublicLine,
  publicKeyOf,
  readPublicKeyFile,
  rfc4716Header,
  runAtOnce,
  signatureBlob,
  signMessage,
  traditionalFormatOf,
  verifySignature,
  writePrivateKey,
} from '../src/keys/index.ts';
import { dearmourSshsig } from '../src/signatures/index.ts';
import { base64Encode, concatBytes, DecodeError, string, utf8Encode } from '../src/wire/index.ts';
import { fixtureKey } from './fixture-keys.ts';
import { seededRandom } from './seeded-random.ts';

const random = seededRandom('text');
const key = fixtureKey('ssh-ed25519');
const publicKey = publicKeyOf(key);
const passphrase = utf8Encode('word');
const fileOf = (format: 'openssh' | 'pkcs1' | 'ppk3', word = passphrase): string => {
  const argon2 = { memoryKibibytes: 8, passes: 1, parallelism: 1 };
  const held = format === 'pkcs1' ? fixtureKey('ssh-rsa') : key;
  return runAtOnce(writePrivateKey(held, { format, passphrase: word, rounds: 1, argon2, random }));
};
const open = (text: string) => runAtOnce(openPrivateKey(utf8Encode(text), { passphrase }));

const rfc4716File = (tag: string): Uint8Array =>
  utf8Encode(
    [
      '---- BEGIN SSH2 PUBLIC KEY ----',
      `${tag}: v`,
      base64Encode(encodePublicKey(key)),
      '---- END SSH2 PUBLIC KEY ----',
      '',
    ].join('\n'),
  );

describe.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('the name %s', (name) => {
  it('is that of nothing', () => {
    const finders = [findKeyType, findPublicKeyType, findPrivateKeyFormat, findFingerprintHash, findCertificateType];
    expect(finders.map((find) => find(name))).toEqual(finders.map(() => undefined));
    expect([hasPublicPem(name), traditionalFormatOf(name)]).toEqual([false, undefined]);
  });

  it('as a key type is unknown, in a blob and in a line', () => {
    const blob = concatBytes(string.encode(utf8Encode(name)), encodePublicKey(key).subarray(15));
    expect(() => decodePublicKey(blob)).toThrow(DecodeError);
    for (const parse of [parsePublicLine, parseKeyLine]) {
      expect(parse(`${name} ${base64Encode(blob)}`)).toMatchObject({ ok: false });
    }
  });

  it('as cipher and key derivation of openssh-key-v1 is unsupported', () => {
    const { body } = decodePem(utf8Encode(fileOf('openssh')));
    const envelope = envelopeFormat.decode(body);
    const changed = (fields: Partial<typeof envelope>) =>
      encodePem(
        { label: 'OPENSSH PRIVATE KEY', headers: new Map(), body: envelopeFormat.encode({ ...envelope, ...fields }) },
        70,
      );
    expect(open(changed({ cipher: name }))).toEqual({ outcome: 'unsupported', what: 'cipher', name });
    expect(open(changed({ kdf: name }))).toEqual({ outcome: 'unsupported', what: 'kdf', name });
    expect(inspectPrivateKey(utf8Encode(changed({ kdf: name })))).toMatchObject({ kdf: { name: 'unknown' } });
  });

  it('as cipher of PEM and of PPK, and as key derivation of PPK, is unsupported', () => {
    expect(open(fileOf('pkcs1').replace('AES-128-CBC', name))).toMatchObject({ outcome: 'unsupported', name });
    expect(open(fileOf('ppk3').replace('aes256-cbc', name))).toEqual({ outcome: 'unsupported', what: 'cipher', name });
    expect(open(fileOf('ppk3').replace('Argon2id', name))).toEqual({ outcome: 'unsupported', what: 'kdf', name });
  });

  it('as a header of RFC 4716 is a header like others, and none where there is none', () => {
    expect(rfc4716Header(decodeRfc4716(rfc4716File(name)), name)).toBe('v');
    expect(rfc4716Header(decodeRfc4716(rfc4716File('Subject')), name)).toBeUndefined();
    expect(readPublicKeyFile(rfc4716File(name))).toMatchObject({ key: publicKey, comment: '' });
  });

  it('as the algorithm of a signature verifies nothing, though it be allowed', () => {
    const message = utf8Encode('m');
    const good = signatureBlob.decode(signMessage({ key, message, random }));
    const signature = signatureBlob.encode({ ...good, algorithm: name });
    expect(verifySignature({ key: publicKey, message, signature, algorithms: [name, 'ssh-ed25519'] })).toBe(false);
  });

  it('as a critical option of a certificate is not known', () => {
    const work = issueCertificate({
      key: publicKey,
      usage: 'user',
      keyId: name,
      principals: [name],
      criticalOptions: [flagOption(name)],
      authority: publicKey,
      nonce: random(32),
    });
    const certificate = signWithKey(work, { key, random });
    const question = { certificate, authorities: [publicKey], now: 1n, usage: 'user', principal: name } as const;
    expect(checkCertificate(question)).toMatchObject({ outcome: 'refused', fault: 'unknown-critical-option' });
  });
});

/** As many as 1 MiB holds: more are refused for their size. */
const lines = (line: string): string => line.repeat(Math.min(100_000, Math.floor((1024 * 1024) / line.length)));
const begin = (label: string): string => `-----BEGIN ${label}-----\n`;
const end = (label: string): string => `-----END ${label}-----\n`;

describe('100,000 BEGIN lines', () => {
  it.each(['OPENSSH PRIVATE KEY', 'RSA PRIVATE KEY', 'PUBLIC KEY', 'X'])(
    '%s: refused, alone, with END lines and before a key',
    (label) => {
      const texts = [
        begin(label).repeat(100_000),
        lines(begin(label)),
        lines(begin(label) + end(label)),
        lines(begin(label)).slice(0, -4096) + fileOf('openssh', new Uint8Array()),
      ];
      for (const text of texts) {
        const file = utf8Encode(text);
        expect(() => runAtOnce(openPrivateKey(file))).toThrow(DecodeError);
        expect(() => readPublicKeyFile(file)).toThrow(DecodeError);
      }
    },
  );

  it('of SSHSIG, of RFC 4716, and lines of keys: refused', () => {
    expect(() => dearmourSshsig(begin('SSH SIGNATURE').repeat(100_000))).toThrow(DecodeError);
    const rfc4716 = utf8Encode(lines('---- BEGIN SSH2 PUBLIC KEY ----\n'));
    expect(() => readPublicKeyFile(rfc4716)).toThrow(DecodeError);
    expect(() => readPublicKeyFile(utf8Encode(lines(`${printPublicLine(key)}\n`)))).toThrow(DecodeError);
    expect(() => describeKeyFile(rfc4716)).not.toThrow();
  });
});
