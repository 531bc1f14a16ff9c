/** As much DER (X.690) as RSA private keys need: one SEQUENCE of whole numbers from 0 on, strictly in the shortest form. */
import { bigintFromBytes, bigintToBytes, concatBytes } from '../../wire/bytes.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { maximumMpintSizeBytes } from '../../wire/primitives.ts';
import { Reader } from '../../wire/reader.ts';

const integerTag = 0x02;
const sequenceTag = 0x30;
const maximumLengthBytes = 3;

/** The numbers of exactly one SEQUENCE of INTEGERs. Throws DecodeError; `path` opens the error's path. */
export function decodeIntegerSequence(bytes: Uint8Array, path: string): readonly bigint[] {
  const reader = new Reader(bytes);
  try {
    enterElement(reader, sequenceTag);
    if (reader.end !== bytes.length) throw reader.error('expected nothing after the sequence', reader.end);
    const numbers: bigint[] = [];
    while (reader.remaining > 0) numbers.push(readInteger(reader));
    return numbers;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError(error.reason, { path, offset: error.offset });
  }
}

/** Reads tag and length and narrows the reader to the contents; gives the old end. */
function enterElement(reader: Reader, tag: number): number {
  const start = reader.offset;
  const found = reader.byte();
  if (found !== tag) throw reader.error(`expected DER tag ${tag}, found ${found}`, start);
  const size = readLength(reader);
  if (size > reader.remaining) throw reader.error(`length ${size} is more than the ${reader.remaining} bytes left`);
  const outerEnd = reader.end;
  reader.end = reader.offset + size;
  return outerEnd;
}

function readLength(reader: Reader): number {
  const start = reader.offset;
  const first = reader.byte();
  if (first < 0x80) return first;
  const count = first & 0x7f;
  if (count === 0 || count > maximumLengthBytes) throw reader.error('expected a definite DER length', start);
  let size = 0;
  for (let index = 0; index < count; index++) size = size * 256 + reader.byte();
  const least = count === 1 ? 0x80 : 256 ** (count - 1);
  if (size < least) throw reader.error('expected the shortest DER length', start);
  return size;
}

function readInteger(reader: Reader): bigint {
  const outerEnd = enterElement(reader, integerTag);
  const start = reader.offset;
  const digits = reader.take(reader.remaining);
  const first = digits[0] ?? 0xff;
  if (first >= 0x80) throw reader.error('expected an integer that is not negative', start);
  if (first === 0 && digits.length > 1 && (digits[1] ?? 0) < 0x80)
    throw reader.error('expected the shortest integer', start);
  if (digits.length > maximumMpintSizeBytes)
    throw reader.error(`expected at most ${maximumMpintSizeBytes} bytes`, start);
  reader.end = outerEnd;
  return bigintFromBytes(digits);
}

/** The DER of one SEQUENCE of whole numbers from 0 on. */
export function encodeIntegerSequence(numbers: readonly bigint[]): Uint8Array<ArrayBuffer> {
  return element(sequenceTag, concatBytes(...numbers.map(encodeInteger)));
}

function encodeInteger(value: bigint): Uint8Array {
  const digits = bigintToBytes(value);
  const needsZero = digits.length === 0 || (digits[0] ?? 0) >= 0x80;
  return element(integerTag, needsZero ? concatBytes(Uint8Array.of(0), digits) : digits);
}

function element(tag: number, contents: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = contents.length;
  if (size < 0x80) return concatBytes(Uint8Array.of(tag, size), contents);
  const sizeBytes = bigintToBytes(BigInt(size));
  return concatBytes(Uint8Array.of(tag, 0x80 | sizeBytes.length), sizeBytes, contents);
}
