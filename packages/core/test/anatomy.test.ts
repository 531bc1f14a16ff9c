import { describe, expect, it } from 'vitest';
import {
  describeKeyFile,
  describeOpenedKeyFile,
  readablePublicKey,
  type Anatomy,
  type AnatomyField,
} from '../src/anatomy/index.ts';
import { emptyKrl, encodeKrl, revoke } from '../src/files/index.ts';
import { encodeRfc4716 } from '../src/keys/formats/rfc4716.ts';
import { findPpkPrivateBlob } from '../src/keys/formats/ppk-private-blobs.ts';
import {
  encodePublicKey,
  encodePublicPem,
  findPrivateKeyFormat,
  generateKey,
  hasPublicPem,
  keyFileCipherNames,
  keyTypes,
  printPublicLine,
  publicKeyOf,
  runAtOnce,
  type PrivateKey,
  type PrivateKeyFormat,
  writePrivateKey,
} from '../src/keys/index.ts';
import { encodePem } from '../src/keys/formats/pem.ts';
import { signatureBlob } from '../src/keys/signature.ts';
import { encodeWith, hexEncode, utf8Encode } from '../src/wire/index.ts';
import { opensshKeys } from './fixtures/openssh-keys.ts';
import { seededRandom } from './seeded-random.ts';

/** All fields, parents before children. */
function flat(fields: readonly AnatomyField[]): readonly AnatomyField[] {
  return fields.flatMap((field) => [field, ...flat(field.children)]);
}

function leavesOf(anatomy: Anatomy, body: number): readonly AnatomyField[] {
  return flat(anatomy.fields).filter(
    ({ span, children }) => span.body === body && !children.some((child) => child.span.body === body),
  );
}

/** Every decoded byte belongs to exactly one field; of the file's own text only line ends and blanks belong to none. */
function expectCovered(anatomy: Anatomy): void {
  anatomy.bodies.forEach((body, index) => {
    let at = 0;
    for (const { span, path } of leavesOf(anatomy, index)) {
      const between = index === 0 ? String.fromCharCode(...body.bytes.subarray(at, span.start)).trim() : '';
      expect(between, path).toMatch(/^,?$/);
      if (index === 0) expect(span.start, path).toBeGreaterThanOrEqual(at);
      else expect(span.start, path).toBe(at);
      at = span.end;
    }
    const rest = body.bytes.subarray(at);
    if (index === 0) expect(String.fromCharCode(...rest).trim()).toBe('');
    else expect(rest).toHaveLength(0);
  });
}

describe('describeKeyFile', () => {
  it('names every part of a public key line', () => {
    const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOZ5mc+Xoo9EZpAeO17hRcqGaKVzuz3JCNGK3OHbO6TF demo@laptop\n';
    const anatomy = describeKeyFile(utf8Encode(line));
    expect(anatomy).toMatchObject({ kind: 'public-line', title: 'Public key, ssh-ed25519', isPrivate: false });
    expect(flat(anatomy.fields).map(({ name, span, value }) => [name, span.body, span.start, span.end, value])).toEqual(
      [
        ['key type', 0, 0, 11, 'ssh-ed25519'],
        ['key in base64', 0, 12, 80, expect.any(String)],
        ['public key', 1, 0, 51, undefined],
        ['length', 1, 0, 4, '11'],
        ['key type', 1, 4, 15, 'ssh-ed25519'],
        ['length', 1, 15, 19, '32'],
        ['public key', 1, 19, 51, expect.stringMatching(/^e6 79 99 cf /)],
        ['comment', 0, 81, 92, 'demo@laptop'],
      ],
    );
    expectCovered(anatomy);
  });

  it.each(opensshKeys.map((fixture) => [`${fixture.openssh} ${fixture.name}`, fixture] as const))(
    'covers every byte of %s',
    (_name, { privateFile, publicLine }) => {
      for (const text of [privateFile, publicLine]) {
        const anatomy = describeKeyFile(utf8Encode(text));
        expect(anatomy.fault).toBeUndefined();
        expectCovered(anatomy);
        for (const { path, explanation } of flat(anatomy.fields)) expect(explanation, path).not.toMatch(/^A part of/);
      }
    },
  );
});

