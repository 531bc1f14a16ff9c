import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  base64Decode,
  base64Encode,
  bigintFromBytes,
  bigintToBytes,
  boolean,
  byte,
  concatBytes,
  countedList,
  DecodeError,
  equalBytes,
  equalBytesConstantTime,
  fixed,
  hexDecode,
  hexEncode,
  inString,
  list,
  messageNumber,
  mpint,
  mpintBytes,
  name,
  nameList,
  optional,
  rest,
  string,
  stringOf,
  struct,
  uint32,
  uint64,
  utf8,
  utf8Encode,
  type Codec,
  type ValueOf,
} from './index.ts';

const bytesOf = (hex: string): Uint8Array => hexDecode(hex.replaceAll(' ', '')) ?? new Uint8Array([0xde, 0xad]);
const errorOf = (act: () => unknown): DecodeError => {
  try {
    act();
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const kexinit = struct('kexinit', {
  number: messageNumber(20),
  cookie: fixed(16),
  kexAlgorithms: nameList,
  firstKexPacketFollows: boolean,
  reserved: uint32,
});

describe('RFC 4251 section 5 examples', () => {
  const mpints: readonly (readonly [bigint, string])[] = [
    [0n, '00 00 00 00'],
    [0x9a378f9b2e332a7n, '00 00 00 08 09 a3 78 f9 b2 e3 32 a7'],
    [0x80n, '00 00 00 02 00 80'],
  ];
  it.each(mpints)('mpint %s encodes and decodes', (value, hex) => {
    expect(hexEncode(mpint.encode(value))).toBe(hex.replaceAll(' ', ''));
    expect(mpint.decode(bytesOf(hex))).toBe(value);
  });
  it.each([
    [[], '00 00 00 00'],
    [['zlib'], '00 00 00 04 7a 6c 69 62'],
    [['zlib', 'none'], '00 00 00 09 7a 6c 69 62 2c 6e 6f 6e 65'],
  ])('name-list %s encodes and decodes', (value, hex) => {
    expect(hexEncode(nameList.encode(value))).toBe(hex.replaceAll(' ', ''));
    expect(nameList.decode(bytesOf(hex))).toEqual(value);
  });
  it('uint32 699921578 is 29 b7 f4 aa', () => expect(hexEncode(uint32.encode(699921578))).toBe('29b7f4aa'));
  it('boolean reads any byte but 0 as true and writes 1', () => {
    expect(boolean.decode(bytesOf('07'))).toBe(true);
    expect(boolean.encode(true)).toEqual(bytesOf('01'));
  });
});

describe('strictness', () => {
  it.each([
    ['negative mpint', mpint, '00000001 80'],
    ['mpint with a zero too many', mpint, '00000002 0001'],
    ['mpint zero as a byte', mpint, '00000001 00'],
    ['trailing byte', uint32, '00000001 00'],
    ['string past the end', string, '00000002 61'],
    ['string of 2^32-1 bytes', string, 'ffffffff 61'],
    ['malformed UTF-8', utf8, '00000002 c328'],
    ['overlong UTF-8', utf8, '00000002 c080'],
    ['empty name', nameList, '00000003 612c2c'],
    ['only commas', nameList, '00000001 2c'],
    ['space in a name', name, '00000003 612062'],
    ['comma in a name', name, '00000003 612c62'],
    ['high byte in a name', name, '00000001 ff'],
    ['string of another size', stringOf(4), '00000003 616263'],
    ['another constant', messageNumber(20), '15'],
    ['left over in a string', inString(byte), '00000002 0101'],
  ])('%s is refused', (_case, format: Codec<unknown>, hex) => {
    expect(() => format.decode(bytesOf(hex))).toThrow(DecodeError);
  });

  it('mpint longer than 16,384 bits is refused before it becomes a number', () => {
    const digits = new Uint8Array(3000).fill(1);
    expect(errorOf(() => mpint.decode(string.encode(digits))).reason).toContain('at most 2049 bytes');
  });

  it('countedList refuses a count above its limit', () => {
    expect(errorOf(() => countedList(byte, { maximum: 3 }).decode(bytesOf('ffffffff'))).offset).toBe(0);
  });

  it('list refuses one item more than its limit', () => {
    expect(() => list(byte, { maximum: 2 }).decode(bytesOf('010203'))).toThrow('at most 2 items');
  });

  it('encoding what does not fit is an assertion', () => {
    expect(() => uint32.encode(-1)).toThrow('assertion failed');
    expect(() => uint64.encode(1n << 64n)).toThrow('assertion failed');
    expect(() => fixed(2).encode(new Uint8Array(3))).toThrow('assertion failed');
    expect(() => nameList.encode(['a,b'])).toThrow('assertion failed');
  });
});

describe('struct', () => {
  const value = {
    number: 20,
    cookie: new Uint8Array(16).fill(7),
    kexAlgorithms: ['mlkem768x25519-sha256', 'curve25519-sha256'],
    firstKexPacketFollows: false,
    reserved: 0,
  } as const;

  it('infers the literal of a message number', () => {
    expectTypeOf<ValueOf<typeof kexinit>['number']>().toEqualTypeOf<20>();
    expectTypeOf<ValueOf<typeof kexinit>['kexAlgorithms']>().toEqualTypeOf<readonly string[]>();
    expect(kexinit.decode(kexinit.encode(value)).number).toBe(20);
  });

  it('names the field and the byte of an error', () => {
    const error = errorOf(() => kexinit.decode(kexinit.encode(value).subarray(0, 10)));
    expect(error).toMatchObject({ path: 'kexinit.cookie', offset: 1 });
    expect(error.message).toBe('kexinit.cookie: expected 16 bytes, found 9 (byte 1)');
  });

  it('names nested fields and items', () => {
    const outer = struct('outer', { keys: countedList(inString(struct('key', { type: name })), { maximum: 8 }) });
    const bytes = outer.encode({ keys: [{ type: 'a' }, { type: 'b' }] });
    bytes[bytes.length - 1] = 0x20;
    expect(errorOf(() => outer.decode(bytes))).toMatchObject({ path: 'outer.keys[1].type', offset: bytes.length - 1 });
  });

  it('gives a span for every field, which cover the bytes', () => {
    const bytes = kexinit.encode(value);
    const spans = kexinit.spans(bytes);
    expect(spans[0]).toEqual({ path: 'kexinit', type: 'kexinit', start: 0, end: bytes.length, depth: 0 });
    expect(spans.slice(1).map(({ path, type, start, end }) => [path, type, start, end])).toEqual([
      ['kexinit.number', 'byte', 0, 1],
      ['kexinit.cookie', 'byte[16]', 1, 17],
      ['kexinit.kexAlgorithms', 'name-list', 17, 60],
      ['kexinit.firstKexPacketFollows', 'boolean', 60, 61],
      ['kexinit.reserved', 'uint32', 61, 65],
    ]);
  });

  it('gives the spans before a malformed field', () => {
    const spans = kexinit.spans(kexinit.encode(value).subarray(0, 20));
    expect(spans.map((span) => span.path)).toEqual([
      'kexinit',
      'kexinit.number',
      'kexinit.cookie',
      'kexinit.kexAlgorithms',
    ]);
  });

  it('decodePrefix tells how much it took', () => {
    expect(uint32.decodePrefix(bytesOf('00000005 ff'))).toEqual({ value: 5, size: 4 });
  });

  it('optional is undefined at the end of the input', () => {
    const format = struct('x', { a: byte, b: optional(byte) });
    expect(format.decode(bytesOf('01'))).toEqual({ a: 1, b: undefined });
    expect(format.decode(bytesOf('0102'))).toEqual({ a: 1, b: 2 });
  });
});

describe('properties', () => {
  const everything = struct('everything', {
    byte,
    boolean,
    uint32,
    uint64,
    string,
    utf8,
    mpint,
    names: nameList,
    items: countedList(inString(struct('item', { a: uint32, b: rest })), { maximum: 100 }),
    rest,
  });
  const bytes = fc.uint8Array({ maxLength: 40 });
  const arbitrary = fc.record({
    byte: fc.integer({ min: 0, max: 255 }),
    boolean: fc.boolean(),
    uint32: fc.integer({ min: 0, max: 0xffffffff }),
    uint64: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
    string: bytes,
    utf8: fc.string({ unit: 'grapheme' }),
    mpint: fc.bigInt({ min: 0n, max: 1n << 300n }),
    names: fc.array(fc.stringMatching(/^[a-z0-9@.-]{1,12}$/), { maxLength: 5 }),
    items: fc.array(fc.record({ a: fc.nat(), b: bytes }), { maxLength: 5 }),
    rest: bytes,
  });

  it('decode of encode is the value', () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(everything.decode(everything.encode(value))).toEqual(value);
      }),
    );
  });

  it('any bytes decode or give a DecodeError inside the input, and never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
        try {
          const value = everything.decode(input);
          expect(
            equalBytes(everything.encode({ ...value, boolean: value.boolean }).subarray(2), input.subarray(2)),
          ).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          if (error instanceof DecodeError) expect(error.offset).toBeLessThanOrEqual(input.length);
        }
      }),
    );
  });

  it('mpintBytes agrees with mpint', () => {
    fc.assert(
      fc.property(bytes, (digits) => {
        expect(mpintBytes.encode(digits)).toEqual(mpint.encode(bigintFromBytes(digits)));
      }),
    );
  });

  it('base64Decode of base64Encode is the value, and any other text of that length is refused', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(base64Encode(value)).toBe(btoa(String.fromCharCode(...value)));
        expect(base64Decode(base64Encode(value))).toEqual(value);
      }),
    );
    for (const text of ['QQ', 'QQ=', 'QR==', 'QUJ=', 'Q Q=', '====', 'QQ==QQ==', 'QUI\u0142', 'QUI-', 'Q===']) {
      expect(base64Decode(text), text).toBeUndefined();
    }
  });

  it('hexDecode of hexEncode is the value', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(hexDecode(hexEncode(value))).toEqual(value);
      }),
    );
    expect(hexDecode('0g')).toBeUndefined();
    expect(hexDecode('012')).toBeUndefined();
  });

  it('equalBytesConstantTime agrees with equalBytes', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(equalBytesConstantTime(a, b)).toBe(equalBytes(a, b));
        expect(equalBytesConstantTime(a, a.slice())).toBe(true);
      }),
    );
  });

  it('bigintToBytes pads to the asked size', () => {
    expect(bigintToBytes(258n, 4)).toEqual(bytesOf('00000102'));
    expect(() => bigintToBytes(258n, 1)).toThrow('assertion failed');
    expect(concatBytes(utf8Encode('a'), utf8Encode('b'))).toEqual(utf8Encode('ab'));
  });
});
