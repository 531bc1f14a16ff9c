/**
 * DER (X.690) as codecs, so that ASN.1 structures are values that decode, encode and give byte spans. Strict: the shortest lengths and
 * numbers, no bytes left over, whole numbers from 0 on. Our own, since node-forge's gives no offsets. Nesting is that of the codecs, at
 * most 8 deep: input cannot make it deeper, since elements of other kinds are never walked into.
 */
import { bigintFromBytes, bigintToBytes, concatBytes } from '../../wire/bytes.ts';
import { codec, type Codec } from '../../wire/codec.ts';
import { struct, type Fields, type StructValue } from '../../wire/composites.ts';
import { maximumMpintSizeBytes } from '../../wire/primitives.ts';
import type { Reader } from '../../wire/reader.ts';
import type { Writer } from '../../wire/writer.ts';

const integerTag = 0x02;
const bitStringTag = 0x03;
const octetStringTag = 0x04;
const nullTag = 0x05;
const objectIdentifierTag = 0x06;
const sequenceTag = 0x30;
const explicitTag = 0xa0;
const implicitTag = 0x80;
const highTagNumber = 0x1f;
const maximumLengthBytes = 3;

const tagNames: ReadonlyMap<number, string> = new Map([
  [integerTag, 'an INTEGER'],
  [bitStringTag, 'a BIT STRING'],
  [octetStringTag, 'an OCTET STRING'],
  [nullTag, 'NULL'],
  [objectIdentifierTag, 'an OBJECT IDENTIFIER'],
  [sequenceTag, 'a SEQUENCE'],
]);

function tagName(tag: number): string {
  return tagNames.get(tag) ?? `tag 0x${tag.toString(16).padStart(2, '0')}`;
}

/** Reads tag and length and narrows the reader to the contents; gives the old end. */
function enterElement(reader: Reader, tag: number): number {
  const start = reader.offset;
  const found = reader.byte();
  if (found !== tag) throw reader.error(`expected ${tagName(tag)}, found ${tagName(found)}`, start);
  const size = readLength(reader);
  const outerEnd = reader.end;
  reader.end = reader.offset + size;
  return outerEnd;
}

function readLength(reader: Reader): number {
  const start = reader.offset;
  const first = reader.byte();
  const count = first & 0x7f;
  if (first < 0x80) return checkedLength(reader, first, start);
  if (count === 0 || count > maximumLengthBytes) {
    throw reader.error('expected a definite length below 2^24', start);
  }
  let size = 0;
  for (let index = 0; index < count; index++) size = size * 256 + reader.byte();
  if (size < (count === 1 ? 0x80 : 256 ** (count - 1))) {
    throw reader.error('expected the shortest length', start);
  }
  return checkedLength(reader, size, start);
}

function checkedLength(reader: Reader, size: number, start: number): number {
  if (size > reader.remaining) {
    throw reader.error(`length ${size} is more than the ${reader.remaining} bytes left`, start);
  }
  return size;
}

function writeElement(writer: Writer, tag: number, contents: Uint8Array): void {
  writer.byte(tag);
  const size = contents.length;
  const sizeBytes = bigintToBytes(BigInt(size));
  writer.raw(size < 0x80 ? Uint8Array.of(size) : concatBytes(Uint8Array.of(0x80 | sizeBytes.length), sizeBytes));
  writer.raw(contents);
}

/** How the contents of a primitive element read and write. */
interface Contents<T> {
  read(contents: Uint8Array, fail: (reason: string) => Error): T;
  write(value: T): Uint8Array;
}

function primitive<T>(type: string, tag: number, contents: Contents<T>): Codec<T> {
  return codec({
    type,
    read(reader) {
      const outerEnd = enterElement(reader, tag);
      const start = reader.offset;
      const value = contents.read(reader.take(reader.remaining), (reason) => reader.error(reason, start));
      reader.end = outerEnd;
      return value;
    },
    write: (writer, value) => writeElement(writer, tag, contents.write(value)),
  });
}

/** An element whose contents are those of another codec. */
function constructed<T>(tag: number, inner: Codec<T>): Codec<T> {
  return codec({
    type: inner.type,
    named: inner.named === true,
    read(reader) {
      const outerEnd = enterElement(reader, tag);
      const value = inner.read(reader);
      reader.expectEnd();
      reader.end = outerEnd;
      return value;
    },
    write: (writer, value) => writeElement(writer, tag, inner.encode(value)),
  });
}

/** A whole number from 0 on, up to 16,384 bits. */
export const integer: Codec<bigint> = primitive('INTEGER', integerTag, {
  read(digits, fail) {
    const first = digits[0];
    if (first === undefined) throw fail('expected an integer of at least 1 byte');
    if (first >= 0x80) throw fail('expected an integer that is not negative');
    if (first === 0 && digits.length > 1 && (digits[1] ?? 0) < 0x80) throw fail('expected the shortest integer');
    if (digits.length > maximumMpintSizeBytes) throw fail(`expected at most ${maximumMpintSizeBytes} bytes`);
    return bigintFromBytes(digits);
  },
  write(value) {
    const digits = bigintToBytes(value);
    const needsZero = digits.length === 0 || (digits[0] ?? 0) >= 0x80;
    return needsZero ? concatBytes(Uint8Array.of(0), digits) : digits;
  },
});

export const octetString: Codec<Uint8Array> = primitive('OCTET STRING', octetStringTag, {
  read: (contents) => contents,
  write: (value) => value,
});