const keys: readonly PrivateKey[] = keyTypes
  .filter((row) => row.generate !== undefined && row.name !== 'ssh-dss')
  .map(({ name: type, allowedBits }) => {
    const bits = type === 'ssh-rsa' ? 1024 : allowedBits.usual;
    return runAtOnce(generateKey({ type, bits, random: seededRandom(`anatomy ${type}`) }));
  });

const passphrase = utf8Encode('word');
const argon2 = { memoryKibibytes: 64, passes: 1, parallelism: 1 };

/** The secret numbers of a key in hexadecimal pairs, as an anatomy would show them. */
function secretsOf(key: PrivateKey): readonly string[] {
  const secret = Object.entries(key).filter(([name]) =>
    ['seed', 'seeds', 'scalar', 'd', 'p', 'q', 'iqmp'].includes(name),
  );
  return secret.map(([, value]) => {
    const hex =
      typeof value === 'bigint'
        ? value.toString(16)
        : hexEncode(value instanceof Uint8Array ? value : new Uint8Array());
    return hex
      .padStart(hex.length + (hex.length % 2), '0')
      .slice(0, 32)
      .replaceAll(/..(?!$)/g, '$& ');
  });
}

function expectExplained(anatomy: Anatomy): void {
  expect(anatomy.fault).toBeUndefined();
  expectCovered(anatomy);
  const all = flat(anatomy.fields);
  for (const { path, explanation } of all) expect(explanation, path).not.toMatch(/^A part of/);
  expect(new Set(all.map(({ path }) => path)).size, 'paths').toBe(all.length);
}

describe.each(keys.map((key) => [key.type, key] as const))('of a key of type %s', (type, key) => {
  const random = seededRandom('anatomy');
  const formats =
    findPpkPrivateBlob(type) === undefined ? (['openssh'] as const) : (['openssh', 'ppk2', 'ppk3'] as const);
  const pemFormats = (['pkcs1', 'sec1', 'pkcs8'] as const).filter((name) => findPrivateKeyFormat(name)?.holds(type));

  it('explains the public line and RFC 4716', () => {
    expectExplained(describeKeyFile(utf8Encode(printPublicLine(key, 'c'))));
    const text = encodeRfc4716({ headers: [{ tag: 'Comment', value: '"c"' }], blob: encodePublicKey(key) });
    expectExplained(describeKeyFile(utf8Encode(text)));
  });

  it.each(formats)('explains a plain %s file, and marks what is secret', (format) => {
    const anatomy = describeKeyFile(utf8Encode(runAtOnce(writePrivateKey(key, { format, comment: 'c', random }))));
    expectExplained(anatomy);
    const leaves = flat(anatomy.fields).filter(({ children }) => children.length === 0);
    for (const secret of secretsOf(key)) {
      const holders = leaves.filter(({ value }) => value?.includes(secret) === true);
      expect(holders.length).toBeGreaterThan(0);
      for (const holder of holders) expect(holder.secret, holder.path).toBe(true);
    }
  });

  it.each(pemFormats)('explains a %s file, plain and encrypted', (format) => {
    for (const word of [new Uint8Array(), passphrase]) {
      const file = utf8Encode(runAtOnce(writePrivateKey(key, { format, random, passphrase: word, iterations: 1 })));
      const anatomy = describeKeyFile(file);
      expectExplained(anatomy);
      const holders = flat(anatomy.fields).filter(({ secret, encrypted }) => secret && encrypted === word.length > 0);
      expect(holders.length).toBeGreaterThan(0);
      const opened = runAtOnce(describeOpenedKeyFile(file, { passphrase }));
      if (opened.outcome !== 'anatomy') throw new Error(opened.outcome);
      expectExplained(opened.anatomy);
      expect(opened.anatomy.bodies).toHaveLength(word.length > 0 ? 3 : 2);
      const shown = flat(opened.anatomy.fields).map(({ value }) => value ?? '');
      for (const secret of secretsOf(key)) expect(shown.some((value) => value.includes(secret))).toBe(true);
      if (word.length > 0)
        expect(runAtOnce(describeOpenedKeyFile(file, { passphrase: utf8Encode('wrong') }))).toEqual({
          outcome: 'wrong-passphrase',
        });
    }
    if (hasPublicPem(type)) expectExplained(describeKeyFile(utf8Encode(encodePublicPem(key))));
  });

  it.each(formats)('explains an encrypted %s file, locked and opened', (format) => {
    const options = { format, comment: 'c', random, passphrase, rounds: 1, argon2 };
    const file = utf8Encode(runAtOnce(writePrivateKey(key, options)));
    const locked = describeKeyFile(file);
    expectExplained(locked);
    expect(flat(locked.fields).some(({ encrypted, secret }) => encrypted && secret)).toBe(true);
    const opened = runAtOnce(describeOpenedKeyFile(file, { passphrase }));
    if (opened.outcome !== 'anatomy') throw new Error(opened.outcome);
    expectExplained(opened.anatomy);
    expect(opened.anatomy.bodies.at(-1)?.origin.encoding).toBe('decrypted');
    const shown = flat(opened.anatomy.fields).map(({ value }) => value ?? '');
    for (const secret of secretsOf(key)) expect(shown.some((value) => value.includes(secret))).toBe(true);
    expect(runAtOnce(describeOpenedKeyFile(file, { passphrase: utf8Encode('wrong') }))).toEqual({
      outcome: 'wrong-passphrase',
    });
  });

  it('describes a file cut anywhere, with its fault, and never throws', () => {
    for (const format of formats) {
      const file = utf8Encode(runAtOnce(writePrivateKey(key, { format, random })));
      for (let size = 0; size < file.length - 1; size += 7) {
        expect(describeKeyFile(file.subarray(0, size)).fault, `${format} ${size}`).toBeDefined();
      }
    }
  });
});

