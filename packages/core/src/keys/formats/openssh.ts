/**
 * openssh-key-v1, the private key file of OpenSSH since 6.5 (PROTOCOL.key): reads and writes it, plain and with a passphrase.
 * One key per file. Differs from OpenSSH: padding longer than a block, and anything after the END line, is refused.
 */
import { assert } from '../../assertion.ts';
import { bcryptPbkdf } from '../../crypto/bcrypt-pbkdf.ts';
import type { LongWork } from '../../long-work.ts';
import { concatBytes, copyBytes, equalBytes, wipeBytes } from '../../wire/bytes.ts';
import type { ValueOf } from '../../wire/codec.ts';
import { checked, struct } from '../../wire/composites.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { fixed, name, rest, string, uint32 } from '../../wire/primitives.ts';
import { utf8DecodeLossy, utf8Encode } from '../../wire/text.ts';
import { findKeyType, keyTypeOf, type AnyKeyType, type PrivateKey, type PublicKey } from '../key-types/index.ts';
import { maximumBcryptRounds, maximumCommentSizeBytes } from '../limits.ts';
import { decodePublicKey, encodePublicKey, publicKeyBlobType } from '../public-key.ts';
import { findKeyFileCipher, type CipherSecret, type KeyFileCipher } from './openssh-ciphers.ts';
import { decodePem, encodePem } from './pem.ts';
import type { OpenedPrivateKey, OpenOptions, PrivateKeyInspection, WriteOptions } from './private-key-file.ts';

export const opensshLabel = 'OPENSSH PRIVATE KEY';
const lineSize = 70;
const magic = utf8Encode('openssh-key-v1\0');
const saltSizeBytes = 16;
const plainBlockSizeBytes = 8;
const usualCipher = 'aes256-ctr';
const usualRounds = 24;
const uint32SizeBytes = 4;

const envelopeFormat = struct('openssh-key-v1', {
  magic: checked(fixed(magic.length), (found) => (equalBytes(found, magic) ? undefined : 'expected openssh-key-v1')),
  cipher: name,
  kdf: name,
  kdfOptions: string,
  keyCount: checked(uint32, (count) => (count === 1 ? undefined : `expected 1 key, found ${count}`)),
  publicKey: string,
  privateSection: string,
  tag: rest,
});

const bcryptOptionsFormat = struct('kdfOptions', { salt: string, rounds: uint32 });

const checkNumbersFormat = struct('privateSection', { first: uint32, second: uint32, rest });

type Envelope = ValueOf<typeof envelopeFormat>;
type BcryptOptions = ValueOf<typeof bcryptOptionsFormat>;

/** What an openssh-key-v1 file shows without its passphrase. Throws DecodeError. */
export function inspectOpensshKey(file: Uint8Array): PrivateKeyInspection {
  const envelope = decodeEnvelope(file);
  return {
    format: 'openssh',
    encrypted: envelope.kdf !== 'none',
    cipher: envelope.cipher,
    kdf: envelope.kdf,
    rounds: envelope.kdf === 'bcrypt' ? bcryptOptionsFormat.decode(envelope.kdfOptions).rounds : 0,
    publicKey: outerPublicKey(envelope),
  };
}

/**
 * The key of an openssh-key-v1 file. Long work where a passphrase is needed. Throws DecodeError for what is malformed; a wrong
 * passphrase, an unknown cipher and the like are outcomes.
 */
export function* openOpensshKey(file: Uint8Array, options: OpenOptions = {}): LongWork<OpenedPrivateKey> {
  const envelope = decodeEnvelope(file);
  outerPublicKey(envelope);
  if (envelope.kdf === 'none') {
    checkSectionSize(envelope, { blockSizeBytes: plainBlockSizeBytes, tagSizeBytes: 0 });
    return openSection(envelope, envelope.privateSection);
  }
  if (envelope.kdf !== 'bcrypt') return { outcome: 'unsupported', what: 'kdf', name: envelope.kdf };
  const cipher = findKeyFileCipher(envelope.cipher);
  if (cipher === undefined) return { outcome: 'unsupported', what: 'cipher', name: envelope.cipher };
  checkSectionSize(envelope, cipher);
  const kdfOptions = checkedBcryptOptions(envelope, options.maximumRounds ?? maximumBcryptRounds);
  const passphrase = options.passphrase ?? new Uint8Array();
  if (passphrase.length === 0) return { outcome: 'passphrase-needed' };
  const secret = yield* deriveSecret(cipher, passphrase, kdfOptions);
  const plain = cipher.decrypt(secret, concatBytes(envelope.privateSection, envelope.tag));
  wipeBytes(secret.key, secret.iv);
  return plain === undefined ? { outcome: 'wrong-passphrase' } : openSection(envelope, plain);
}

