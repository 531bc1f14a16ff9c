/**
 * openssh-key-v1, the private key file of OpenSSH since 6.5 (PROTOCOL.key): reads and writes it, plain and with a passphrase.
 * One key per file. The lines of dashes end with LF and nothing else, the last one too; between them CR is passed over. Differs from
 * OpenSSH: padding of a block or more, text after the END line, and white space but blanks, tabs and line ends, is refused.
 */
import { assert } from '../../assertion.ts';
import type { LongWork } from '../../long-work.ts';
import { concatBytes, copyBytes, equalBytes, wipeBytes } from '../../wire/bytes.ts';
import type { ValueOf } from '../../wire/codec.ts';
import { checked, struct } from '../../wire/composites.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { fixed, name, rest, string, uint32 } from '../../wire/primitives.ts';
import { utf8DecodeLossy, utf8Encode } from '../../wire/text.ts';
import type { AnyKeyType, PrivateKey, PublicKey } from '../key-types/index.ts';
import { maximumCommentSizeBytes } from '../limits.ts';
import { keyFileCipherNames, sealingCipherNames, type CipherSecret, type KeyFileCipher } from './openssh-ciphers.ts';
import { decodeWithin } from './decode-within.ts';
import { decodePem, encodePem, pemLabelOf } from './pem.ts';
import {
  usualKeyFileLimits,
  usualMaximumBcryptRounds,
  type KeyDerivation,
  type KeyTypes,
  type OpenedPrivateKey,
  type OpenRequest,
  type PrivateKeyFormatRow,
  type PrivateKeyInspection,
  type WriteRequest,
} from './private-key-file.ts';

const opensshLabel = 'OPENSSH PRIVATE KEY';
const lineSize = 70;
const magic = utf8Encode('openssh-key-v1\0');
const saltSizeBytes = 16;
const plainBlockSizeBytes = 8;
/** PuTTY pads by up to 16 bytes, whatever the cipher. */
const maximumPaddingSizeBytes = 16;
const usualCipher = 'aes256-ctr';
const usualRounds = 24;
const uint32SizeBytes = 4;

/** The body of a file. */
export const envelopeFormat = struct('openssh-key-v1', {
  magic: checked(fixed(magic.length), (found) => (equalBytes(found, magic) ? undefined : 'expected openssh-key-v1')),
  cipher: name,
  kdf: name,
  kdfOptions: string,
  keyCount: checked(uint32, (count) => (count === 1 ? undefined : `expected 1 key, found ${count}`)),
  publicKey: string,
  privateSection: string,
  tag: rest,
});

/** The contents of `kdfOptions` for bcrypt. */
export const bcryptOptionsFormat = struct('kdfOptions', { salt: string, rounds: uint32 });

/** The decrypted private section, as far as it is the same for all key types. */
export const checkNumbersFormat = struct('privateSection', { first: uint32, second: uint32, rest });

type Envelope = ValueOf<typeof envelopeFormat>;
type BcryptOptions = ValueOf<typeof bcryptOptionsFormat>;

/** The file's body, and what its fields say. */
interface OpensshFile {
  readonly body: Uint8Array;
  readonly envelope: Envelope;
}

/** What an openssh-key-v1 file shows without its passphrase. Throws DecodeError. */
export function inspectOpensshKey(file: Uint8Array, keyTypes: KeyTypes): PrivateKeyInspection {
  const opensshFile = decodeFile(file);
  const { envelope } = opensshFile;
  return {
    format: 'openssh',
    encrypted: envelope.kdf !== 'none',
    cipher: envelope.cipher,
    kdf: derivationOf(opensshFile),
    keyType: keyTypeName(opensshFile),
    publicKey: outerPublicKey(opensshFile, keyTypes),
    comment: undefined,
  };
}

/**
 * The key of an openssh-key-v1 file. Long work where a passphrase is needed. Throws DecodeError for what is malformed; a wrong
 * passphrase, an unknown cipher and the like are outcomes.
 */
export function* openOpensshKey(file: Uint8Array, request: OpenRequest): LongWork<OpenedPrivateKey> {
  const opensshFile = decodeFile(file);
  const opened = yield* decryptSection(opensshFile, request);
  if (opened.outcome !== 'section') return opened;
  return openSection(opensshFile, { section: opened.section, keyTypes: request.keyTypes });
}

