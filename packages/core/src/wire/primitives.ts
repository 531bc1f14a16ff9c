/** The data types of RFC 4251 section 5, one codec each. */
import { assert } from '../assertion.ts';
import { bigintFromBytes, bigintToBytes } from './bytes.ts';
import { codec, type Codec } from './codec.ts';
import type { Reader } from './reader.ts';
import { utf8Decode, utf8Encode } from './text.ts';
import type { Writer } from './writer.ts';

/** An mpint's largest size: 16,384 bits and the byte that keeps it positive, as in OpenSSH. */
export const maximumMpintSizeBytes = 2049;

/** One byte, from 0 to 255. */
export const byte: Codec<number> = codec({
  type: 'byte',
  read: (reader) => reader.byte(),
  write: (writer, value) => writer.byte(value),
});

/** Any byte but 0 is true, as RFC 4251 section 5 demands; true is written as 1. */
export const boolean: Codec<boolean> = codec({
  type: 'boolean',
  read: (reader) => reader.byte() !== 0,
  write: (writer, value) => writer.byte(value ? 1 : 0),
});

/** A whole number from 0 to 2^32 - 1, the highest byte first. */
export const uint32: Codec<number> = codec({
  type: 'uint32',
  read: (reader) => reader.uint32(),
  write: (writer, value) => writer.uint32(value),
});

/** A whole number from 0 to 2^64 - 1, the highest byte first. */
export const uint64: Codec<bigint> = codec({
  type: 'uint64',
  read: (reader) => reader.uint64(),
  write: (writer, value) => writer.uint64(value),
});

/** A string of any bytes. */
export const string: Codec<Uint8Array> = codec({
  type: 'string',
  read: (reader) => reader.string(),
  write: (writer, value) => writer.string(value),
});

/** A string that must be UTF-8. */
export const utf8: Codec<string> = codec({
  type: 'utf8',
  read(reader) {
    const start = reader.offset;
    const text = utf8Decode(reader.string());
    if (text === undefined) throw reader.error('expected UTF-8', start + 4);
    return text;
  },
  write: (writer, value) => writer.string(utf8Encode(value)),
});

/** A string that is the name of an algorithm or the like: at least one printable US-ASCII character, no comma, no space. */
export const name: Codec<string> = codec({
  type: 'name',
  read(reader) {
    const start = reader.offset;
    const text = reader.asciiString();
    if (text === undefined || !isName(text)) throw reader.error('expected a name of printable ASCII', start + 4);
    return text;
  },
  write(writer, value) {
    assert(isName(value), `${JSON.stringify(value)} is not a name`);
    writer.string(utf8Encode(value));
  },
});

/**
 * Names with commas between; the empty list is the empty string.
 * Differs from OpenSSH: an empty name between commas is refused, as RFC 4251 section 5 says.
 */
export const nameList: Codec<readonly string[]> = codec({
  type: 'name-list',
  read: readNameList,
  write: writeNameList,
});

function readNameList(reader: Reader): readonly string[] {
  const start = reader.offset;
  const text = reader.asciiString();
  if (text === undefined) throw reader.error('expected names of printable ASCII', start + 4);
  if (text === '') return [];
  const names = text.split(',');
  let offset = start + 4;
  for (const each of names) {
    if (!isName(each)) throw reader.error('expected a name of printable ASCII', offset);
    offset += each.length + 1;
  }
  return names;
}

function writeNameList(writer: Writer, names: readonly string[]): void {
  for (const each of names) assert(isName(each), `${JSON.stringify(each)} is not a name`);
  writer.string(utf8Encode(names.join(',')));
}

function isName(text: string): boolean {
  return /^[!-+\--~]+$/.test(text);
}

/**
 * A whole number from 0 on, in the fewest bytes, up to 16,384 bits.
 * Differs from OpenSSH: zeros in front are refused, as RFC 4251 section 5 says they must not be there.
 */
export const mpint: Codec<bigint> = codec({
  type: 'mpint',
  read: (reader) => bigintFromBytes(readMpintBytes(reader)),
  write: (writer, value) => writeMpintBytes(writer, bigintToBytes(value)),
});

/** As `mpint`, with the number as big-endian bytes without zeros in front: for shared secrets. Writing drops such zeros. */
export const mpintBytes: Codec<Uint8Array> = codec({ type: 'mpint', read: readMpintBytes, write: writeMpintBytes });

function readMpintBytes(reader: Reader): Uint8Array {
  const start = reader.offset;
  const bytes = reader.string();
  const first = bytes[0] ?? 1;
  if (bytes.length > maximumMpintSizeBytes) {
    throw reader.error(`expected an mpint of at most ${maximumMpintSizeBytes} bytes, found ${bytes.length}`, start);
  }
  if (first >= 0x80) throw reader.error('expected an mpint that is not negative', start + 4);
  if (first === 0 && (bytes[1] ?? 0) < 0x80) throw reader.error('expected an mpint in the fewest bytes', start + 4);
  return first === 0 ? bytes.subarray(1) : bytes;
}

function writeMpintBytes(writer: Writer, bytes: Uint8Array): void {
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start++;
  const digits = bytes.subarray(start);
  const needsZero = (digits[0] ?? 0) >= 0x80;
  writer.uint32(digits.length + (needsZero ? 1 : 0));
  if (needsZero) writer.byte(0);
  writer.raw(digits);
}

/** Exactly `sizeBytes` bytes, without a length. */
export function fixed(sizeBytes: number): Codec<Uint8Array> {
  return codec({
    type: `byte[${sizeBytes}]`,
    read: (reader) => reader.take(sizeBytes),
    write(writer, value) {
      assert(value.length === sizeBytes, `expected ${sizeBytes} bytes, found ${value.length}`);
      writer.raw(value);
    },
  });
}

/** A string of exactly `sizeBytes` bytes. */
export function stringOf(sizeBytes: number): Codec<Uint8Array> {
  return codec({
    type: `string[${sizeBytes}]`,
    read(reader) {
      const start = reader.offset;
      const bytes = reader.string();
      if (bytes.length !== sizeBytes) {
        throw reader.error(`expected a string of ${sizeBytes} bytes, found ${bytes.length}`, start);
      }
      return bytes;
    },
    write(writer, value) {
      assert(value.length === sizeBytes, `expected ${sizeBytes} bytes, found ${value.length}`);
      writer.string(value);
    },
  });
}

/** All bytes up to the end of the input, or of the string around. */
export const rest: Codec<Uint8Array> = codec({
  type: 'rest',
  read: (reader) => reader.take(reader.remaining),
  write: (writer, value) => writer.raw(value),
});

type Literal = number | string | boolean;

/** A codec that allows one value only, like a message number or a format's magic; its type is the literal. */
export function constant<const T extends Literal>(
  inner: Codec<number> | Codec<string> | Codec<boolean>,
  value: T,
): Codec<T>;
export function constant(inner: Codec<Literal>, value: Literal): Codec<Literal> {
  return codec({
    type: inner.type,
    read(reader) {
      const start = reader.offset;
      const found = inner.read(reader);
      if (found !== value) throw reader.error(`expected ${show(value)}, found ${show(found)}`, start);
      return value;
    },
    write: (writer) => inner.write(writer, value),
  });
}

/** The byte that opens a message; its type is the literal number, so messages are told apart by it. */
export function messageNumber<const N extends number>(number: N): Codec<N> {
  return constant(byte, number);
}

function show(value: Literal): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