function decodeEnvelope(file: Uint8Array): Envelope {
  const pem = decodePem(file);
  if (pem.label !== opensshLabel || pem.headers.size > 0) throw refuse('', `expected ${opensshLabel} without headers`);
  const envelope = envelopeFormat.decode(pem.body);
  if ((envelope.cipher === 'none') !== (envelope.kdf === 'none')) throw refuse('kdf', 'cipher and kdf do not fit');
  if (envelope.kdf === 'none' && envelope.kdfOptions.length > 0) throw refuse('kdfOptions', 'expected none');
  return envelope;
}

/** The public half that stands in the clear; undefined only for a key type that is not known. */
function outerPublicKey({ publicKey }: Envelope): PublicKey | undefined {
  return findKeyType(publicKeyBlobType(publicKey)) === undefined ? undefined : decodePublicKey(publicKey);
}

interface SectionShape {
  readonly blockSizeBytes: number;
  readonly tagSizeBytes: number;
}

function checkSectionSize({ privateSection, tag }: Envelope, { blockSizeBytes, tagSizeBytes }: SectionShape): void {
  const size = privateSection.length;
  if (size < blockSizeBytes || size % blockSizeBytes !== 0) {
    throw refuse('privateSection', `expected whole blocks of ${blockSizeBytes} bytes, found ${size} bytes`);
  }
  if (tag.length !== tagSizeBytes) throw refuse('tag', `expected ${tagSizeBytes} bytes, found ${tag.length}`);
}

function checkedBcryptOptions({ kdfOptions }: Envelope, maximumRounds: number): BcryptOptions {
  const options = bcryptOptionsFormat.decode(kdfOptions);
  if (options.salt.length === 0) throw refuse('kdfOptions.salt', 'expected a salt');
  if (options.rounds < 1 || options.rounds > maximumRounds) {
    throw refuse('kdfOptions.rounds', `expected 1 to ${maximumRounds} rounds, found ${options.rounds}`);
  }
  return options;
}

function* deriveSecret(
  cipher: KeyFileCipher,
  passphrase: Uint8Array,
  { salt, rounds }: BcryptOptions,
): LongWork<CipherSecret> {
  const sizeBytes = cipher.keySizeBytes + cipher.ivSizeBytes;
  const material = yield* bcryptPbkdf({ passphrase, salt, rounds, sizeBytes });
  return { key: material.slice(0, cipher.keySizeBytes), iv: material.slice(cipher.keySizeBytes) };
}

function openSection(envelope: Envelope, section: Uint8Array): OpenedPrivateKey {
  const numbers = checkNumbersFormat.decode(section);
  if (numbers.first !== numbers.second) {
    if (envelope.kdf !== 'none') return { outcome: 'wrong-passphrase' };
    throw refuse('privateSection.second', 'the two check numbers differ');
  }
  const type = publicKeyBlobType(numbers.rest);
  const row = findKeyType(type);
  if (row === undefined) return { outcome: 'unsupported', what: 'key type', name: type };
  const { key, comment, padding } = sectionFormat(row).decode(section);
  checkPadding(padding, envelope);
  if (!equalBytes(encodePublicKey(key), envelope.publicKey)) {
    throw refuse('publicKey', 'the public key is not that of the private section');
  }
  return { outcome: 'key', key, comment: utf8DecodeLossy(comment) };
}