it('describeKeyFile explains each option of an authorized_keys line, and where it stands', () => {
  const [key] = keys;
  if (key === undefined) throw new Error('no key');
  const options = 'restrict,command="echo \\"a, b\\"",from="10.0.0.0/8",no-pty';
  const anatomy = describeKeyFile(utf8Encode(`# mine\n\t${options} ${printPublicLine(key, 'c')}\n`));
  expect(anatomy.kind).toBe('authorized-keys-line');
  expect(anatomy.fields[0]?.children.map(({ name, value }) => [name, value])).toEqual([
    ['option restrict', 'restrict'],
    ['option command', 'command="echo \\"a, b\\""'],
    ['option from', 'from="10.0.0.0/8"'],
    ['option no-pty', 'no-pty'],
  ]);
});

describe('describeKeyFile of a line of known_hosts', () => {
  const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOZ5mc+Xoo9EZpAeO17hRcqGaKVzuz3JCNGK3OHbO6TF';
  const hashed = '|1|BwcHBwcHBwcHBwcHBwcHBwcHBwc=|BwcHBwcHBwcHBwcHBwcHBwcHBwc=';

  it.each([
    [`web1,[web1]:2222 ${line}`, [['hosts', 'web1,[web1]:2222']]],
    [`${hashed} ${line}`, [['hashed host', hashed]]],
    [
      `@revoked * ${line}`,
      [
        ['marker revoked', '@revoked'],
        ['hosts', '*'],
      ],
    ],
    [
      `@cert-authority *.example.com ${line} CA`,
      [
        ['marker cert-authority', '@cert-authority'],
        ['hosts', '*.example.com'],
      ],
    ],
  ])('%s', (text, before) => {
    const anatomy = describeKeyFile(utf8Encode(`${text}\n`));
    expect(anatomy).toMatchObject({ kind: 'known-hosts-line', title: 'Line of known_hosts, ssh-ed25519' });
    expect(anatomy.fields.slice(0, before.length).map(({ name, value }) => [name, value])).toEqual(before);
    expectExplained(anatomy);
  });
});

