/** The sections of a key revocation list as they stand in the file (PROTOCOL.krl): one codec per section type, in and out. */
import { assert } from '../assertion.ts';
import { authorityKey } from '../certificates/authority-key.ts';
import { codec, type Codec, type ValueOf } from '../wire/codec.ts';
import { checked, inString, list, optional, struct } from '../wire/composites.ts';
import { boolean, byte, constant, mpintBytes, string, stringOf, uint32, uint64, utf8 } from '../wire/primitives.ts';

/** OpenSSH's words for what it tells apart; all else is its `invalid format`. */
export const krlFaults = {
  magic: 'KRL file has invalid magic number',
  critical: 'requested feature not supported',
  keyType: 'unknown or unsupported key type',
} as const;

/** Section types. */
export const krlSection = {
  certificates: 1,
  explicitKey: 2,
  sha1: 3,
  signature: 4,
  sha256: 5,
  extension: 255,
} as const;

/** Types of the sections within a certificates section. */
export const krlCertificateSection = {
  serialList: 0x20,
  serialRange: 0x21,
  serialBitmap: 0x22,
  keyId: 0x23,
  extension: 0x39,
} as const;

/** A bitmap's largest number of bits: what an mpint of OpenSSH can hold. */
export const maximumBitmapBits = 16_384;

/** A section is bounded by its bytes, and each item has some. */
const anyNumber = { maximum: 2 ** 32 };

/** `SSHKRL\n\0`. */
const magic = checked(uint64, (value) => (value === 0x5353484b524c0a00n ? undefined : krlFaults.magic));

const text = checked(utf8, (value) => (value.includes('\0') ? 'expected text without NUL' : undefined));

interface Tagged {
  readonly type: number;
}

/** One of several structs whose first field is the byte `type`; an unknown one is refused, as by OpenSSH. */
function oneOf<const R extends Readonly<Record<number, Codec<Tagged>>>>(rows: R): Codec<ValueOf<R[keyof R]>>;
function oneOf(rows: Readonly<Record<number, Codec<Tagged>>>): Codec<Tagged> {
  return codec<Tagged>({
    type: 'section',
    read(reader) {
      const start = reader.offset;
      const type = reader.byte();
      reader.offset = start;
      const row = rows[type];
      if (row === undefined) throw reader.error(`unsupported section ${type}`);
      return row.read(reader);
    },
    write(writer, value) {
      const row = rows[value.type];
      assert(row !== undefined, `section ${value.type} is not known`);
      row.write(writer, value);
    },
  });
}

/** What may be passed over if it is not known, and what may not. */
const extension = inString(
  struct('extension', {
    name: text,
    critical: checked(boolean, (value) => (value ? krlFaults.critical : undefined)),
    contents: string,
  }),
);

/** Serial 0 is what an authority gives that does not count. */
const serial = checked(uint64, (value) => (value === 0n ? 'expected a serial above 0' : undefined));

const range = checked(struct('range', { first: serial, last: uint64 }), ({ first, last }) =>
  first > last ? `expected a range, found ${first} to ${last}` : undefined,
);

/** The lowest bit of the number stands for the serial `offset`. */
const bitmap = checked(struct('bitmap', { offset: uint64, bits: mpintBytes }), ({ offset, bits }) => {
  const isZeroSet = offset === 0n && ((bits.at(-1) ?? 0) & 1) === 1;
  const highest = 8 * bits.length - Math.clz32(bits[0] ?? 0) + 23;
  const wraps = bits.length > 0 && offset + BigInt(highest) >= 2n ** 64n;
  return isZeroSet || wraps ? 'expected serials from 1 to 2^64-1' : undefined;
});

const serialList = struct('serial list', {
  type: constant(byte, krlCertificateSection.serialList),
  serials: inString(list(serial, anyNumber)),
});
const serialRange = struct('serial range', {
  type: constant(byte, krlCertificateSection.serialRange),
  range: inString(range),
});
const serialBitmap = struct('serial bitmap', {
  type: constant(byte, krlCertificateSection.serialBitmap),
  bitmap: inString(bitmap),
});
const keyIds = struct('key IDs', {
  type: constant(byte, krlCertificateSection.keyId),
  keyIds: inString(list(text, anyNumber)),
});
const certificateExtension = struct('extension', {
  type: constant(byte, krlCertificateSection.extension),
  extension,
});

const certificateSection = oneOf({
  [krlCertificateSection.serialList]: serialList,
  [krlCertificateSection.serialRange]: serialRange,
  [krlCertificateSection.serialBitmap]: serialBitmap,
  [krlCertificateSection.keyId]: keyIds,
  [krlCertificateSection.extension]: certificateExtension,
});

/** Empty: any authority. */
const authority = inString(optional(authorityKey(krlFaults.keyType)));

/** What is revoked of one authority. */
const certificates = struct('certificates', {
  type: constant(byte, krlSection.certificates),
  revoked: inString(struct('revoked', { authority, reserved: string, sections: list(certificateSection, anyNumber) })),
});
const explicitKeys = struct('explicit keys', {
  type: constant(byte, krlSection.explicitKey),
  keys: inString(list(string, anyNumber)),
});
const sha1Digests = struct('SHA-1 digests', {
  type: constant(byte, krlSection.sha1),
  digests: inString(list(stringOf(20), anyNumber)),
});
const sha256Digests = struct('SHA-256 digests', {
  type: constant(byte, krlSection.sha256),
  digests: inString(list(stringOf(32), anyNumber)),
});
/** OpenSSH since 9.4 reads over it: nothing ever checked it by default. */
const signature = struct('signature', {
  type: constant(byte, krlSection.signature),
  key: string,
  signature: string,
});
const fileExtension = struct('extension', { type: constant(byte, krlSection.extension), extension });

/** A whole file. */
export const krlFile = struct('krl', {
  magic,
  formatVersion: constant(uint32, 1),
  version: uint64,
  generated: uint64,
  flags: uint64,
  reserved: string,
  comment: text,
  sections: list(
    oneOf({
      [krlSection.certificates]: certificates,
      [krlSection.explicitKey]: explicitKeys,
      [krlSection.sha1]: sha1Digests,
      [krlSection.signature]: signature,
      [krlSection.sha256]: sha256Digests,
      [krlSection.extension]: fileExtension,
    }),
    anyNumber,
  ),
});

export type KrlFile = ValueOf<typeof krlFile>;
export type KrlSection = KrlFile['sections'][number];
export type KrlCertificateSection = ValueOf<typeof certificateSection>;