/** The private section in the clear, not looked at yet, or why there is none. */
export type OpenedOpensshSection =
  | { readonly outcome: 'section'; readonly section: Uint8Array }
  | Exclude<OpenedPrivateKey, { readonly outcome: 'key' }>;

/** As `openOpensshKey`, but gives the decrypted bytes: for showing what stands in them. */
export function openOpensshSection(file: Uint8Array, request: OpenRequest): LongWork<OpenedOpensshSection> {
  return decryptSection(decodeFile(file), request);
}

function* decryptSection(opensshFile: OpensshFile, request: OpenRequest): LongWork<OpenedOpensshSection> {
  const { keyTypes, ciphers, limits = {}, passphrase = new Uint8Array() } = request;
  const { envelope } = opensshFile;
  outerPublicKey(opensshFile, keyTypes);
  if (envelope.kdf === 'none') {
    checkSectionSize(opensshFile, { blockSizeBytes: plainBlockSizeBytes, tagSizeBytes: 0 });
    return { outcome: 'section', section: envelope.privateSection };
  }
  if (envelope.kdf !== 'bcrypt') return { outcome: 'unsupported', what: 'kdf', name: envelope.kdf };
  const cipher = ciphers?.find(envelope.cipher);
  if (ciphers === undefined || cipher === undefined)
    return { outcome: 'unsupported', what: 'cipher', name: envelope.cipher };
  checkSectionSize(opensshFile, cipher);
  const options = checkedBcryptOptions(opensshFile, limits.bcryptRounds ?? usualKeyFileLimits.bcryptRounds);
  if (passphrase.length === 0) return { outcome: 'passphrase-needed' };
  const secret = yield* deriveSecret(cipher, ciphers.derive({ ...options, passphrase, sizeBytes: secretSize(cipher) }));
  const section = cipher.decrypt(secret, concatBytes(envelope.privateSection, envelope.tag));
  wipeBytes(secret.key, secret.iv);
  return section === undefined ? { outcome: 'wrong-passphrase' } : { outcome: 'section', section };
}

function decodeFile(file: Uint8Array): OpensshFile {
  const { label, headers, body } = decodePem(file, { exactEnds: true });
  if (label !== opensshLabel || headers.size > 0) {
    throw new DecodeError(`expected ${opensshLabel} without headers`, { path: 'pem', offset: 0 });
  }
  const opensshFile = { body, envelope: envelopeFormat.decode(body) };
  const { cipher, kdf, kdfOptions } = opensshFile.envelope;
  if (kdf === 'none' && cipher !== 'none') throw refuse(opensshFile, 'kdf', `expected a kdf for ${cipher}`);
  if (kdf === 'none' && kdfOptions.length > 0) throw refuse(opensshFile, 'kdfOptions', 'expected none');
  return opensshFile;
}

/** Where a field's value begins in the body; strings begin after their length. */
function startOf(body: Uint8Array, field: string): number {
  const span = envelopeFormat.spans(body).find((each) => each.path === `${envelopeFormat.type}.${field}`);
  const start = span?.start ?? 0;
  return span === undefined || span.type === 'rest' ? start : start + uint32SizeBytes;
}

function refuse({ body }: OpensshFile, field: string, reason: string): DecodeError {
  return new DecodeError(reason, { path: `${envelopeFormat.type}.${field}`, offset: startOf(body, field) });
}

/** Runs a decoder on the contents of a field; its errors' offsets become those in the body. */
function decodeField<T>({ body }: OpensshFile, field: string, decode: () => T): T {
  return decodeWithin(`${envelopeFormat.type}.${field}`, () => startOf(body, field), decode);
}

function keyTypeName(file: OpensshFile): string {
  return decodeField(file, 'publicKey', () => name.decodePrefix(file.envelope.publicKey).value);
}

/** The public half that stands in the clear; undefined only for a key type that is not known. */
function outerPublicKey(file: OpensshFile, keyTypes: KeyTypes): PublicKey | undefined {
  const row = keyTypes.find(keyTypeName(file));
  return decodeField(file, 'publicKey', () => row?.publicKey.decode(file.envelope.publicKey));
}

