/**
 * Password-based encryption schemes of PKCS#8 (RFC 8018, RFC 7292 appendix C, RFC 7914 section 7): PBES2 with PBKDF2 or scrypt, and PBES1
 * for reading. Writing is as `ssh-keygen -m PKCS8`: PBES2, PBKDF2 with HMAC-SHA256 and 2,048 iterations, AES-128-CBC.
 */
import { pbkdf1, pkcs12Kdf } from '../../crypto/pbes1-kdf.ts';
import { pbkdf2, type Pbkdf2HashName } from '../../crypto/pbkdf2.ts';
import { scrypt } from '../../crypto/scrypt.ts';
import type { LongWork } from '../../long-work.ts';
import type { ValueOf } from '../../wire/codec.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { utf8Decode } from '../../wire/text.ts';
import {
  algorithmIdentifier,
  decodePart,
  nullParameters,
  type AlgorithmIdentifier,
} from './asn1/algorithm-identifier.ts';
import { blockCiphers, desCbc, tripleDesCbc, type BlockCipher } from './block-ciphers.ts';
import { integer, octetString, optionalInteger, optionalSequence, sequence } from './der.ts';
import type { CipherSecret } from './openssh-ciphers.ts';
import type { KeyDerivation, KeyFileLimits, OpenedPrivateKey } from './private-key-file.ts';

const pbes2Identifier = '1.2.840.113549.1.5.13';
const pbkdf2Identifier = '1.2.840.113549.1.5.12';
const scryptIdentifier = '1.3.6.1.4.1.11591.4.11';

export const pbes2Format = sequence('PBES2-params', {
  keyDerivationFunc: algorithmIdentifier,
  encryptionScheme: algorithmIdentifier,
});

export const pbkdf2Format = sequence('PBKDF2-params', {
  salt: octetString,
  iterationCount: integer,
  keyLength: optionalInteger,
  /** HMAC-SHA1 if not there. */
  prf: optionalSequence(algorithmIdentifier),
});

export const scryptFormat = sequence('scrypt-params', {
  salt: octetString,
  costParameter: integer,
  blockSize: integer,
  parallelizationParameter: integer,
  keyLength: optionalInteger,
});

export const pbes1Format = sequence('PBEParameter', { salt: octetString, iterationCount: integer });

/** The HMACs of PBKDF2 (RFC 8018 appendix B.1.2). */
const pseudorandomFunctions: Readonly<Record<Pbkdf2HashName, string>> = {
  sha1: '1.2.840.113549.2.7',
  sha224: '1.2.840.113549.2.8',
  sha256: '1.2.840.113549.2.9',
  sha384: '1.2.840.113549.2.10',
  sha512: '1.2.840.113549.2.11',
};

const hashNames = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const satisfies readonly Pbkdf2HashName[];

/** A key and an initialization vector, by long work. */
type DeriveSecret = (passphrase: Uint8Array) => LongWork<CipherSecret>;

/** What an AlgorithmIdentifier of encryption means. */
export interface PasswordScheme {
  /** OpenSSL's name, or the object identifier. */
  readonly cipherName: string;
  /** Undefined for one that is not known. */
  readonly cipher: BlockCipher | undefined;
  readonly kdf: KeyDerivation;
  /** Undefined for a derivation that is not known. */
  readonly derive: DeriveSecret | undefined;
}

type UnsupportedScheme = Extract<OpenedPrivateKey, { readonly outcome: 'unsupported' }>;

/** The scheme as an outcome, where something in it is not known. */
export function unsupportedScheme({ cipherName, cipher, kdf }: PasswordScheme): UnsupportedScheme | undefined {
  if (kdf.name === 'unknown') return { outcome: 'unsupported', what: 'kdf', name: kdf.identifier };
  return cipher === undefined ? { outcome: 'unsupported', what: 'cipher', name: cipherName } : undefined;
}

/** Where the AlgorithmIdentifier was decoded from, and what it may ask for. */
export interface SchemeContext {
  readonly whole: Uint8Array;
  readonly path: string;
  readonly limits: KeyFileLimits;
}

/** Throws DecodeError for what is malformed or above a limit. */
export function decodeScheme(scheme: AlgorithmIdentifier, context: SchemeContext): PasswordScheme {
  if (scheme.algorithm === pbes2Identifier) return decodePbes2(scheme, context);
  const pbes1 = pbes1Schemes.find((row) => row.identifier === scheme.algorithm);
  return pbes1 === undefined ? unknownScheme(scheme.algorithm) : decodePbes1(pbes1, scheme, context);
}

function unknownScheme(identifier: string): PasswordScheme {
  return { cipherName: identifier, cipher: undefined, kdf: { name: 'unknown', identifier }, derive: undefined };
}

/** The number, if it is from 1 to the maximum. */
function bounded(value: bigint, { maximum, what, at }: { maximum: number; what: string; at: DecodeError }): number {
  if (value >= 1n && value <= BigInt(maximum)) return Number(value);
  throw new DecodeError(`expected 1 to ${maximum} ${what}, found ${value}`, at);
}

