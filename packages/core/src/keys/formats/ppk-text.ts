/**
 * The text of a PuTTY private key file (PPK), versions 2 and 3: headers in one fixed order, two blobs in base64, a MAC (PuTTY User
 * Manual, appendix C). Reading proves nothing: the MAC is checked in `ppk.ts`.
 */
import { base64Decode, base64Encode } from '../../wire/base64.ts';
import { hexDecode, hexEncode } from '../../wire/bytes.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { utf8DecodeLossy } from '../../wire/text.ts';
import { maximumCommentSizeBytes, maximumKeyFileSizeBytes } from '../limits.ts';
import { splitTextLines, type TextLine } from './text-lines.ts';

export type PpkVersion = 2 | 3;

/** A header, or the first line: `name: value`. */
export interface PpkHeader extends TextLine {
  readonly name: string;
  readonly value: string;
  /** Where the value begins in the file. */
  readonly valueStart: number;
}

/** How the cipher's key is made of the passphrase in an encrypted PPK 3, as written. */
export interface PpkDerivation {
  /** `Argon2id`, `Argon2i`, `Argon2d`, or something else. */
  readonly name: string;
  readonly memoryKibibytes: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Uint8Array;
}

export interface PpkText {
  readonly version: PpkVersion;
  readonly keyType: string;
  /** `none` or a cipher's name. */
  readonly encryption: string;
  /** As it stands in the file. */
  readonly comment: Uint8Array;
  readonly publicBlob: Uint8Array;
  readonly derivation: PpkDerivation | undefined;
  /** Encrypted unless `encryption` is `none`. */
  readonly privateBlob: Uint8Array;
  readonly mac: Uint8Array;
}

/** Where everything stands: all lines of the file in order, a blob's lines behind the header that counts them. */
export interface PpkPart {
  readonly header: PpkHeader;
  readonly lines: readonly TextLine[];
}

export const ppkTitle = 'PuTTY-User-Key-File-';
const longestBlobLine = 64;
const decimal = /^(?:0|[1-9]\d{0,9})$/;
const macSizes: Readonly<Record<PpkVersion, number>> = { 2: 20, 3: 32 };

/** Takes headers by name, in order. */
class PpkReader {
  /** Hears of every header as it is taken. */
  readonly #parts: PpkPart[];
  readonly #file: Uint8Array;
  readonly #lines: readonly TextLine[];
  #next = 0;

  constructor(file: Uint8Array, parts: PpkPart[]) {
    this.#file = file;
    this.#parts = parts;
    this.#lines = splitTextLines(file);
  }

  /** The header with this name, which must be the next line. */
  header(name: string): PpkHeader {
    const header = this.#take(name);
    this.#parts.push({ header, lines: [] });
    return header;
  }

  /** The header's value as a whole number. */
  number(name: string): number {
    const header = this.header(name);
    if (!decimal.test(header.value)) throw refuse(name, 'expected a whole number', header.valueStart);
    return Number(header.value);
  }

  hex(name: string): Uint8Array {
    const header = this.header(name);
    const bytes = hexDecode(header.value);
    if (bytes === undefined) throw refuse(name, 'expected hexadecimal digits', header.valueStart);
    return bytes;
  }

  /** The bytes behind a header that counts lines of base64. */
  blob(name: string): Uint8Array {
    const header = this.#take(name);
    if (!decimal.test(header.value)) throw refuse(name, 'expected a number of lines', header.valueStart);
    const count = Number(header.value);
    const found = this.#lines.length - this.#next;
    const lines = this.#lines.slice(this.#next, this.#next + count);
    this.#parts.push({ header, lines });
    if (count > found) throw refuse(name, `expected ${count} lines, found ${found}`, header.valueStart);
    this.#next += count;
    for (const line of lines) {
      const isWhole = line.text.length > 0 && line.text.length <= longestBlobLine && line.text.length % 4 === 0;
      if (!isWhole) throw refuse(name, `expected base64 of at most ${longestBlobLine} characters a line`, line.start);
    }
    const bytes = base64Decode(lines.map((line) => line.text).join(''));
    if (bytes === undefined) throw refuse(name, 'expected base64', lines[0]?.start ?? header.end);
    return bytes;
  }

  expectEnd(): void {
    const more = this.#lines.slice(this.#next).find((line) => line.text !== '');
    if (more !== undefined) throw refuse('end', 'expected nothing after the MAC', more.start);
  }