function derivationOf(file: OpensshFile): KeyDerivation {
  const { kdf } = file.envelope;
  if (kdf === 'none') return { name: 'none' };
  if (kdf !== 'bcrypt') return { name: 'unknown', identifier: kdf };
  return { name: 'bcrypt', rounds: bcryptOptions(file).rounds };
}

function bcryptOptions(file: OpensshFile): BcryptOptions {
  return decodeField(file, 'kdfOptions', () => bcryptOptionsFormat.decode(file.envelope.kdfOptions));
}

function checkedBcryptOptions(file: OpensshFile, maximumRounds: number): BcryptOptions {
  const options = bcryptOptions(file);
  const { salt, rounds } = options;
  decodeField(file, 'kdfOptions', () => {
    if (salt.length === 0) throw new DecodeError('expected a salt', { path: 'salt', offset: 0 });
    if (rounds >= 1 && rounds <= maximumRounds) return;
    const offset = uint32SizeBytes + salt.length;
    throw new DecodeError(`expected 1 to ${maximumRounds} rounds, found ${rounds}`, { path: 'rounds', offset });
  });
  return options;
}

interface SectionShape {
  readonly blockSizeBytes: number;
  readonly tagSizeBytes: number;
}

function checkSectionSize(file: OpensshFile, { blockSizeBytes, tagSizeBytes }: SectionShape): void {
  const { privateSection, tag } = file.envelope;
  const size = privateSection.length;
  if (size < blockSizeBytes || size % blockSizeBytes !== 0) {
    throw refuse(file, 'privateSection', `expected whole blocks of ${blockSizeBytes} bytes, found ${size} bytes`);
  }
  if (tag.length !== tagSizeBytes) throw refuse(file, 'tag', `expected ${tagSizeBytes} bytes, found ${tag.length}`);
}

const secretSize = ({ keySizeBytes, ivSizeBytes }: KeyFileCipher): number => keySizeBytes + ivSizeBytes;

function* deriveSecret({ keySizeBytes }: KeyFileCipher, work: LongWork<Uint8Array>): LongWork<CipherSecret> {
  const material = yield* work;
  return { key: material.subarray(0, keySizeBytes), iv: material.subarray(keySizeBytes) };
}

interface PlainSection {
  readonly section: Uint8Array;
  readonly keyTypes: KeyTypes;
}

/** The two check numbers are equal only under the right passphrase: what is wrong after them is damage. */
function openSection(file: OpensshFile, plain: PlainSection): OpenedPrivateKey {
  const isEncrypted = file.envelope.kdf !== 'none';
  const numbers = decodeField(file, 'privateSection', () => checkNumbersFormat.decode(plain.section));
  if (isEncrypted && numbers.first !== numbers.second) return { outcome: 'wrong-passphrase' };
  const decoded = decodeField(file, 'privateSection', () => decodeSection(plain));
  const { keyName, key } = decoded;
  if (key === undefined) return { outcome: 'unsupported', what: 'key type', name: keyName };
  if (!equalBytes(decoded.publicKey, file.envelope.publicKey)) {
    throw refuse(file, 'publicKey', 'the public key is not that of the private section');
  }
  return { outcome: 'key', key, comment: utf8DecodeLossy(decoded.comment) };
}

/** Without `key` where the key type is not known. */
type DecodedSection =
  | { readonly keyName: string; readonly key: undefined }
  | {
      readonly keyName: string;
      readonly key: PrivateKey;
      /** The blob of its public half. */
      readonly publicKey: Uint8Array;
      readonly comment: Uint8Array;
    };