function positionOf(part: Uint8Array, { whole, path }: SchemeContext): DecodeError {
  return new DecodeError('', { path, offset: part.byteOffset - whole.byteOffset });
}

/** Where the iterations stand: in PKCS #5 and #12 alike right after the salt. */
function positionOfIterations(salt: Uint8Array, { whole, path }: SchemeContext): DecodeError {
  const offset = salt.byteOffset - whole.byteOffset + salt.length;
  return new DecodeError('', { path: `${path}.iterationCount`, offset });
}

function decodePbes2({ parameters }: AlgorithmIdentifier, context: SchemeContext): PasswordScheme {
  const { whole, path } = context;
  const { keyDerivationFunc, encryptionScheme } = decodePart({ whole, part: parameters, path }, pbes2Format);
  const cipher = blockCiphers.find((row) => row.identifier === encryptionScheme.algorithm);
  const derivation = decodeDerivation(keyDerivationFunc, { ...context, path: `${path}.keyDerivationFunc` });
  const { kdf } = derivation;
  if (cipher === undefined) return { cipherName: encryptionScheme.algorithm, cipher, kdf, derive: undefined };
  const ivPath = `${path}.encryptionScheme`;
  const iv = decodePart({ whole, part: encryptionScheme.parameters, path: ivPath }, octetString);
  const at = { path: ivPath, offset: iv.byteOffset - whole.byteOffset };
  if (iv.length !== cipher.blockSizeBytes) {
    throw new DecodeError(`expected ${cipher.blockSizeBytes} bytes, found ${iv.length}`, at);
  }
  const { keyLength, derive } = derivation;
  if (keyLength !== undefined && keyLength !== BigInt(cipher.keySizeBytes)) {
    throw new DecodeError(`expected a key of ${cipher.keySizeBytes} bytes, found ${keyLength}`, at);
  }
  return {
    cipherName: cipher.name,
    cipher,
    kdf,
    *derive(passphrase) {
      return { key: yield* derive(passphrase, cipher.keySizeBytes), iv };
    },
  };
}

interface Derivation {
  readonly kdf: KeyDerivation;
  readonly keyLength: bigint | undefined;
  readonly derive: (passphrase: Uint8Array, sizeBytes: number) => LongWork<Uint8Array>;
}

function decodeDerivation({ algorithm, parameters }: AlgorithmIdentifier, context: SchemeContext): Derivation {
  const { whole, path } = context;
  if (algorithm === pbkdf2Identifier) return decodePbkdf2(parameters, context);
  if (algorithm === scryptIdentifier) {
    return scryptDerivation(decodePart({ whole, part: parameters, path }, scryptFormat), context);
  }
  return unknownDerivation(algorithm, undefined);
}

function unknownDerivation(identifier: string, keyLength: bigint | undefined): Derivation {
  return { kdf: { name: 'unknown', identifier }, keyLength, derive: refuseUnknown };
}

function refuseUnknown(): never {
  throw new Error('assertion failed: an unknown derivation is refused before it is used');
}

function decodePbkdf2(parameters: Uint8Array, context: SchemeContext): Derivation {
  const { whole, path, limits } = context;
  const { salt, iterationCount, keyLength, prf } = decodePart({ whole, part: parameters, path }, pbkdf2Format);
  const at = positionOfIterations(salt, context);
  const iterations = bounded(iterationCount, { maximum: limits.pbkdf2Iterations, what: 'iterations', at });
  const identifier = prf?.algorithm ?? pseudorandomFunctions.sha1;
  const hash = hashNames.find((name) => pseudorandomFunctions[name] === identifier);
  if (hash === undefined) return unknownDerivation(identifier, keyLength);
  return {
    kdf: { name: 'pbkdf2', hash, iterations },
    keyLength,
    derive: (passphrase, sizeBytes) => pbkdf2({ hash, passphrase, salt, iterations, sizeBytes }),
  };
}

/** A power of two from 2 on: what scrypt takes as its cost. */
function isPowerOfTwo(value: bigint): boolean {
  return value > 1n && (value & (value - 1n)) === 0n;
}

const scryptBlockSizeUnit = 128;
const maximumScryptFactor = 1024;

function scryptDerivation(format: ValueOf<typeof scryptFormat>, context: SchemeContext): Derivation {
  const { salt, costParameter, keyLength } = format;
  const maximum = context.limits.scryptMemoryBytes;
  const at = positionOf(salt, context);
  if (!isPowerOfTwo(costParameter)) throw new DecodeError('expected a cost that is a power of two', at);
  const blockSize = bounded(format.blockSize, { maximum: maximumScryptFactor, what: 'as block size', at });
  const parallelism = { maximum: maximumScryptFactor, what: 'as parallelization', at };
  const parallelization = bounded(format.parallelizationParameter, parallelism);
  const memory = BigInt(scryptBlockSizeUnit * blockSize) * (costParameter + BigInt(parallelization));
  bounded(memory, { maximum, what: 'bytes of memory', at });
  const cost = Number(costParameter);
  return {
    kdf: { name: 'scrypt', cost, blockSize, parallelization },
    keyLength,
    derive: (passphrase, sizeBytes) => scrypt({ passphrase, salt, cost, blockSize, parallelization, sizeBytes }),
  };
}

