/** Every primitive of keys against the vectors of Project Wycheproof; vectors/README.md names the source and what was left out. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  nobleProvider,
  runAtOnce,
  type HashName,
  type NistCurveName,
  type SignaturePair,
} from '../src/crypto/index.ts';
import { isProbablePrime } from '../src/crypto/rsa-generation.ts';
import { integer, sequence } from '../src/keys/formats/der.ts';
import { openPrivateKey } from '../src/keys/index.ts';
import { bigintFromBytes } from '../src/wire/bytes.ts';
import { DecodeError, hexDecode, hexEncode, utf8Encode } from '../src/wire/index.ts';
import { seededRandom } from './seeded-random.ts';

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly flags: readonly string[];
}

interface VectorFile<G, V> {
  readonly numberOfTests: number;
  readonly testGroups: readonly (G & { readonly tests: readonly (Vector & V)[] })[];
}

interface Case<G, V> {
  readonly group: G;
  readonly vector: Vector & V;
}

function load<G, V>(name: string): Case<G, V>[] {
  const text = readFileSync(new URL(`vectors/wycheproof/${name}.json`, import.meta.url), 'utf8');
  const file: VectorFile<G, V> = JSON.parse(text);
  const cases = file.testGroups.flatMap((group) => group.tests.map((vector) => ({ group, vector })));
  if (cases.length === 0 || cases.length !== file.numberOfTests) throw new Error(`${name}: ${cases.length} vectors`);
  return cases;
}

function bytes(hex: string): Uint8Array {
  const decoded = hexDecode(hex);
  if (decoded === undefined) throw new Error(`no hexadecimal: ${hex}`);
  return decoded;
}

const number = (hex: string): bigint => bigintFromBytes(bytes(hex.length % 2 === 0 ? hex : `0${hex}`));

/** The cases for which the answer is not the one wanted, each with its number and comment; none is what a test wants. */
function wrong<G, V>(cases: readonly Case<G, V>[], isRight: (one: Case<G, V>) => boolean): string[] {
  return cases
    .filter((one) => !isRight(one))
    .map(({ vector }) => `${vector.tcId} ${vector.result} ${vector.comment} [${vector.flags.join()}]`);
}

interface Signed {
  readonly msg: string;
  readonly sig: string;
}

const derPair = sequence('signature', { r: integer, s: integer });