function bitStringWithTag(tag: number): Codec<Uint8Array> {
  return primitive('BIT STRING', tag, {
    read(contents, fail) {
      if (contents[0] !== 0) throw fail('expected a bit string of whole bytes');
      return contents.subarray(1);
    },
    write: (value) => concatBytes(Uint8Array.of(0), value),
  });
}

/** Of whole bytes. */
export const bitString: Codec<Uint8Array> = bitStringWithTag(bitStringTag);

export const nullElement: Codec<null> = primitive('NULL', nullTag, {
  read(contents, fail) {
    if (contents.length > 0) throw fail('expected an empty NULL');
    return null;
  },
  write: () => new Uint8Array(),
});

const maximumObjectIdentifierSizeBytes = 64;
const arcBits = 7n;

/** In dotted decimal, every arc exact: none wraps around (CVE-2025-66030). */
export const objectIdentifier: Codec<string> = primitive('OBJECT IDENTIFIER', objectIdentifierTag, {
  read(contents, fail) {
    if (contents.length === 0 || contents.length > maximumObjectIdentifierSizeBytes || (contents.at(-1) ?? 0) >= 0x80) {
      throw fail(`expected an object identifier of 1 to ${maximumObjectIdentifierSizeBytes} bytes`);
    }
    const arcs: bigint[] = [];
    let arc = 0n;
    let isFirst = true;
    for (const value of contents) {
      if (isFirst && value === 0x80) throw fail('expected the shortest arc');
      arc = (arc << arcBits) | BigInt(value & 0x7f);
      isFirst = value < 0x80;
      if (!isFirst) continue;
      arcs.push(arc);
      arc = 0n;
    }
    const [root = 0n, ...rest] = arcs;
    const top = root < 80n ? root / 40n : 2n;
    return [top, root - top * 40n, ...rest].join('.');
  },
  write(value) {
    const [top = 0n, second = 0n, ...rest] = value.split('.').map(BigInt);
    return concatBytes(...[top * 40n + second, ...rest].map(arcBytes));
  },
});

function arcBytes(arc: bigint): Uint8Array {
  const digits = [Number(arc & 0x7fn)];
  for (let left = arc >> arcBits; left > 0n; left >>= arcBits) digits.unshift(0x80 | Number(left & 0x7fn));
  return Uint8Array.from(digits);
}

/** A SEQUENCE of these fields; its name opens the path in errors and spans. */
export function sequence<const F extends Fields>(name: string, fields: F): Codec<StructValue<F>> {
  return constructed(sequenceTag, struct(name, fields));
}

/** An OCTET STRING that holds one element. */
export function inOctetString<T>(inner: Codec<T>): Codec<T> {
  return constructed(octetStringTag, inner);
}

/** `[number] EXPLICIT ... OPTIONAL`. */
export function optionalExplicit<T>(number: number, inner: Codec<T>): Codec<T | undefined> {
  return optionalElement(explicitTag + number, constructed(explicitTag + number, inner));
}

/** `[number] IMPLICIT BIT STRING OPTIONAL`. */
export function optionalImplicitBitString(number: number): Codec<Uint8Array | undefined> {
  return optionalElement(implicitTag + number, bitStringWithTag(implicitTag + number));
}

/** `INTEGER OPTIONAL`. */
export const optionalInteger: Codec<bigint | undefined> = optionalElement(integerTag, integer);

/** `SEQUENCE ... OPTIONAL`. */
export function optionalSequence<T>(inner: Codec<T>): Codec<T | undefined> {
  return optionalElement(sequenceTag, inner);
}

/** A constructed element `[number]` that is taken as it is, whole and not walked into, if it is there. */
export function optionalOpaque(number: number): Codec<Uint8Array | undefined> {
  return optionalElement(explicitTag + number, anyElement);
}

function optionalElement<T>(tag: number, inner: Codec<T>): Codec<T | undefined> {
  return codec<T | undefined>({
    type: inner.type,
    read: (reader) => (reader.remaining > 0 && reader.bytes[reader.offset] === tag ? inner.read(reader) : undefined),
    write(writer, value) {
      if (value !== undefined) inner.write(writer, value);
    },
  });
}

/** One element of any kind, tag and length included; it is not walked into. */
export const anyElement: Codec<Uint8Array> = codec({
  type: 'ANY',
  read(reader) {
    const start = reader.offset;
    const tag = reader.byte();
    if ((tag & highTagNumber) === highTagNumber) throw reader.error('expected a tag of one byte', start);
    const size = readLength(reader);
    const headerSize = reader.offset - start;
    reader.offset = start;
    return reader.take(headerSize + size);
  },
  write: (writer, value) => writer.raw(value),
});

/** The number of an element whose only allowed value is this. */
export function integerOf(value: bigint): Codec<bigint> {
  return codec({
    type: integer.type,
    read(reader) {
      const start = reader.offset;
      const found = integer.read(reader);
      if (found !== value) throw reader.error(`expected ${value}, found ${found}`, start);
      return found;
    },
    write: (writer) => integer.write(writer, value),
  });
}

/** How many bytes the first element says it has, header included, if its header is well formed. For telling garbage from DER. */
export function elementSize(bytes: Uint8Array): number | undefined {
  const count = (bytes[1] ?? 0x80) < 0x80 ? 0 : (bytes[1] ?? 0) & 0x7f;
  if (bytes[1] === 0x80 || count > maximumLengthBytes || bytes.length < 2 + count) return undefined;
  if (count === 0) return 2 + (bytes[1] ?? 0);
  return 2 + count + Number(bigintFromBytes(bytes.subarray(2, 2 + count)));
}
