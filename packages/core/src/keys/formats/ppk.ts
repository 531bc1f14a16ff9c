/**
 * PuTTY's private key files (PPK), versions 2 and 3, plain and with a passphrase (PuTTY User Manual, appendix C). What the file says is
 * believed only after its MAC fits. A wrong passphrase and a changed file both spoil the MAC: where the decrypted key is whole and
 * fits the public half, the passphrase was right and the file is called damaged.
 */
import { cbc } from '@noble/ciphers/aes.js';
import { assert } from '../../assertion.ts';
import { sha1 } from '../../crypto/sha1.ts';
import type { LongWork } from '../../long-work.ts';
import { concatBytes, copyBytes, equalBytesConstantTime, wipeBytes } from '../../wire/bytes.ts';
import { DecodeError, withinField } from '../../wire/decode-error.ts';
import { utf8DecodeLossy, utf8Encode } from '../../wire/text.ts';
import type { AnyKeyType, PrivateKey, PublicKey } from '../key-types/index.ts';
import { findPpkPrivateBlob, type PpkPrivateBlob } from './ppk-private-blobs.ts';
import {
  derivePpkSecret,
  plainMacKey,
  ppkArgon2Variants,
  ppkBlockSizeBytes,
  ppkCipher,
  ppkMac,
  type PpkSecret,
} from './ppk-schemes.ts';
import { decodePpkText, encodePpkText, isPpk, type PpkDerivation, type PpkText, type PpkVersion } from './ppk-text.ts';
import {
  usualKeyFileLimits,
  type KeyDerivation,
  type KeyFileCost,
  type KeyFileLimits,
  type KeyTypes,
  type OpenedPrivateKey,
  type OpenRequest,
  type PrivateKeyFormatRow,
  type PrivateKeyInspection,
  type WriteRequest,
} from './private-key-file.ts';

const minimumSaltSizeBytes = 8;
const maximumSaltSizeBytes = 64;
const saltSizeBytes = 16;
const maximumParallelism = 64;
/** argon2 wants 8 KiB for each lane. */
const kibibytesPerLane = 8;
const usualCost = { memoryKibibytes: 8192, passes: 13, parallelism: 1 } as const;

/** A key type that both PPK and the caller know. */
interface KeyRows {
  readonly keyType: AnyKeyType;
  readonly blob: PpkPrivateBlob;
}

function inspectPpk(file: Uint8Array, keyTypes: KeyTypes): PrivateKeyInspection {
  const text = decodePpkText(file);
  const rows = rowsOf(text, keyTypes);
  return {
    format: text.version === 2 ? 'ppk2' : 'ppk3',
    encrypted: text.encryption !== 'none',
    cipher: text.encryption,
    kdf: kdfOf(text),
    keyType: text.keyType,
    publicKey: rows === undefined ? undefined : decodePublicHalf(text, rows),
    comment: utf8DecodeLossy(text.comment),
  };
}

function kdfOf({ encryption, derivation }: PpkText): KeyDerivation {
  if (encryption === 'none') return { name: 'none' };
  if (derivation === undefined) return { name: 'sha1' };
  const { name, memoryKibibytes, passes, parallelism } = derivation;
  const variant = ppkArgon2Variants.get(name);
  if (variant === undefined) return { name: 'unknown', identifier: name };
  return { name: variant, memoryKibibytes, passes, parallelism };
}

function rowsOf({ keyType: name }: Pick<PpkText, 'keyType'>, keyTypes: KeyTypes): KeyRows | undefined {
  const keyType = keyTypes.find(name);
  const blob = findPpkPrivateBlob(name);
  return keyType === undefined || blob === undefined ? undefined : { keyType, blob };
}

function decodePublicHalf({ publicBlob }: PpkText, { keyType }: KeyRows): PublicKey {
  try {
    return keyType.publicKey.decode(publicBlob);
  } catch (error) {
    throw withinField(error, 'ppk.publicBlob');
  }
}

function* openPpk(file: Uint8Array, request: OpenRequest): LongWork<OpenedPrivateKey> {
  const opened = yield* openPpkBlob(file, request);
  return opened.outcome === 'blob' ? { outcome: 'key', key: opened.key, comment: opened.comment } : opened;
}

