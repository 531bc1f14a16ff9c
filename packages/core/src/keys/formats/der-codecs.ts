/**
 * DER (X.690) as codecs, so that ASN.1 structures decode, encode and give spans as SSH's own do. Strict: definite lengths in the
 * shortest form, numbers from 0 on without zeros in front. Depth is bounded, since a structure is a value and not read off the bytes.
 */
import { assert } from '../../assertion.ts';
import { bigintFromBytes, bigintToBytes } from '../../wire/bytes.ts';
import { codec, type Codec } from '../../wire/codec.ts';
import { struct, type StructValue } from '../../wire/composites.ts';
import { maximumMpintSizeBytes } from '../../wire/primitives.ts';
import type { Reader } from '../../wire/reader.ts';
import type { Writer } from '../../wire/writer.ts';

const tags = { integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, sequence: 0x30 } as const;
const explicitTag = 0xa0;
const longLength = 0x80;
const maximumLengthBytes = 3;

/** An element with this tag around what `inner` reads; bytes left in it are refused. */
function element<T>(tag: number, inner: Codec<T>, type = inner.type): Codec<T> {
  return codec({
    type,
    named: inner.named === true,
    read(reader) {
      const outerEnd = enterElement(reader, tag);
      const value = inner.read(reader);
      reader.leaveString(outerEnd);
      return value;
    },
    write(writer, value) {
      const contents = inner.encode(value);
      writer.byte(tag);
      writeLength(writer, contents.length);
      writer.raw(contents);
    },
  });
}

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
  if (first < longLength) return first;
  const count = first - longLength;
  if (count === 0 || count > maximumLengthBytes) throw reader.error('expected a definite DER length', start);
  let size = 0;
  for (let index = 0; index < count; index++) size = size * 256 + reader.byte();
  const least = count === 1 ? longLength : 256 ** (count - 1);
  if (size < least) throw reader.error('expected the shortest DER length', start);
  return size;
}

function writeLength(writer: Writer, size: number): void {
  if (size < longLength) return writer.byte(size);
  const bytes = bigintToBytes(BigInt(size));
  writer.byte(longLength | bytes.length);
  writer.raw(bytes);
}

/** A whole number from 0 on, of at most 16,384 bits. */
export const derInteger: Codec<bigint> = element(
  tags.integer,
  codec<bigint>({
    type: 'INTEGER',
    read(reader) {
      const start = reader.offset;
      const digits = reader.take(reader.remaining);
      const first = digits[0] ?? 0xff;
      if (first >= 0x80) throw reader.error('expected an integer that is not negative', start);
      if (first === 0 && digits.length > 1 && (digits[1] ?? 0) < 0x80) {
        throw reader.error('expected the shortest integer', start);
      }
      if (digits.length > maximumMpintSizeBytes)
        throw reader.error(`expected at most ${maximumMpintSizeBytes} bytes`, start);
      return bigintFromBytes(digits);
    },
    write(writer, value) {
      const digits = bigintToBytes(value);
      if (digits.length === 0 || (digits[0] ?? 0) >= 0x80) writer.byte(0);
      writer.raw(digits);
    },
  }),
);

const arcLimit = 0x1_0000_0000;
const maximumArcs = 32;

/** An object identifier as dotted numbers, like `1.2.840.10045.2.1`. Arcs beyond 2^32-1 are refused. */
export const derOid: Codec<string> = element(
  tags.oid,
  codec<string>({
    type: 'OBJECT IDENTIFIER',
    read(reader) {
      const arcs: number[] = [];
      while (reader.remaining > 0) {
        if (arcs.length === maximumArcs) throw reader.error(`expected at most ${maximumArcs} arcs`);
        arcs.push(readArc(reader));
      }
      const [first] = arcs;
      if (first === undefined) throw reader.error('expected an object identifier');
      const top = Math.min(Math.floor(first / 40), 2);
      return [top, first - 40 * top, ...arcs.slice(1)].join('.');
    },
    write(writer, value) {
      const [top = 0, second = 0, ...arcs] = value.split('.').map(Number);
      for (const arc of [40 * top + second, ...arcs]) writeArc(writer, arc);
    },
  }),
);

function readArc(reader: Reader): number {
  const start = reader.offset;
  let arc = 0;
  for (let byte = 0x80; byte >= 0x80;) {
    byte = reader.byte();
    if (arc === 0 && byte === 0x80) throw reader.error('expected the shortest arc', start);
    arc = arc * 128 + (byte & 0x7f);
    if (arc >= arcLimit) throw reader.error('expected an arc below 2^32', start);
  }
  return arc;
}

function writeArc(writer: Writer, arc: number): void {
  assert(Number.isSafeInteger(arc) && arc >= 0 && arc < arcLimit, `${arc} is no arc of an object identifier`);
  const groups = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) groups.unshift((rest % 128) | 0x80);
  for (const group of groups) writer.byte(group);
}

export const derNull: Codec<null> = element(
  tags.null,
  codec<null>({ type: 'NULL', read: () => null, write: () => undefined }),
);

/** Whole bytes in a BIT STRING: its count of unused bits is 0. */
export function derBitString<T>(inner: Codec<T>): Codec<T> {
  const contents = codec<T>({
    type: inner.type,
    named: inner.named === true,
    read(reader) {
      const unused = reader.byte();
      if (unused !== 0) throw reader.error(`expected no unused bits, found ${unused}`, reader.offset - 1);
      return inner.read(reader);
    },
    write(writer, value) {
      writer.byte(0);
      inner.write(writer, value);
    },
  });
  return element(tags.bitString, contents, inner.named === true ? inner.type : 'BIT STRING');
}

export function derOctetString<T>(inner: Codec<T>): Codec<T> {
  return element(tags.octetString, inner, inner.named === true ? inner.type : 'OCTET STRING');
}

/** A SEQUENCE with fields in order; `name` is its ASN.1 type. */
export function derSequence<const F extends Readonly<Record<string, Codec<unknown>>>>(
  name: string,
  fields: F,
): Codec<StructValue<F>> {
  return element(tags.sequence, struct(name, fields));
}

/** What stands in an explicit context tag `[number]`, or undefined where another tag follows or nothing. */
export function derOptionalExplicit<T>(number: number, inner: Codec<T>): Codec<T | undefined> {
  const tagged = element(explicitTag | number, inner);
  return codec<T | undefined>({
    type: inner.type,
    named: inner.named === true,
    read: (reader) => (nextTag(reader) === (explicitTag | number) ? tagged.read(reader) : undefined),
    write(writer, value) {
      if (value !== undefined) tagged.write(writer, value);
    },
  });
}

function nextTag(reader: Reader): number | undefined {
  return reader.remaining > 0 ? reader.bytes[reader.offset] : undefined;
}
