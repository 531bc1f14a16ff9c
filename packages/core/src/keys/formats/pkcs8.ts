/**
 * PKCS#8 in PEM (RFC 5208, RFC 5958, RFC 7468 sections 10 and 11): `PRIVATE KEY`, and `ENCRYPTED PRIVATE KEY` by the schemes of
 * `pbes.ts`. It has no comment.
 */
import { assert } from '../../assertion.ts';
import { pbkdf2 } from '../../crypto/pbkdf2.ts';
import type { LongWork } from '../../long-work.ts';
import { copyBytes, equalBytes, wipeBytes } from '../../wire/bytes.ts';
import { checked } from '../../wire/composites.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import type { PrivateKey } from '../key-types/index.ts';
import { algorithmIdentifier } from './asn1/algorithm-identifier.ts';
import { findFamilyByAlgorithm, findFamilyOf } from './asn1/index.ts';
import type { DecodedKey } from './asn1/key-family.ts';
import { blockCipherNames, findBlockCipher } from './block-ciphers.ts';
import { decodeWithin } from './decode-within.ts';
import { integer, octetString, optionalImplicitBitString, optionalOpaque, sequence } from './der.ts';
import { checkBlocks, decryptDer, encryptDer } from './encrypted-der.ts';
import { decodeScheme, encodePbes2, unsupportedScheme, type PasswordScheme } from './pbes.ts';
import { decodePem, encodePem, hasPemBlock } from './pem.ts';
import {
  usualKeyFileLimits,
  type KeyFileLimits,
  type KeyTypes,
  type OpenedPrivateKey,
  type OpenRequest,
  type PrivateKeyFormatRow,
  type PrivateKeyInspection,
  type WriteRequest,
} from './private-key-file.ts';
import { openedKey, type OpenedDer } from './traditional.ts';

const plainLabel = 'PRIVATE KEY';
const encryptedLabel = 'ENCRYPTED PRIVATE KEY';
const lineSize = 64;
const saltSizeBytes = 8;
const usualIterations = 2048;

const version = checked(integer, (found) => (found <= 1n ? undefined : `expected version 0 or 1, found ${found}`));

/** PrivateKeyInfo, and its second version OneAsymmetricKey. */
export const privateKeyInfoFormat = sequence('PrivateKeyInfo', {
  version,
  privateKeyAlgorithm: algorithmIdentifier,
  privateKey: octetString,
  attributes: optionalOpaque(0),
  publicKey: optionalImplicitBitString(1),
});

export const encryptedPrivateKeyInfoFormat = sequence('EncryptedPrivateKeyInfo', {
  encryptionAlgorithm: algorithmIdentifier,
  encryptedData: octetString,
});

function isEncrypted(file: Uint8Array): boolean {
  return hasPemBlock(file, encryptedLabel);
}

/** The body of a block that has no headers. */
function readBody(file: Uint8Array, label: string): Uint8Array {
  const { headers, body } = decodePem(file, { label });
  if (headers.size > 0) throw new DecodeError('expected no headers', { path: 'pem', offset: 0 });
  return body;
}

function decodeInfo(body: Uint8Array): DecodedKey<PrivateKey> {
  const path = privateKeyInfoFormat.type;
  const info = privateKeyInfoFormat.decode(body);
  const { algorithm, parameters } = info.privateKeyAlgorithm;
  const family = findFamilyByAlgorithm(algorithm);
  if (family === undefined) return { unknown: algorithm };
  const decoded = family.decodePkcs8({
    parameters: { whole: body, part: parameters, path: `${path}.privateKeyAlgorithm.parameters` },
    privateKey: { whole: body, part: info.privateKey, path: `${path}.privateKey` },
  });
  if (info.publicKey !== undefined && 'key' in decoded) checkPublicKey(decoded.key, { body, found: info.publicKey });
  return decoded;
}

/** A second version tells the public half too. */
function checkPublicKey(key: PrivateKey, { body, found }: { body: Uint8Array; found: Uint8Array }): void {
  const expected = findFamilyOf(key.type)?.publicKeyBits(key);
  if (expected !== undefined && equalBytes(found, expected)) return;
  const offset = found.byteOffset - body.byteOffset;
  const path = `${privateKeyInfoFormat.type}.publicKey`;
  throw new DecodeError('the public key is not that of the private key', { path, offset });
}

interface EncryptedFile {
  readonly scheme: PasswordScheme;
  readonly body: Uint8Array;
  readonly encryptedData: Uint8Array;
}

function readEncrypted(file: Uint8Array, limits: Partial<KeyFileLimits> = {}): EncryptedFile {
  const body = readBody(file, encryptedLabel);
  const { encryptionAlgorithm, encryptedData } = encryptedPrivateKeyInfoFormat.decode(body);
  const path = `${encryptedPrivateKeyInfoFormat.type}.encryptionAlgorithm.parameters`;
  const allLimits = { ...usualKeyFileLimits, ...limits };
  const scheme = decodeScheme(encryptionAlgorithm, { whole: body, path, limits: allLimits });
  return { scheme, body, encryptedData };
}