function sectionFormat(row: AnyKeyType) {
  const comment = checked(string, checkComment);
  return struct('privateSection', { first: uint32, second: uint32, key: row.privateKey, comment, padding: rest });
}

function checkComment(comment: Uint8Array): string | undefined {
  if (comment.length > maximumCommentSizeBytes) return `expected at most ${maximumCommentSizeBytes} bytes`;
  return comment.includes(0) ? 'expected a comment without NUL' : undefined;
}

/** Padding is 1, 2, 3, ... and shorter than a block. */
function checkPadding(padding: Uint8Array, { cipher }: Envelope): void {
  const blockSizeBytes = findKeyFileCipher(cipher)?.blockSizeBytes ?? plainBlockSizeBytes;
  if (padding.length >= blockSizeBytes || padding.some((value, index) => value !== index + 1)) {
    throw refuse('privateSection.padding', `expected 1, 2, 3, ... up to a block of ${blockSizeBytes} bytes`);
  }
}

function refuse(path: string, reason: string): DecodeError {
  return new DecodeError(reason, { path: path === '' ? 'openssh-key-v1' : `openssh-key-v1.${path}`, offset: 0 });
}

/** The text of an openssh-key-v1 file, which ends in a line end. Long work with a passphrase. */
export function* writeOpensshKey(key: PrivateKey, options: WriteOptions): LongWork<string> {
  const { passphrase = new Uint8Array(), random, comment = '' } = options;
  const publicKey = encodePublicKey(key);
  if (passphrase.length === 0) {
    const privateSection = encodeSection(key, { comment, random, blockSizeBytes: plainBlockSizeBytes });
    return armour({ cipher: 'none', kdf: 'none', kdfOptions: new Uint8Array(), publicKey, sealed: [privateSection] });
  }
  const cipher = findKeyFileCipher(options.cipher ?? usualCipher);
  assert(cipher !== undefined, `${options.cipher ?? usualCipher} is no cipher of key files`);
  const kdf = { salt: copyBytes(random(saltSizeBytes)), rounds: options.rounds ?? usualRounds };
  const section = encodeSection(key, { comment, random, blockSizeBytes: cipher.blockSizeBytes });
  const secret = yield* deriveSecret(cipher, passphrase, kdf);
  const sealed = cipher.encrypt(secret, section);
  wipeBytes(section, secret.key, secret.iv);
  const parts = [sealed.subarray(0, section.length), sealed.subarray(section.length)];
  const kdfOptions = bcryptOptionsFormat.encode(kdf);
  return armour({ cipher: cipher.name, kdf: 'bcrypt', kdfOptions, publicKey, sealed: parts });
}

interface SectionOptions extends Pick<WriteOptions, 'random'> {
  readonly comment: string;
  readonly blockSizeBytes: number;
}

function encodeSection(key: PrivateKey, { comment, random, blockSizeBytes }: SectionOptions): Uint8Array {
  const check = uint32.decode(random(uint32SizeBytes));
  const text = utf8Encode(comment);
  const reason = checkComment(text);
  assert(reason === undefined, `the comment of a key: ${reason}`);
  const format = sectionFormat(keyTypeOf(key));
  const unpadded = { first: check, second: check, key, comment: text };
  const bare = format.encode({ ...unpadded, padding: new Uint8Array() });
  const missing = (blockSizeBytes - (bare.length % blockSizeBytes)) % blockSizeBytes;
  const padding = Uint8Array.from({ length: missing }, (_, index) => index + 1);
  return concatBytes(bare, padding);
}

interface SealedParts {
  readonly cipher: string;
  readonly kdf: string;
  readonly kdfOptions: Uint8Array;
  readonly publicKey: Uint8Array;
  /** The private section, and its tag if the cipher has one. */
  readonly sealed: readonly Uint8Array[];
}

function armour({ sealed, ...parts }: SealedParts): string {
  const [privateSection = new Uint8Array(), tag = new Uint8Array()] = sealed;
  const body = envelopeFormat.encode({ ...parts, magic, keyCount: 1, privateSection, tag });
  return encodePem({ label: opensshLabel, headers: new Map(), body }, lineSize);
}
