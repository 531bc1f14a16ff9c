/** DER that is made to hurt: elements in elements, and object identifiers that are the right ones only to a reader that overflows. */
import { describe, expect, it } from 'vitest';
import { describeKeyFile } from '../src/anatomy/index.ts';
import { ecdsaCurveIdentifiers, ecPrivateKeyFormat } from '../src/keys/formats/asn1/ecdsa.ts';
import { objectIdentifier } from '../src/keys/formats/der.ts';
import { decodePem, encodePem } from '../src/keys/formats/pem.ts';
import { pbes2Format } from '../src/keys/formats/pbes.ts';
import { subjectPublicKeyInfo } from '../src/keys/formats/pem-public.ts';
import { encryptedPrivateKeyInfoFormat, privateKeyInfoFormat } from '../src/keys/formats/pkcs8.ts';
import {
  encodePublicPem,
  inspectPrivateKey,
  openPrivateKey,
  readPublicKeyFile,
  runAtOnce,
  writePrivateKey,
  type OpenedPrivateKey,
  type PrivateKey,
  type PrivateKeyFormat,
} from '../src/keys/index.ts';
import { concatBytes, DecodeError, utf8Encode } from '../src/wire/index.ts';
import { fixtureKey } from './fixture-keys.ts';
import { seededRandom } from './seeded-random.ts';

const passphrase = utf8Encode('word');
const fileOf = (label: string, body: Uint8Array): Uint8Array =>
  utf8Encode(encodePem({ label, headers: new Map(), body }, 64));
const open = (file: Uint8Array): OpenedPrivateKey => runAtOnce(openPrivateKey(file, { passphrase }));

function bodyOf(key: PrivateKey, format: PrivateKeyFormat, word = new Uint8Array()): Uint8Array {
  const options = { format, passphrase: word, iterations: 1, random: seededRandom('der') };
  return decodePem(utf8Encode(runAtOnce(writePrivateKey(key, options)))).body;
}

function headerOf(tag: number, size: number): Uint8Array {
  if (size < 0x80) return Uint8Array.of(tag, size);
  if (size < 0x100) return Uint8Array.of(tag, 0x81, size);
  if (size < 0x1_0000) return Uint8Array.of(tag, 0x82, size >> 8, size & 0xff);
  return Uint8Array.of(tag, 0x83, size >> 16, (size >> 8) & 0xff, size & 0xff);
}

/** An empty element in others of its kind. */
function nested(tag: number, depth: number): Uint8Array {
  const headers: Uint8Array[] = [];
  let size = 0;
  for (let level = 0; level < depth; level++) {
    const header = headerOf(tag, size);
    headers.push(header);
    size += header.length;
  }
  return concatBytes(...headers.toReversed());
}

const sequenceTag = 0x30;
const explicitTag = 0xa0;
const readers: readonly (readonly [string, (file: Uint8Array) => unknown])[] = [
  ['RSA PRIVATE KEY', open],
  ['EC PRIVATE KEY', open],
  ['DSA PRIVATE KEY', open],
  ['PRIVATE KEY', open],
  ['ENCRYPTED PRIVATE KEY', open],
  ['PUBLIC KEY', readPublicKeyFile],
  ['RSA PUBLIC KEY', readPublicKeyFile],
];

describe('DER in DER', () => {
  it.each(readers)('%s of elements in elements, up to 20,000 deep: refused, not a full stack', (label, read) => {
    for (const depth of [1, 16, 17, 20_000]) {
      const file = fileOf(label, nested(sequenceTag, depth));
      expect(() => read(file), `${depth} deep`).toThrow(DecodeError);
      expect(() => describeKeyFile(file)).not.toThrow();
    }
  });

  const deep = nested(sequenceTag, 20_000);

  it('is not walked into where anything may stand: parameters of an unknown algorithm', () => {
    const info = privateKeyInfoFormat.decode(bodyOf(fixtureKey('ssh-ed25519'), 'pkcs8'));
    const privateKeyAlgorithm = { algorithm: '1.2.3', parameters: deep };
    const file = fileOf('PRIVATE KEY', privateKeyInfoFormat.encode({ ...info, privateKeyAlgorithm }));
    expect(open(file)).toEqual({ outcome: 'unsupported', what: 'key type', name: '1.2.3' });
    expect(() => describeKeyFile(file)).not.toThrow();
  });

  it('is not walked into where anything may stand: attributes of a key', () => {
    const key = fixtureKey('ssh-ed25519');
    const body = bodyOf(key, 'pkcs8');
    const attributes = concatBytes(headerOf(explicitTag, deep.length), deep);
    const inner = concatBytes(body.subarray(2), attributes);
    const file = fileOf('PRIVATE KEY', concatBytes(headerOf(sequenceTag, inner.length), inner));
    expect(open(file)).toMatchObject({ outcome: 'key', key });
    expect(() => describeKeyFile(file)).not.toThrow();
  });

  it('is not walked into where anything may stand: curves by their numbers', () => {
    const format = ecPrivateKeyFormat.decode(bodyOf(fixtureKey('ecdsa-sha2-nistp256'), 'sec1'));
    const file = fileOf('EC PRIVATE KEY', ecPrivateKeyFormat.encode({ ...format, parameters: deep }));
    expect(open(file)).toMatchObject({ outcome: 'unsupported', what: 'key type' });
    expect(() => describeKeyFile(file)).not.toThrow();
  });

  it('that is well formed is less than 16 deep, the limit: the codecs have no more', () => {
    const encrypted = bodyOf(fixtureKey('ssh-ed25519'), 'pkcs8', passphrase);
    const { encryptionAlgorithm } = encryptedPrivateKeyInfoFormat.decode(encrypted);
    const depths = [
      encryptedPrivateKeyInfoFormat.spans(encrypted),
      pbes2Format.spans(encryptionAlgorithm.parameters),
      privateKeyInfoFormat.spans(bodyOf(fixtureKey('ssh-rsa'), 'pkcs8')),
    ].map((spans) => Math.max(...spans.map(({ depth }) => depth)));
    expect(depths.reduce((sum, depth) => sum + depth)).toBeLessThan(16);
  });
});