interface Pbes1Scheme {
  readonly identifier: string;
  readonly cipher: BlockCipher;
  readonly kdf: 'pkcs5' | 'pkcs12';
  readonly hash: 'md5' | 'sha1';
  /** Of the key that is derived; two-key DES repeats its first part. */
  readonly derivedSizeBytes: number;
}

/** Those that OpenSSL makes of DES and three-key DES; the ones of RC2 and RC4 are named as unknown. */
const pbes1Schemes: readonly Pbes1Scheme[] = [
  { identifier: '1.2.840.113549.1.5.3', cipher: desCbc, kdf: 'pkcs5', hash: 'md5', derivedSizeBytes: 8 },
  { identifier: '1.2.840.113549.1.5.10', cipher: desCbc, kdf: 'pkcs5', hash: 'sha1', derivedSizeBytes: 8 },
  { identifier: '1.2.840.113549.1.12.1.3', cipher: tripleDesCbc, kdf: 'pkcs12', hash: 'sha1', derivedSizeBytes: 24 },
  { identifier: '1.2.840.113549.1.12.1.4', cipher: tripleDesCbc, kdf: 'pkcs12', hash: 'sha1', derivedSizeBytes: 16 },
];

function decodePbes1(row: Pbes1Scheme, { parameters }: AlgorithmIdentifier, context: SchemeContext): PasswordScheme {
  const { whole, path, limits } = context;
  const { salt, iterationCount } = decodePart({ whole, part: parameters, path }, pbes1Format);
  if (salt.length === 0) throw new DecodeError('expected a salt', positionOf(salt, context));
  const at = positionOfIterations(salt, context);
  const iterations = bounded(iterationCount, { maximum: limits.pbkdf2Iterations, what: 'iterations', at });
  const { cipher, kdf, hash } = row;
  const derive = { pkcs5: derivePkcs5, pkcs12: derivePkcs12 }[kdf];
  return {
    cipherName: cipher.name,
    cipher,
    kdf: { name: kdf, hash, iterations },
    derive: (passphrase) => derive(row, { passphrase, salt, iterations }),
  };
}

interface Pbes1Input {
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

function* derivePkcs5({ hash, derivedSizeBytes }: Pbes1Scheme, input: Pbes1Input): LongWork<CipherSecret> {
  const derived = yield* pbkdf1({ hash, ...input });
  return { key: derived.subarray(0, derivedSizeBytes), iv: derived.subarray(8, 16) };
}

function* derivePkcs12({ cipher, derivedSizeBytes }: Pbes1Scheme, input: Pbes1Input): LongWork<CipherSecret> {
  const shared = { ...input, passphrase: utf16WithNul(input.passphrase) };
  const derived = yield* pkcs12Kdf({ ...shared, purpose: 1, sizeBytes: derivedSizeBytes });
  const iv = yield* pkcs12Kdf({ ...shared, purpose: 2, sizeBytes: cipher.blockSizeBytes });
  const key = Uint8Array.from({ length: cipher.keySizeBytes }, (_, index) => derived[index % derivedSizeBytes] ?? 0);
  return { key, iv };
}

/** As PKCS#12 wants passphrases. What is no UTF-8 counts as Latin-1, as for OpenSSL. */
function utf16WithNul(passphrase: Uint8Array): Uint8Array {
  const text = utf8Decode(passphrase) ?? Array.from(passphrase, (value) => String.fromCharCode(value)).join('');
  const bytes = new Uint8Array(2 * text.length + 2);
  for (let index = 0; index < text.length; index++) {
    bytes[2 * index] = text.charCodeAt(index) >> 8;
    bytes[2 * index + 1] = text.charCodeAt(index) & 0xff;
  }
  return bytes;
}

export interface NewScheme {
  readonly cipher: BlockCipher;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
}

/** The AlgorithmIdentifier of PBES2 with PBKDF2 and HMAC-SHA256. */
export function encodePbes2({ cipher, iterations, salt, iv }: NewScheme): AlgorithmIdentifier {
  const prf = { algorithm: pseudorandomFunctions.sha256, parameters: nullParameters };
  const iterationCount = BigInt(iterations);
  const pbkdf2Parameters = pbkdf2Format.encode({ salt, iterationCount, keyLength: undefined, prf });
  const parameters = pbes2Format.encode({
    keyDerivationFunc: { algorithm: pbkdf2Identifier, parameters: pbkdf2Parameters },
    encryptionScheme: { algorithm: cipher.identifier, parameters: octetString.encode(iv) },
  });
  return { algorithm: pbes2Identifier, parameters };
}