/** Our DER is strict: what is no such pair is no signature. */
function decodePair(sig: string): SignaturePair | undefined {
  try {
    return derPair.decode(bytes(sig));
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

const hashNames: Readonly<Record<string, 'sha1' | 'sha256' | 'sha512'>> = {
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-512': 'sha512',
};

function hashOf(sha: string): 'sha1' | 'sha256' | 'sha512' {
  const hash = hashNames[sha];
  if (hash === undefined) throw new Error(`a hash without signature algorithm: ${sha}`);
  return hash;
}

describe('Wycheproof: Ed25519', () => {
  const cases = load<{ key: { pk: string; sk: string } }, Signed>('eddsa');

  it('verifies the valid signatures and no other', () => {
    const verifies = ({ group: { key }, vector: { msg, sig } }: (typeof cases)[number]): boolean =>
      nobleProvider.ed25519.verify({ message: bytes(msg), signature: bytes(sig), publicKey: bytes(key.pk) });
    expect(wrong(cases, (one) => verifies(one) === (one.vector.result === 'valid'))).toEqual([]);
  });

  it('makes the same public key and the same signature', () => {
    const valid = cases.filter(({ vector }) => vector.result === 'valid');
    const signs = ({ group: { key }, vector: { msg, sig } }: (typeof cases)[number]): boolean =>
      hexEncode(nobleProvider.ed25519.publicKey(bytes(key.sk))) === key.pk &&
      hexEncode(nobleProvider.ed25519.sign(bytes(msg), bytes(key.sk))) === sig;
    expect(wrong(valid, signs)).toEqual([]);
  });
});

const ecdsaFiles: readonly (readonly [NistCurveName, string])[] = [
  ['nistp256', 'ecdsa_secp256r1_sha256'],
  ['nistp384', 'ecdsa_secp384r1_sha384'],
  ['nistp521', 'ecdsa_secp521r1_sha512'],
];

describe('Wycheproof: ECDSA', () => {
  it.each(ecdsaFiles)('%s: verifies the valid signatures in strict DER and no other', (curve, file) => {
    const cases = load<{ key: { uncompressed: string } }, Signed>(file);
    const verifies = ({ group: { key }, vector: { msg, sig } }: (typeof cases)[number]): boolean => {
      const signature = decodePair(sig);
      const publicKey = bytes(key.uncompressed);
      return (
        signature !== undefined && nobleProvider.ecdsa[curve].verify({ message: bytes(msg), signature, publicKey })
      );
    };
    expect(wrong(cases, (one) => verifies(one) === (one.vector.result === 'valid'))).toEqual([]);
  });
});

const ecdhFiles: readonly (readonly [NistCurveName, string])[] = [
  ['nistp256', 'ecdh_secp256r1_ecpoint'],
  ['nistp384', 'ecdh_secp384r1_ecpoint'],
  ['nistp521', 'ecdh_secp521r1_ecpoint'],
];

interface Agreement {
  readonly public: string;
  readonly private: string;
  readonly shared: string;
}

describe('Wycheproof: Diffie-Hellman', () => {
  it.each(ecdhFiles)('%s: the shared secret, and none for what is no uncompressed point', (curve, file) => {
    const cases = load<object, Agreement>(file);
    const agrees = ({ vector }: (typeof cases)[number]): boolean => {
      const secret = nobleProvider.ecdh[curve].sharedSecret(number(vector.private), bytes(vector.public));
      return (secret && hexEncode(secret)) === (vector.result === 'valid' ? vector.shared : undefined);
    };
    expect(wrong(cases, agrees)).toEqual([]);
  });

  it('x25519: the shared secret, and none where it is all zeros', () => {
    const cases = load<object, Agreement>('x25519');
    const agrees = ({ vector }: (typeof cases)[number]): boolean => {
      const secret = nobleProvider.x25519.sharedSecret(bytes(vector.private), bytes(vector.public));
      return (secret && hexEncode(secret)) === (/^0+$/.test(vector.shared) ? undefined : vector.shared);
    };
    expect(wrong(cases, agrees)).toEqual([]);
  });
});

interface RsaGroup {
  readonly n: string;
  readonly e: string;
  readonly sha: string;
}

const rsaFiles = [
  'rsa_signature_2048_sha256',
  'rsa_signature_2048_sha512',
  'rsa_signature_3072_sha256',
  'rsa_signature_3072_sha512',
  'rsa_signature_4096_sha512',
  'rsa_signature',
] as const;

/** Short signatures and small moduli count; OpenSSL as well refuses a DigestInfo without its NULL. */
const isRsaSignature = ({ result, flags }: Vector): boolean => result !== 'invalid' && !flags.includes('MissingNull');

describe('Wycheproof: RSASSA-PKCS1-v1_5', () => {
  it.each(rsaFiles)('%s: verifies the valid signatures, not a DigestInfo without NULL, and no other', (file) => {
    const cases = load<RsaGroup, Signed>(file);
    const verifies = ({ group, vector }: (typeof cases)[number]): boolean =>
      nobleProvider.rsa.verify({
        message: bytes(vector.msg),
        signature: bytes(vector.sig),
        key: { n: number(group.n), e: number(group.e) },
        hash: hashOf(group.sha),
      });
    expect(wrong(cases, (one) => verifies(one) === isRsaSignature(one.vector))).toEqual([]);
  });

  it('opens the private keys and makes the same signatures, with SHA-1, SHA-256 and SHA-512', () => {
    const cases = load<RsaGroup & { privateKeyPem: string }, Signed>('rsa_sig_gen_misc');
    const random = seededRandom('rsa');
    const signs = ({ group, vector }: (typeof cases)[number]): boolean => {
      const opened = runAtOnce(openPrivateKey(utf8Encode(`${group.privateKeyPem}\n`)));
      if (opened.outcome !== 'key' || opened.key.type !== 'ssh-rsa') return false;
      const request = { message: bytes(vector.msg), key: opened.key, hash: hashOf(group.sha), random };
      return hexEncode(nobleProvider.rsa.sign(request)) === vector.sig;
    };
    expect(wrong(cases, signs)).toEqual([]);
  });
});

describe('Wycheproof: DSA', () => {
  it('verifies the valid signatures in strict DER and no other', () => {
    const cases = load<{ key: { p: string; q: string; g: string; y: string } }, Signed>('dsa');
    const verifies = ({ group: { key }, vector: { msg, sig } }: (typeof cases)[number]): boolean => {
      const signature = decodePair(sig);
      const [p, q, g, y] = [number(key.p), number(key.q), number(key.g), number(key.y)];
      return (
        signature !== undefined && nobleProvider.dsa.verify({ message: bytes(msg), signature, key: { p, q, g, y } })
      );
    };
    expect(wrong(cases, (one) => verifies(one) === (one.vector.result === 'valid'))).toEqual([]);
  });
});

describe('Wycheproof: HMAC', () => {
  it.each<HashName>(['sha1', 'sha256', 'sha512'])('%s: the tag of a valid vector and of no other', (hash) => {
    const cases = load<{ tagSize: number }, { key: string; msg: string; tag: string }>(`hmac_${hash}`);
    const agrees = ({ group, vector }: (typeof cases)[number]): boolean => {
      const tag = nobleProvider.hmac(hash, bytes(vector.key)).compute(bytes(vector.msg));
      return (hexEncode(tag).slice(0, group.tagSize / 4) === vector.tag) === (vector.result === 'valid');
    };
    expect(wrong(cases, agrees)).toEqual([]);
  });
});

describe('Wycheproof: primality', () => {
  it('isProbablePrime tells primes from Carmichael numbers and the worst cases of Miller and Rabin', () => {
    const cases = load<object, { value: string }>('primality');
    const random = seededRandom('primality');
    const agrees = ({ vector }: (typeof cases)[number]): boolean =>
      isProbablePrime(number(vector.value), random) === (vector.result === 'valid');
    expect(wrong(cases, agrees)).toEqual([]);
  });
});