/** The identifier with a power of two added to one of its arcs: the same to a reader whose arcs wrap around. */
function wrapped(identifier: string, at: number, bits: number): string {
  const arcs = identifier.split('.').map(BigInt);
  return arcs.map((arc, index) => (index === at ? arc + (1n << BigInt(bits)) : arc)).join('.');
}

const wrappings = [28, 31, 32, 35, 53, 63, 64, 128].flatMap((bits) => [2, -1].map((at) => ({ bits, at })));

/** All that an identifier can be changed to. */
const allWrapped = (identifier: string): readonly string[] =>
  wrappings.map(({ bits, at }) => wrapped(identifier, at < 0 ? identifier.split('.').length - 1 : at, bits));

describe('object identifiers with arcs beyond 2^32 (CVE-2025-66030)', () => {
  it('of key algorithms in PKCS#8 are other algorithms', () => {
    for (const type of ['ssh-rsa', 'ssh-ed25519', 'ssh-dss', 'ecdsa-sha2-nistp256'] as const) {
      const info = privateKeyInfoFormat.decode(bodyOf(fixtureKey(type), 'pkcs8'));
      const { privateKeyAlgorithm } = info;
      for (const algorithm of allWrapped(privateKeyAlgorithm.algorithm)) {
        const changed = { ...info, privateKeyAlgorithm: { ...privateKeyAlgorithm, algorithm } };
        const opened = open(fileOf('PRIVATE KEY', privateKeyInfoFormat.encode(changed)));
        expect(opened).toEqual({ outcome: 'unsupported', what: 'key type', name: algorithm });
      }
    }
  });

  it('of curves in SEC1 are other curves', () => {
    const format = ecPrivateKeyFormat.decode(bodyOf(fixtureKey('ecdsa-sha2-nistp256'), 'sec1'));
    for (const curve of allWrapped(ecdsaCurveIdentifiers['ecdsa-sha2-nistp256'])) {
      const parameters = objectIdentifier.encode(curve);
      const opened = open(fileOf('EC PRIVATE KEY', ecPrivateKeyFormat.encode({ ...format, parameters })));
      expect(opened).toEqual({ outcome: 'unsupported', what: 'key type', name: `EC on ${curve}` });
    }
  });

  it('of key algorithms in PUBLIC KEY are refused', () => {
    for (const type of ['ssh-rsa', 'ssh-ed25519', 'ecdsa-sha2-nistp256'] as const) {
      const { body } = decodePem(utf8Encode(encodePublicPem(fixtureKey(type))));
      const info = subjectPublicKeyInfo.decode(body);
      for (const algorithm of allWrapped(info.algorithm.algorithm)) {
        const changed = { ...info, algorithm: { ...info.algorithm, algorithm } };
        expect(() => readPublicKeyFile(fileOf('PUBLIC KEY', subjectPublicKeyInfo.encode(changed)))).toThrow(
          DecodeError,
        );
      }
    }
  });

  it('of encryption schemes and key derivations are other ones', () => {
    const info = encryptedPrivateKeyInfoFormat.decode(bodyOf(fixtureKey('ssh-ed25519'), 'pkcs8', passphrase));
    const { encryptionAlgorithm } = info;
    const seal = (changed: typeof encryptionAlgorithm) =>
      fileOf('ENCRYPTED PRIVATE KEY', encryptedPrivateKeyInfoFormat.encode({ ...info, encryptionAlgorithm: changed }));
    expect(open(seal(encryptionAlgorithm))).toMatchObject({ outcome: 'key' });
    for (const algorithm of allWrapped(encryptionAlgorithm.algorithm)) {
      const file = seal({ ...encryptionAlgorithm, algorithm });
      expect(open(file)).toEqual({ outcome: 'unsupported', what: 'kdf', name: algorithm });
      expect(inspectPrivateKey(file)).toMatchObject({ kdf: { name: 'unknown', identifier: algorithm } });
    }
    const scheme = pbes2Format.decode(encryptionAlgorithm.parameters);
    for (const algorithm of allWrapped(scheme.keyDerivationFunc.algorithm)) {
      const keyDerivationFunc = { ...scheme.keyDerivationFunc, algorithm };
      const file = seal({ ...encryptionAlgorithm, parameters: pbes2Format.encode({ ...scheme, keyDerivationFunc }) });
      expect(open(file)).toEqual({ outcome: 'unsupported', what: 'kdf', name: algorithm });
    }
  });

  it('longer than 64 bytes are refused', () => {
    const info = privateKeyInfoFormat.decode(bodyOf(fixtureKey('ssh-ed25519'), 'pkcs8'));
    const privateKeyAlgorithm = { algorithm: wrapped('1.2.3', 2, 500), parameters: new Uint8Array() };
    const file = fileOf('PRIVATE KEY', privateKeyInfoFormat.encode({ ...info, privateKeyAlgorithm }));
    expect(() => open(file)).toThrow(DecodeError);
  });
});