it('describeKeyFile explains the base64 of a key that stands alone, and no other base64', () => {
  const base64 = 'AAAAC3NzaC1lZDI1NTE5AAAAIOZ5mc+Xoo9EZpAeO17hRcqGaKVzuz3JCNGK3OHbO6TF';
  const anatomy = describeKeyFile(utf8Encode(`  ${base64}\n`));
  expect(anatomy).toMatchObject({ kind: 'public-blob', title: 'Public key in base64, ssh-ed25519', fault: undefined });
  expectExplained(anatomy);
  expect(describeKeyFile(utf8Encode('aGVsbG8gd29ybGQ=\n')).kind).toBe('unknown');
});

const namesOf = (anatomy: Anatomy): readonly string[] => flat(anatomy.fields).map(({ name }) => name);

describe('describeKeyFile of a file that was cut off', () => {
  const random = seededRandom('cut off');
  const [key] = keys;
  const write = (format: PrivateKeyFormat, words: string) => {
    if (key === undefined) throw new Error('no key');
    const options = { format, random, passphrase: utf8Encode(words), comment: 'c', rounds: 1, argon2 };
    return runAtOnce(writePrivateKey(key, options));
  };

  it.each(['openssh', 'ppk3', 'ppk2', 'pkcs8'] as const)('%s: never called unencrypted when it is not', (format) => {
    const file = utf8Encode(write(format, 'secret'));
    for (let size = 0; size < file.length; size += 1) {
      const { title, isEncrypted } = describeKeyFile(file.subarray(0, size));
      expect(isEncrypted, `${size}`).not.toBe(false);
      expect(title, `${size}`).not.toContain('not encrypted');
    }
  });

  it('openssh: says what there is to say, and shows the fields that are there', () => {
    const text = write('openssh', 'secret');
    const [begin, early, late] = [36, 40, 200].map((size) => describeKeyFile(utf8Encode(text.slice(0, size))));
    expect(begin).toMatchObject({ title: 'OpenSSH private key', isEncrypted: undefined });
    expect(early).toMatchObject({ title: 'OpenSSH private key', isEncrypted: undefined });
    expect(late).toMatchObject({ title: 'OpenSSH private key, encrypted', isEncrypted: true });
    expect(late === undefined ? [] : namesOf(late)).toEqual(expect.arrayContaining(['magic', 'cipher', 'salt']));
    const plain = describeKeyFile(utf8Encode(write('openssh', '').slice(0, 150)));
    expect(plain).toMatchObject({ title: 'OpenSSH private key, not encrypted', isEncrypted: false });
  });

  it('readablePublicKey gives the public half once its blob is whole, and never a part of it', () => {
    for (const each of keys) {
      const text = runAtOnce(
        writePrivateKey(each, { format: 'openssh', random, passphrase: utf8Encode('x'), rounds: 1 }),
      );
      const wanted = publicKeyOf(each);
      let whole = 0;
      for (let size = 0; size <= text.length; size += 13) {
        const read = readablePublicKey(describeKeyFile(utf8Encode(text.slice(0, size))));
        if (read !== undefined) expect(read).toEqual(wanted);
        else if (whole > 0) throw new Error(`lost again at ${size}`);
        if (read !== undefined) whole += 1;
      }
      expect(whole).toBeGreaterThan(text.length / 60);
    }
    expect(readablePublicKey(describeKeyFile(utf8Encode('no key')))).toBeUndefined();
  });

  it('ppk3: shows the public key as far as it goes', () => {
    const text = write('ppk3', 'secret');
    const anatomy = describeKeyFile(utf8Encode(text.slice(0, text.indexOf('Key-Derivation') - 8)));
    expect(anatomy).toMatchObject({ title: 'PuTTY private key, version 3, encrypted', isEncrypted: true });
    expect(namesOf(anatomy)).toEqual(expect.arrayContaining(['public key in base64', 'key type']));
  });
});