  #take(name: string): PpkHeader {
    const line = this.#lines[this.#next];
    if (line === undefined) throw refuse(name, 'expected this header, found the end', this.#file.length);
    if (!line.text.startsWith(`${name}: `)) throw refuse(name, 'expected this header', line.start);
    this.#next += 1;
    const valueStart = line.start + name.length + 2;
    return { ...line, name, value: line.text.slice(name.length + 2), valueStart };
  }
}

function refuse(field: string, reason: string, offset: number): DecodeError {
  return new DecodeError(reason, { path: `ppk.${field}`, offset });
}

/** Whether a file begins as a PPK file of this version, or of any. */
export function isPpk(file: Uint8Array, version?: PpkVersion): boolean {
  const title = `${ppkTitle}${version ?? ''}${version === undefined ? '' : ':'}`;
  return utf8DecodeLossy(file.subarray(0, title.length)) === title;
}

/** Reads the text of a PPK file. Throws DecodeError with the offset in the file, its path `ppk.` and the header's name. */
export function decodePpkText(file: Uint8Array): PpkText {
  return readPpk(file, []);
}

/** Where everything stands; in a malformed file, what stands before the error. Never throws for bytes. */
export function locatePpkText(file: Uint8Array): { readonly parts: readonly PpkPart[]; readonly error?: DecodeError } {
  const parts: PpkPart[] = [];
  try {
    readPpk(file, parts);
    return { parts };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { parts, error };
  }
}

function readPpk(file: Uint8Array, parts: PpkPart[]): PpkText {
  if (file.length > maximumKeyFileSizeBytes)
    throw refuse('file', `expected at most ${maximumKeyFileSizeBytes} bytes`, 0);
  const version = versionOf(file);
  const reader = new PpkReader(file, parts);
  const keyType = reader.header(`${ppkTitle}${version}`).value;
  const encryption = reader.header('Encryption').value;
  const commentLine = reader.header('Comment');
  const comment = file.subarray(commentLine.valueStart, commentLine.end);
  if (comment.length > maximumCommentSizeBytes)
    throw refuse('Comment', `expected at most ${maximumCommentSizeBytes} bytes`, commentLine.valueStart);
  const publicBlob = reader.blob('Public-Lines');
  const derivation = version === 3 && encryption !== 'none' ? readDerivation(reader) : undefined;
  const privateBlob = reader.blob('Private-Lines');
  const mac = reader.hex('Private-MAC');
  if (mac.length !== macSizes[version]) throw refuse('Private-MAC', `expected ${macSizes[version]} bytes`, file.length);
  reader.expectEnd();
  return { version, keyType, encryption, comment, publicBlob, derivation, privateBlob, mac };
}

function versionOf(file: Uint8Array): PpkVersion {
  if (isPpk(file, 3)) return 3;
  if (isPpk(file, 2)) return 2;
  throw refuse('version', `expected ${ppkTitle}2 or 3`, 0);
}

function readDerivation(reader: PpkReader): PpkDerivation {
  return {
    name: reader.header('Key-Derivation').value,
    memoryKibibytes: reader.number('Argon2-Memory'),
    passes: reader.number('Argon2-Passes'),
    parallelism: reader.number('Argon2-Parallelism'),
    salt: reader.hex('Argon2-Salt'),
  };
}

/** The text of a PPK file. The comment must be UTF-8 without line ends. */
export function encodePpkText(ppk: PpkText): string {
  const { derivation } = ppk;
  const lines = [
    `${ppkTitle}${ppk.version}: ${ppk.keyType}`,
    `Encryption: ${ppk.encryption}`,
    `Comment: ${utf8DecodeLossy(ppk.comment)}`,
    ...blobLines('Public-Lines', ppk.publicBlob),
    ...(derivation === undefined ? [] : derivationLines(derivation)),
    ...blobLines('Private-Lines', ppk.privateBlob),
    `Private-MAC: ${hexEncode(ppk.mac)}`,
    '',
  ];
  return lines.join('\n');
}

function blobLines(name: string, blob: Uint8Array): readonly string[] {
  const lines = base64Encode(blob).match(/.{1,64}/g) ?? [];
  return [`${name}: ${lines.length}`, ...lines];
}

function derivationLines({ name, memoryKibibytes, passes, parallelism, salt }: PpkDerivation): readonly string[] {
  return [
    `Key-Derivation: ${name}`,
    `Argon2-Memory: ${memoryKibibytes}`,
    `Argon2-Passes: ${passes}`,
    `Argon2-Parallelism: ${parallelism}`,
    `Argon2-Salt: ${hexEncode(salt)}`,
  ];
}