function decodeSection({ section, keyTypes }: PlainSection): DecodedSection {
  const keyStart = 2 * uint32SizeBytes;
  const keyName = decodeWithin(
    'key',
    () => keyStart,
    () => name.decodePrefix(section.subarray(keyStart)).value,
  );
  const row = keyTypes.find(keyName);
  if (row === undefined) return { keyName, key: undefined };
  const { first, second, key, comment, padding } = sectionFormat(row).decode(section);
  if (first !== second) {
    throw new DecodeError('the two check numbers differ', { path: 'second', offset: uint32SizeBytes });
  }
  const wrong = padding.findIndex((value, index) => value !== index + 1);
  if (padding.length > maximumPaddingSizeBytes || wrong >= 0) {
    const offset = section.length - padding.length + Math.max(wrong, 0);
    throw new DecodeError(`expected 1, 2, 3, ... of at most ${maximumPaddingSizeBytes} bytes`, {
      path: 'padding',
      offset,
    });
  }
  return { keyName, key, publicKey: row.publicKey.encode(row.publicHalf(key)), comment };
}

/** The decrypted private section with a key of this type. */
export function sectionFormat(row: AnyKeyType) {
  const comment = checked(string, checkComment);
  return struct('', { first: uint32, second: uint32, key: row.privateKey, comment, padding: rest });
}

function checkComment(comment: Uint8Array): string | undefined {
  if (comment.length > maximumCommentSizeBytes) return `expected at most ${maximumCommentSizeBytes} bytes`;
  return comment.includes(0) ? 'expected a comment without NUL' : undefined;
}

/** The text of an openssh-key-v1 file, which ends in a line end. Long work with a passphrase. */
export function* writeOpensshKey(key: PrivateKey, options: WriteRequest): LongWork<string> {
  const { passphrase = new Uint8Array(), random, comment = '', keyTypes, ciphers } = options;
  const row = keyTypes.find(key.type);
  assert(row !== undefined, `the key type ${key.type} was not given`);
  const publicKey = row.publicKey.encode(row.publicHalf(key));
  if (passphrase.length === 0) {
    const privateSection = encodeSection(key, { row, comment, random, blockSizeBytes: plainBlockSizeBytes });
    return armour({ cipher: 'none', kdf: 'none', kdfOptions: new Uint8Array(), publicKey, sealed: [privateSection] });
  }
  const cipher = ciphers?.find(options.cipher ?? usualCipher);
  assert(ciphers !== undefined && cipher !== undefined, `${options.cipher ?? usualCipher} is no cipher that was given`);
  const kdf = { salt: copyBytes(random(saltSizeBytes)), rounds: options.rounds ?? usualRounds };
  const section = encodeSection(key, { row, comment, random, blockSizeBytes: cipher.blockSizeBytes });
  const secret = yield* deriveSecret(cipher, ciphers.derive({ ...kdf, passphrase, sizeBytes: secretSize(cipher) }));
  const sealed = cipher.encrypt(secret, section);
  wipeBytes(section, secret.key, secret.iv);
  const parts = [sealed.subarray(0, section.length), sealed.subarray(section.length)];
  const kdfOptions = bcryptOptionsFormat.encode(kdf);
  return armour({ cipher: cipher.name, kdf: 'bcrypt', kdfOptions, publicKey, sealed: parts });
}

interface SectionOptions extends Pick<WriteRequest, 'random'> {
  readonly row: AnyKeyType;
  readonly comment: string;
  readonly blockSizeBytes: number;
}

function encodeSection(key: PrivateKey, { row, comment, random, blockSizeBytes }: SectionOptions): Uint8Array {
  const check = uint32.decode(random(uint32SizeBytes));
  const text = utf8Encode(comment);
  const reason = checkComment(text);
  assert(reason === undefined, `the comment of a key: ${reason}`);
  const format = sectionFormat(row);
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

/** The row of openssh-key-v1, OpenSSH's own format. Which ciphers its files may be under is said at each call. */
export const opensshFormat: PrivateKeyFormatRow = {
  name: 'openssh',
  title: 'OpenSSH',
  ciphers: keyFileCipherNames,
  sealingCiphers: sealingCipherNames,
  cost: {
    derivation: 'bcrypt',
    unit: 'rounds',
    usual: usualRounds,
    minimum: 1,
    maximum: usualMaximumBcryptRounds,
    toOptions: (rounds) => ({ rounds }),
  },
  hasComment: true,
  recognizes: (file) => pemLabelOf(file) === opensshLabel,
  holds: () => true,
  inspect: inspectOpensshKey,
  open: openOpensshKey,
  write: writeOpensshKey,
};