it('what may stand at the end and does not is no field', () => {
  const random = seededRandom('no tag');
  const [key] = keys;
  if (key === undefined) throw new Error('no key');
  const file = runAtOnce(writePrivateKey(key, { passphrase: utf8Encode('secret'), rounds: 1, random }));
  expect(flat(describeKeyFile(utf8Encode(file)).fields).map(({ path }) => path)).not.toContain('openssh-key-v1.tag');
});

it('describeKeyFile explains an SSHSIG', () => {
  const [key] = keys;
  if (key === undefined) throw new Error('no key');
  const signature = signatureBlob.encode({
    algorithm: key.type,
    signature: new Uint8Array(64),
    extra: new Uint8Array(),
  });
  const head = utf8Encode('SSHSIG');
  const body = encodeWith((writer) => {
    writer.raw(head);
    writer.uint32(1);
    writer.string(encodePublicKey(key));
    for (const text of ['file', '', 'sha512']) writer.string(utf8Encode(text));
    writer.string(signature);
  });
  const text = encodePem({ label: 'SSH SIGNATURE', headers: new Map(), body }, 70);
  const anatomy = describeKeyFile(utf8Encode(text));
  expect(anatomy.kind).toBe('sshsig');
  expectExplained(anatomy);
});

it.each(keyFileCipherNames)('describeOpenedKeyFile opens an openssh file of %s', (cipher) => {
  const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random: seededRandom('cipher') }));
  const secret = utf8Encode('correct horse');
  const options = { cipher, passphrase: secret, rounds: 1, random: seededRandom(cipher) };
  const file = utf8Encode(runAtOnce(writePrivateKey(key, options)));
  expect(runAtOnce(describeOpenedKeyFile(file, { passphrase: secret })).outcome).toBe('anatomy');
});

describe('describeKeyFile of a revocation list', () => {
  const [key] = keys;
  if (key === undefined) throw new Error('no key');
  const authority = publicKeyOf(key);
  const serials = [1n, 9n, 14n, 17n, 20n, 33n, 2n ** 40n].map((first) => ({ first, last: first }));
  const ranges = [{ first: 5000n, last: 2n ** 30n }, ...serials];
  const krl = revoke({ ...emptyKrl({ version: 7n, generated: 1_800_000_000n }), comment: 'lost laptops' }, [
    { type: 'key', blob: encodePublicKey(key) },
    { type: 'sha1', digest: new Uint8Array(20) },
    { type: 'sha256', digest: new Uint8Array(32) },
    ...ranges.map((range) => ({ type: 'serials', authority, range }) as const),
    { type: 'key-id', authority: undefined, keyId: 'joe' },
  ]);
  const file = encodeKrl(krl);

  it('explains every byte, of every kind of section', () => {
    const anatomy = describeKeyFile(file);
    expect(anatomy).toMatchObject({ kind: 'krl', title: 'Key revocation list', fault: undefined, isPrivate: false });
    expectExplained(anatomy);
    const leaves = leavesOf(anatomy, 0);
    expect(leaves.map(({ span }) => span.start)).toEqual([0, ...leaves.slice(0, -1).map(({ span }) => span.end)]);
    expect(leaves.at(-1)?.span.end).toBe(file.length);
    const shown = new Map(leaves.map(({ path, value }) => [path, value]));
    expect(shown.get('krl.version')).toBe('7');
    expect(shown.get('krl.comment')).toBe('lost laptops');
    expect([...shown.values()]).toEqual(expect.arrayContaining(['joe', String(2n ** 30n), String(2n ** 40n)]));
  });

  it('shows the fields before a cut, and where it is', () => {
    for (let size = 8; size < file.length; size += 5) {
      const anatomy = describeKeyFile(file.subarray(0, size));
      expect(anatomy.kind).toBe('krl');
      expect(anatomy.fault, `${size} bytes`).toBeDefined();
    }
  });
});