/** The decrypted private blob with the key that was read from it, or why there is none. */
export type OpenedPpkBlob =
  | { readonly outcome: 'blob'; readonly blob: Uint8Array; readonly key: PrivateKey; readonly comment: string }
  | Exclude<OpenedPrivateKey, { readonly outcome: 'key' }>;

/** Opens a file, and gives the decrypted bytes too: for showing what stands in them. Throws DecodeError. */
export function* openPpkBlob(file: Uint8Array, request: OpenRequest): LongWork<OpenedPpkBlob> {
  const text = decodePpkText(file);
  const rows = rowsOf(text, request.keyTypes);
  if (rows === undefined) return { outcome: 'unsupported', what: 'key type', name: text.keyType };
  const publicKey = decodePublicHalf(text, rows);
  if (text.encryption === 'none') return openPlain(text, { rows, publicKey });
  if (text.encryption !== ppkCipher) return { outcome: 'unsupported', what: 'cipher', name: text.encryption };
  const size = text.privateBlob.length;
  if (size === 0 || size % ppkBlockSizeBytes !== 0) throw refuse('Private-Lines', 'expected whole cipher blocks');
  const { derivation, version } = text;
  if (version === 3 && !ppkArgon2Variants.has(derivation?.name ?? '')) {
    return { outcome: 'unsupported', what: 'kdf', name: derivation?.name ?? 'none' };
  }
  if (derivation !== undefined) checkDerivation(derivation, { ...usualKeyFileLimits, ...request.limits });
  const passphrase = request.passphrase ?? new Uint8Array();
  if (passphrase.length === 0) return { outcome: 'passphrase-needed' };
  return openEncrypted(text, yield* derivePpkSecret(text, passphrase), { rows, publicKey });
}

function checkDerivation({ memoryKibibytes, passes, parallelism, salt }: PpkDerivation, limits: KeyFileLimits): void {
  expectWithin('Argon2-Parallelism', parallelism, { minimum: 1, maximum: maximumParallelism });
  const minimum = kibibytesPerLane * parallelism;
  expectWithin('Argon2-Memory', memoryKibibytes, { minimum, maximum: limits.argon2MemoryKibibytes });
  expectWithin('Argon2-Passes', passes, { minimum: 1, maximum: limits.argon2Passes });
  expectWithin('Argon2-Salt', salt.length, { minimum: minimumSaltSizeBytes, maximum: maximumSaltSizeBytes });
}

function expectWithin(field: string, value: number, range: { minimum: number; maximum: number }): void {
  const { minimum, maximum } = range;
  if (value < minimum || value > maximum) throw refuse(field, `expected ${minimum} to ${maximum}, found ${value}`);
}

interface PublicSide {
  readonly rows: KeyRows;
  readonly publicKey: PublicKey;
}

function openPlain(text: PpkText, side: PublicSide): OpenedPpkBlob {
  const mac = ppkMac(text, text.privateBlob, plainMacKey(text.version));
  if (!equalBytesConstantTime(mac, text.mac)) throw refuse('Private-MAC', 'the MAC does not fit: the file is damaged');
  const blob = text.privateBlob;
  return { outcome: 'blob', blob, key: decodeKey(blob, side, 0), comment: utf8DecodeLossy(text.comment) };
}

function openEncrypted(text: PpkText, secret: PpkSecret, side: PublicSide): OpenedPpkBlob {
  const plain = cbc(secret.cipherKey, secret.iv, { disablePadding: true }).decrypt(text.privateBlob);
  const mac = ppkMac(text, plain, secret.macKey);
  wipeBytes(secret.cipherKey, secret.iv, secret.macKey);
  const padding = ppkBlockSizeBytes - 1;
  if (equalBytesConstantTime(mac, text.mac)) {
    const key = decodeKey(plain, side, padding);
    return { outcome: 'blob', blob: plain, key, comment: utf8DecodeLossy(text.comment) };
  }
  if (!holdsKey(plain, side)) return { outcome: 'wrong-passphrase' };
  throw refuse('Private-MAC', 'the MAC does not fit, though the passphrase does: the file is damaged');
}

