/** Private key files both ways between ours, ssh-keygen and openssl: every type, format and cipher, with passphrases drawn from a seed. */
import { execFileSync, spawnSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { blockCipherNames } from '../src/keys/formats/block-ciphers.ts';
import {
  findPrivateKeyFormat,
  generateKey,
  inspectPrivateKey,
  keyFileCipherNames,
  keyTypes,
  openPrivateKey,
  printPublicLine,
  privateKeyFormats,
  publicKeyOf,
  runAtOnce,
  traditionalFormatOf,
  writePrivateKey,
  type OpenedPrivateKey,
  type PrivateKey,
} from '../src/keys/index.ts';
import { base64Decode, utf8Encode } from '../src/wire/index.ts';
import { armourCases } from './armour-cases.ts';
import { seededRandom } from './seeded-random.ts';

const missing = ['ssh-keygen', 'openssl'].filter((name) => spawnSync(name, ['version']).error !== undefined);
if (missing.length > 0 && process.env['CI'] !== undefined) throw new Error(`missing: ${missing.join(', ')}`);
if (missing.length > 0) console.warn(`SKIPPED: ${missing.join(', ')} missing, so private key files are not compared`);

const folder = mkdtempSync(join(tmpdir(), 'private-key-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

/** Warnings of the programs stay with them. */
const quiet: ExecFileSyncOptionsWithStringEncoding = {
  encoding: 'utf8',
  cwd: folder,
  stdio: ['pipe', 'pipe', 'ignore'],
};
const keygen = (...options: string[]) => execFileSync('ssh-keygen', options, quiet);
const openssl = (input: string, ...options: string[]) => execFileSync('openssl', options, { ...quiet, input });

/** The public line that ssh-keygen has of a private key file, its comment too. */
function publicLineByKeygen(file: string, word: string): string {
  writeFileSync(path('key'), file, { mode: 0o600 });
  return keygen('-y', '-P', word, '-f', 'key').trimEnd();
}

function open(file: string, word: string): OpenedPrivateKey {
  return runAtOnce(openPrivateKey(utf8Encode(file), { passphrase: utf8Encode(word) }));
}

const random = seededRandom('private key files');
/** Of five bytes at least, as OpenSSH wants for PEM. */
const alphabet = Array.from('abcXYZ019 !$%&/()=?*+~#,;.:-_<>|"\\äßé日');
const someText = (size: number) =>
  Array.from(random(size), (value) => alphabet[value % alphabet.length] ?? '')
    .join('')
    .trim();
const someWord = () => `${someText(3)}${someText(9)}hunter`;

/** Each with two keys, RSA with sizes that are no multiple of 8 bits too. */
const generated: readonly PrivateKey[] = keyTypes.flatMap((row) => {
  const { name: type, allowedBits } = row;
  if (row.generate === undefined) return [];
  const sizes = type === 'ssh-rsa' ? [1024, 2049] : [allowedBits.usual, allowedBits.usual];
  return sizes.map((bits) => runAtOnce(generateKey({ type, bits, random })));
});

const ed25519 = generated.find((key) => key.type === 'ssh-ed25519');
const nistp256 = generated.find((key) => key.type === 'ecdsa-sha2-nistp256');
if (ed25519?.type !== 'ssh-ed25519' || nistp256?.type !== 'ecdsa-sha2-nistp256') throw new Error('no keys');
const handle = { application: 'ssh:', flags: 1, keyHandle: random(64), reserved: new Uint8Array() };
const keys: readonly PrivateKey[] = [
  ...generated,
  { type: 'sk-ssh-ed25519@openssh.com', publicKey: ed25519.publicKey, ...handle },
  { type: 'sk-ecdsa-sha2-nistp256@openssh.com', point: nistp256.point, ...handle },
];
/** What the ssh-keygen at hand says to the key type: an older one does not know the newest. */
const isKnownToKeygen = new Map<string, boolean>(
  keys.map(({ type }) => [type, missing.length === 0 && keygenKnows(type)] as const),
);

function keygenKnows(type: string): boolean {
  const key = keys.find((each) => each.type === type);
  if (key === undefined) return false;
  writeFileSync(path('probe'), runAtOnce(writePrivateKey(key, { random })), { mode: 0o600 });
  return spawnSync('ssh-keygen', ['-y', '-P', '', '-f', 'probe'], { cwd: folder }).status === 0;
}

const known = keys.filter(({ type }) => isKnownToKeygen.get(type) === true);
const types = [...new Set(known.map(({ type }) => type))];
const keysOf = (type: string) => known.filter((key) => key.type === type);
/** The keys in turn: each case takes one. */
function inTurn(some: readonly PrivateKey[], turn: number): PrivateKey {
  const key = some[turn % some.length];
  if (key === undefined) throw new Error('no key');
  return key;
}
const pemKeys = generated.filter(({ type }) => findPrivateKeyFormat('pkcs8')?.holds(type) === true);
const pemTypes = [...new Set(pemKeys.map(({ type }) => type))];

describe.skipIf(missing.length > 0)('openssh-key-v1', () => {
  it('ssh-keygen knows the key types of its version at least', () => {
    expect(types.length).toBeGreaterThanOrEqual(7);
  });

  it('ssh-keygen reads and refuses changed armour as the cases say', () => {
    const file = runAtOnce(writePrivateKey(ed25519, { random }));
    const found = armourCases.map(({ name, change }) => {
      writeFileSync(path('armour'), change(file), { mode: 0o600 });
      const { status } = spawnSync('ssh-keygen', ['-y', '-P', '', '-f', 'armour'], { cwd: folder });
      return { name, openssh: status === 0 ? 'reads' : 'refuses' };
    });
    expect(found).toEqual(armourCases.map(({ name, openssh }) => ({ name, openssh })));
  });

  it.each(types)('%s: ssh-keygen reads ours under every cipher, and in the clear', (type) => {
    for (const [turn, cipher] of [undefined, ...keyFileCipherNames].entries()) {
      const key = inTurn(keysOf(type), turn);
      const comment = someText(20);
      const word = cipher === undefined ? '' : someWord();
      const options = { comment, rounds: 1, passphrase: utf8Encode(word), random };
      const file = runAtOnce(writePrivateKey(key, { ...options, ...(cipher === undefined ? {} : { cipher }) }));
      expect(publicLineByKeygen(file, word), cipher).toBe(printPublicLine(key, comment));
    }
  });

  it.each(types)('%s: ours reads what ssh-keygen encrypts with every cipher; a wrong passphrase is told', (type) => {
    for (const [turn, cipher] of keyFileCipherNames.entries()) {
      const key = inTurn(keysOf(type), turn);
      const comment = someText(20);
      const plain = runAtOnce(writePrivateKey(key, { comment, random }));
      const word = someWord();
      writeFileSync(path('key'), plain, { mode: 0o600 });
      keygen('-q', '-p', '-a', '1', '-Z', cipher, '-P', '', '-N', word, '-f', 'key');
      const file = readFileSync(path('key'), 'utf8');
      expect(open(file, word), cipher).toEqual({ outcome: 'key', key, comment });
      const inspected = inspectPrivateKey(utf8Encode(file));
      expect(inspected).toMatchObject({ encrypted: true, cipher, kdf: { name: 'bcrypt', rounds: 1 } });
      expect(inspected.publicKey).toEqual(publicKeyOf(key));
      expect(open(file, `${word}x`).outcome, cipher).toBe(cipher === 'none' ? 'key' : 'wrong-passphrase');
    }
  });

  it.each(types)('%s: what ssh-keygen writes in the clear is what we write of it, byte for byte', (type) => {
    for (const key of keysOf(type)) {
      const comment = someText(20);
      writeFileSync(path('key'), runAtOnce(writePrivateKey(key, { comment, random })), { mode: 0o600 });
      keygen('-q', '-c', '-P', '', '-C', 'another', '-f', 'key');
      const file = readFileSync(path('key'), 'utf8');
      const check = checkNumberOf(file);
      expect(runAtOnce(writePrivateKey(key, { comment: 'another', random: () => check }))).toBe(file);
    }
  });
});

/** The four random bytes of a file in the clear: the first of the private section, which is the last string. */
function checkNumberOf(file: string): Uint8Array {
  const body = base64Decode(file.replaceAll(/-----.*-----|\n/g, '')) ?? new Uint8Array();
  const view = new DataView(body.buffer);
  let at = 'openssh-key-v1\0'.length;
  for (let strings = 0; strings < 3; strings++) at += 4 + view.getUint32(at);
  at += 4;
  at += 4 + view.getUint32(at);
  return body.slice(at + 4, at + 8);
}

const pemCases = pemTypes.flatMap((type) =>
  [['pkcs8' as const], [traditionalFormatOf(type)]]
    .flat()
    .filter((format) => format !== undefined)
    .map((format) => ({ type, format })),
);
const pemKeysOf = (type: string) => pemKeys.filter((key) => key.type === type);
/** ssh-keygen reads Ed25519 in PKCS#8 since 9.6. */
const isPemOfKeygen = (type: string) => type !== 'ssh-ed25519' && isKnownToKeygen.get(type) === true;

describe.skipIf(missing.length > 0).each(pemCases)('$type in $format', ({ type, format }) => {
  const traditional = format === 'pkcs8' ? [] : ['-traditional'];
  /** PBKDF2 costs something; one MD5 does not. */
  const wrongTries = format === 'pkcs8' ? 3 : 40;

  it('in the clear: openssl and ssh-keygen write the same bytes and read ours', () => {
    for (const key of pemKeysOf(type)) {
      const ours = runAtOnce(writePrivateKey(key, { format, random }));
      expect(openssl(ours, 'pkey', ...traditional)).toBe(ours);
      expect(open(ours, '')).toEqual({ outcome: 'key', key, comment: '' });
      expect(inspectPrivateKey(utf8Encode(ours))).toMatchObject({
        format,
        encrypted: false,
        publicKey: publicKeyOf(key),
      });
      if (!isPemOfKeygen(type)) continue;
      expect(publicLineByKeygen(ours, '')).toBe(printPublicLine(key));
      writeFileSync(path('key'), runAtOnce(writePrivateKey(key, { random })), { mode: 0o600 });
      keygen('-q', '-p', '-m', format === 'pkcs8' ? 'PKCS8' : 'PEM', '-P', '', '-N', '', '-f', 'key');
      expect(readFileSync(path('key'), 'utf8')).toBe(ours);
    }
  });

  it.each([...blockCipherNames.entries()])('%i, %s: openssl and ssh-keygen read ours', (turn, cipher) => {
    const key = inTurn(pemKeysOf(type), turn);
    const word = someWord();
    const ours = runAtOnce(writePrivateKey(key, { format, cipher, random, passphrase: utf8Encode(word) }));
    const plain = runAtOnce(writePrivateKey(key, { format: 'pkcs8', random }));
    expect(openssl(ours, 'pkey', '-passin', `pass:${word}`)).toBe(plain);
    if (isPemOfKeygen(type)) expect(publicLineByKeygen(ours, word)).toBe(printPublicLine(key));
    const inspected = inspectPrivateKey(utf8Encode(ours));
    expect(inspected).toMatchObject({ format, encrypted: true, cipher, publicKey: undefined });
    expect(open(ours, word)).toEqual({ outcome: 'key', key, comment: '' });
  });

  it.each([...['aes128', 'aes192', 'aes256', 'des3'].entries()])(
    '%i, openssl -%s: ours reads it, and tells a wrong passphrase',
    (turn, cipher) => {
      const key = inTurn(pemKeysOf(type), turn);
      const word = someWord();
      const plain = runAtOnce(writePrivateKey(key, { format, random }));
      const theirs = openssl(plain, 'pkey', ...traditional, `-${cipher}`, '-passout', `pass:${word}`);
      expect(open(theirs, word)).toEqual({ outcome: 'key', key, comment: '' });
      expect(open(theirs, '')).toEqual({ outcome: 'passphrase-needed' });
      for (let tries = 0; tries < wrongTries; tries++) {
        expect(open(theirs, `${word}${tries}`)).toEqual({ outcome: 'wrong-passphrase' });
      }
    },
  );

  it.skipIf(!isPemOfKeygen(type))('ssh-keygen -m: ours reads what it encrypts', () => {
    for (const key of pemKeysOf(type)) {
      const word = someWord();
      writeFileSync(path('key'), runAtOnce(writePrivateKey(key, { random })), { mode: 0o600 });
      keygen('-q', '-p', '-m', format === 'pkcs8' ? 'PKCS8' : 'PEM', '-P', '', '-N', word, '-f', 'key');
      const theirs = readFileSync(path('key'), 'utf8');
      expect(inspectPrivateKey(utf8Encode(theirs))).toMatchObject({ format, encrypted: true, cipher: 'AES-128-CBC' });
      expect(open(theirs, word)).toEqual({ outcome: 'key', key, comment: '' });
    }
  });
});

const v2 = (cipher: string, hash: string) => ['-v2', cipher, '-v2prf', `hmacWith${hash}`];
const legacy = ['-provider', 'legacy', '-provider', 'default'];
const schemes: readonly (readonly [string, readonly string[], string, object])[] = [
  ...['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'].flatMap((hash) =>
    (['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des3'] as const).map((cipher) => {
      const name = cipher === 'des3' ? 'DES-EDE3-CBC' : cipher.toUpperCase();
      const kdf = { name: 'pbkdf2', hash: hash.toLowerCase(), iterations: 37 };
      return [`${hash} ${cipher}`, [...v2(cipher, hash), '-iter', '37'], name, kdf] as const;
    }),
  ),
  [
    'scrypt',
    ['-scrypt', '-scrypt_N', '1024', '-scrypt_r', '8', '-scrypt_p', '2'],
    'AES-256-CBC',
    { name: 'scrypt', cost: 1024, blockSize: 8, parallelization: 2 },
  ],
  ['SHA1-3DES', ['-v1', 'PBE-SHA1-3DES'], 'DES-EDE3-CBC', { name: 'pkcs12', hash: 'sha1', iterations: 2048 }],
  ['SHA1-2DES', ['-v1', 'PBE-SHA1-2DES'], 'DES-EDE3-CBC', { name: 'pkcs12', hash: 'sha1', iterations: 2048 }],
  ['MD5-DES', [...legacy, '-v1', 'PBE-MD5-DES'], 'DES-CBC', { name: 'pkcs5', hash: 'md5', iterations: 2048 }],
  ['SHA1-DES', [...legacy, '-v1', 'PBE-SHA1-DES'], 'DES-CBC', { name: 'pkcs5', hash: 'sha1', iterations: 2048 }],
];

describe.skipIf(missing.length > 0)('schemes of PKCS#8 that openssl writes', () => {
  it.each(schemes)('%s: ours reads it and names it', (name, options, cipher, kdf) => {
    const turn = schemes.findIndex(([each]) => each === name);
    for (const key of [inTurn(pemKeys, turn), inTurn(pemKeys, turn + 5)]) {
      const word = someWord();
      const plain = runAtOnce(writePrivateKey(key, { format: 'pkcs8', random }));
      const theirs = openssl(plain, 'pkcs8', '-topk8', ...options, '-passout', `pass:${word}`);
      expect(inspectPrivateKey(utf8Encode(theirs))).toMatchObject({ format: 'pkcs8', encrypted: true, cipher, kdf });
      expect(open(theirs, word)).toEqual({ outcome: 'key', key, comment: '' });
      expect(open(theirs, `${word}!`)).toEqual({ outcome: 'wrong-passphrase' });
    }
  });

  it('RC2 is named as not supported', () => {
    const plain = runAtOnce(writePrivateKey(ed25519, { format: 'pkcs8', random }));
    const theirs = openssl(plain, 'pkcs8', '-topk8', ...legacy, '-v1', 'PBE-SHA1-RC2-40', '-passout', 'pass:hunter2');
    expect(open(theirs, 'hunter2')).toEqual({ outcome: 'unsupported', what: 'kdf', name: '1.2.840.113549.1.12.1.6' });
  });
});

describe.skipIf(missing.length > 0)('keys that openssl makes', () => {
  it.each([
    ['curve parameters before the key', ['ecparam', '-name', 'secp384r1', '-genkey'], 'ecdsa-sha2-nistp384'],
    ['EC without its public half', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout'], 'ecdsa-sha2-nistp256'],
    ['RSA of three primes', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_primes:3'], undefined],
  ] as const)('%s', (_name, options, type) => {
    const theirs = openssl('', ...options);
    const file = type === 'ecdsa-sha2-nistp256' ? openssl(theirs, 'ec', '-no_public') : theirs;
    if (type === undefined) return expect(() => open(file, '')).toThrow('expected 0, found 1');
    const opened = open(file, '');
    if (opened.outcome !== 'key') throw new Error(opened.outcome);
    expect(opened.key.type).toBe(type);
    expect(publicLineByKeygen(file, '')).toBe(printPublicLine(opened.key));
  });

  it.each([
    ['EC on 1.3.132.0.10', ['ecparam', '-name', 'secp256k1', '-genkey', '-noout']],
    ['EC with explicit parameters', ['ecparam', '-name', 'prime256v1', '-param_enc', 'explicit', '-genkey', '-noout']],
    ['1.3.101.110', ['genpkey', '-algorithm', 'x25519']],
    ['1.2.840.113549.1.1.10', ['genpkey', '-algorithm', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:1024']],
  ] as const)('%s is named as not supported', (name, options) => {
    expect(open(openssl('', ...options), '')).toEqual({ outcome: 'unsupported', what: 'key type', name });
  });

  it('DES-CBC of old is read', () => {
    for (const key of pemKeysOf('ssh-rsa')) {
      const plain = runAtOnce(writePrivateKey(key, { format: 'pkcs1', random }));
      const theirs = openssl(plain, 'rsa', '-traditional', ...legacy, '-des', '-passout', 'pass:hunter2');
      expect(theirs).toContain('DEK-Info: DES-CBC');
      expect(open(theirs, 'hunter2')).toEqual({ outcome: 'key', key, comment: '' });
    }
  });
});

it('every format of private keys is compared with another program here or in ppk.interop.test.ts', () => {
  const here = ['openssh', 'ppk2', 'ppk3', ...new Set(pemCases.map(({ format }) => format))];
  expect(privateKeyFormats.map(({ name }) => name).toSorted()).toEqual(here.toSorted());
});