const noLimits: KeyFileLimits = {
  bcryptRounds: Number.MAX_SAFE_INTEGER,
  pbkdf2Iterations: Number.MAX_SAFE_INTEGER,
  scryptMemoryBytes: Number.MAX_SAFE_INTEGER,
  argon2MemoryKibibytes: Number.MAX_SAFE_INTEGER,
  argon2Passes: Number.MAX_SAFE_INTEGER,
};

function inspectPkcs8(file: Uint8Array, keyTypes: KeyTypes): PrivateKeyInspection {
  const shared = { format: 'pkcs8', comment: '' } as const;
  if (isEncrypted(file)) {
    const { cipherName: cipher, kdf } = readEncrypted(file, noLimits).scheme;
    return { ...shared, encrypted: true, cipher, kdf, keyType: undefined, publicKey: undefined };
  }
  const opened = openedKey(decodeInfo(readBody(file, plainLabel)), keyTypes);
  const key = opened.outcome === 'key' ? opened.key : undefined;
  const publicKey = key === undefined ? undefined : keyTypes.find(key.type)?.publicHalf(key);
  return { ...shared, encrypted: false, cipher: 'none', kdf: { name: 'none' }, keyType: key?.type, publicKey };
}

function* openPkcs8(file: Uint8Array, request: OpenRequest): LongWork<OpenedPrivateKey> {
  const opened = yield* openPkcs8Der(file, request);
  return opened.outcome === 'der' ? openedKey(decodeInfo(opened.der), request.keyTypes) : opened;
}

/** As opening the key, but gives the decrypted PrivateKeyInfo: for showing what stands in it. */
export function* openPkcs8Der(
  file: Uint8Array,
  { limits = {}, passphrase = new Uint8Array() }: Pick<OpenRequest, 'limits' | 'passphrase'>,
): LongWork<OpenedDer> {
  if (!isEncrypted(file)) return { outcome: 'der', der: readBody(file, plainLabel) };
  const { scheme, body, encryptedData } = readEncrypted(file, limits);
  const { cipher, derive } = scheme;
  if (cipher === undefined || derive === undefined) {
    return unsupportedScheme(scheme) ?? { outcome: 'unsupported', what: 'cipher', name: scheme.cipherName };
  }
  const unsupported = unsupportedScheme(scheme);
  if (unsupported !== undefined) return unsupported;
  const path = `${encryptedPrivateKeyInfoFormat.type}.encryptedData`;
  decodeWithin(
    path,
    () => encryptedData.byteOffset - body.byteOffset,
    () => checkBlocks(cipher, encryptedData),
  );
  if (passphrase.length === 0) return { outcome: 'passphrase-needed' };
  const secret = yield* derive(passphrase);
  const decrypted = decryptDer({ cipher, secret }, encryptedData);
  wipeBytes(secret.key);
  return decrypted;
}

function* writePkcs8(key: PrivateKey, request: WriteRequest): LongWork<string> {
  const { passphrase = new Uint8Array(), random, iterations = usualIterations } = request;
  const der = encodeInfo(key);
  if (passphrase.length === 0) return encodePem({ label: plainLabel, headers: new Map(), body: der }, lineSize);
  const cipherName = request.cipher ?? blockCipherNames[0] ?? '';
  const cipher = findBlockCipher(cipherName);
  assert(cipher?.isForWriting === true, `${cipherName} is no cipher of new PEM files`);
  const salt = copyBytes(random(saltSizeBytes));
  const iv = copyBytes(random(cipher.blockSizeBytes));
  const derivation = { hash: 'sha256', passphrase, salt, iterations, sizeBytes: cipher.keySizeBytes } as const;
  const secret = { key: yield* pbkdf2(derivation), iv };
  const encryptedData = encryptDer({ cipher, secret }, der);
  wipeBytes(secret.key, der);
  const encryptionAlgorithm = encodePbes2({ cipher, iterations, salt, iv });
  const body = encryptedPrivateKeyInfoFormat.encode({ encryptionAlgorithm, encryptedData });
  return encodePem({ label: encryptedLabel, headers: new Map(), body }, lineSize);
}

function encodeInfo(key: PrivateKey): Uint8Array<ArrayBuffer> {
  const family = findFamilyOf(key.type);
  assert(family !== undefined, `${key.type} keys do not stand in PKCS#8`);
  const { algorithm, parameters, privateKey } = family.encodePkcs8(key);
  const privateKeyAlgorithm = { algorithm, parameters };
  const absent = { attributes: undefined, publicKey: undefined };
  return privateKeyInfoFormat.encode({ version: 0n, privateKeyAlgorithm, privateKey, ...absent });
}

export const pkcs8Format: PrivateKeyFormatRow = {
  name: 'pkcs8',
  title: 'PKCS#8 PEM',
  ciphers: blockCipherNames,
  sealingCiphers: blockCipherNames,
  cost: {
    derivation: 'PBKDF2',
    unit: 'iterations',
    usual: usualIterations,
    minimum: 1,
    maximum: usualKeyFileLimits.pbkdf2Iterations,
    toOptions: (iterations) => ({ iterations }),
  },
  hasComment: false,
  recognizes: (file) => hasPemBlock(file, plainLabel) || isEncrypted(file),
  holds: (keyType) => findFamilyOf(keyType) !== undefined,
  inspect: inspectPkcs8,
  open: openPkcs8,
  write: writePkcs8,
};