function holdsKey(plain: Uint8Array, side: PublicSide): boolean {
  try {
    decodeKey(plain, side, ppkBlockSizeBytes - 1);
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

/** Both halves, checked against each other by the key type's own codec. */
function decodeKey(plain: Uint8Array, { rows, publicKey }: PublicSide, maximumPadding: number): PrivateKey {
  const { keyType, blob } = rows;
  try {
    const { value, size } = blob.format.decodePrefix(plain);
    if (plain.length - size > maximumPadding) {
      throw new DecodeError(`expected the end, found ${plain.length - size} more bytes`, { path: '', offset: size });
    }
    return keyType.privateKey.decode(keyType.privateKey.encode(blob.join(publicKey, value)));
  } catch (error) {
    throw withinField(error, 'ppk.privateBlob');
  }
}

function refuse(field: string, reason: string): DecodeError {
  return new DecodeError(reason, { path: `ppk.${field}`, offset: 0 });
}

interface WriteJob extends WriteRequest {
  readonly version: PpkVersion;
}

function* writePpk(key: PrivateKey, request: WriteJob): LongWork<string> {
  const { version, passphrase = new Uint8Array(), comment = '' } = request;
  const rows = rowsOf({ keyType: key.type }, request.keyTypes);
  assert(rows !== undefined, `${key.type} keys do not stand in PPK files`);
  assert((request.cipher ?? ppkCipher) === ppkCipher, `${request.cipher} is no cipher of PPK files`);
  const { keyType, blob } = rows;
  const publicBlob = keyType.publicKey.encode(key);
  const plain = blob.format.encode(blob.secretOf(key));
  const shared = { version, keyType: key.type, comment: utf8Encode(comment.replaceAll(/[\r\n]/g, ' ')), publicBlob };
  if (passphrase.length === 0) {
    const text = { ...shared, encryption: 'none', derivation: undefined, privateBlob: plain };
    return encodePpkText({ ...text, mac: ppkMac(text, plain, plainMacKey(version)) });
  }
  const derivation = version === 2 ? undefined : newDerivation(request);
  const padded = pad(plain);
  const text = { ...shared, encryption: ppkCipher, derivation, privateBlob: padded };
  const secret = yield* derivePpkSecret({ ...text, mac: new Uint8Array() }, passphrase);
  const privateBlob = cbc(secret.cipherKey, secret.iv, { disablePadding: true }).encrypt(padded);
  const mac = ppkMac(text, padded, secret.macKey);
  wipeBytes(plain, padded, secret.cipherKey, secret.iv, secret.macKey);
  return encodePpkText({ ...text, privateBlob, mac });
}

function newDerivation({ argon2 = {}, random }: WriteJob): PpkDerivation {
  return { ...usualCost, ...argon2, name: 'Argon2id', salt: copyBytes(random(saltSizeBytes)) };
}

/** Up to a whole block with bytes of the blob's own hash, as PuTTY does, so that the last block is not known beforehand. */
function pad(plain: Uint8Array): Uint8Array {
  const missing = (ppkBlockSizeBytes - (plain.length % ppkBlockSizeBytes)) % ppkBlockSizeBytes;
  return concatBytes(plain, sha1.digest(plain).subarray(0, missing));
}

const argon2Cost: KeyFileCost = {
  derivation: 'argon2id',
  unit: 'passes',
  usual: usualCost.passes,
  minimum: 1,
  maximum: usualKeyFileLimits.argon2Passes,
  toOptions: (passes) => ({ argon2: { passes } }),
};

function formatOf(version: PpkVersion): PrivateKeyFormatRow {
  return {
    name: version === 2 ? 'ppk2' : 'ppk3',
    title: `PuTTY (PPK ${version})`,
    ciphers: [ppkCipher],
    sealingCiphers: [ppkCipher],
    cost: version === 2 ? undefined : argon2Cost,
    hasComment: true,
    recognizes: (file) => isPpk(file, version),
    holds: (keyType) => findPpkPrivateBlob(keyType) !== undefined,
    inspect: inspectPpk,
    open: openPpk,
    write: (key, request) => writePpk(key, { ...request, version }),
  };
}

/** PuTTY's files up to 0.74. */
export const ppk2Format: PrivateKeyFormatRow = formatOf(2);

/** PuTTY's files since 0.75. */
export const ppk3Format: PrivateKeyFormatRow = formatOf(3);
