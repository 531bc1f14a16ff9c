/** DER: what is not in the one allowed form is refused, with its byte. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexDecode } from '../../wire/bytes.ts';
import { bitString, integer, nullElement, objectIdentifier, octetString, sequence } from './der.ts';

const hex = (text: string) => hexDecode(text.replaceAll(' ', '')) ?? new Uint8Array();
const pair = sequence('Pair', { first: integer, second: octetString });

describe('decode of encode', () => {
  it('is the number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 2000n }), (number) => {
        expect(integer.decode(integer.encode(number))).toBe(number);
      }),
    );
  });

  it('is the object identifier, with arcs of any size (CVE-2025-66030)', () => {
    const arc = fc.bigInt({ min: 0n, max: 1n << 100n });
    const arbitrary = fc.tuple(fc.constantFrom('0.3', '1.2', '1.39', '2.999'), fc.array(arc, { maxLength: 4 }));
    fc.assert(
      fc.property(arbitrary, ([start, arcs]) => {
        const name = [start, ...arcs].join('.');
        expect(objectIdentifier.decode(objectIdentifier.encode(name))).toBe(name);
      }),
    );
  });

  it('is the sequence, whatever the size', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0, 1, 127, 128, 255, 256, 65_536), (first, size) => {
        const value = { first: BigInt(first), second: new Uint8Array(size) };
        expect(pair.decode(pair.encode(value))).toEqual(value);
      }),
      { numRuns: 30 },
    );
  });
});

describe('refused, with its byte', () => {
  it.each([
    ['another tag', '30 06 0401 00 0401 00', 'first', 2],
    ['a length with a byte too many', '30 8106 0201 00 0401 00', '', 1],
    ['an indefinite length', '30 80 0201 00 0401 00 0000', '', 1],
    ['a length of 2^32-1', '30 84ffffffff', '', 1],
    ['a length past the end', '30 07 0201 00 0401 00', '', 1],
    ['an inner length past its element', '30 06 0201 00 0402 00', 'second', 6],
    ['a negative number', '30 06 0201 80 0401 00', 'first', 4],
    ['a number with a zero too many', '30 07 0202 0001 0401 00', 'first', 4],
    ['an empty number', '30 05 0200 0401 00', 'first', 4],
    ['a byte after the fields', '30 07 0201 00 0401 00 00', '', 8],
    ['a byte after the sequence', '30 06 0201 00 0401 00 00', '', 8],
  ])('%s', (_name, text, field, offset) => {
    const path = field === '' ? 'Pair' : `Pair.${field}`;
    expect(() => pair.decode(hex(text))).toThrow(expect.objectContaining({ name: 'DecodeError', path, offset }));
  });

  it.each([
    ['an arc with leading zeros', objectIdentifier, '06 03 2a8001'],
    ['an arc without its end', objectIdentifier, '06 02 2a81'],
    ['no arcs', objectIdentifier, '06 00'],
    ['bits that are no whole bytes', bitString, '03 02 0180'],
    ['a NULL with contents', nullElement, '05 01 00'],
  ])('%s', (_name, format, text) => {
    expect(() => format.decode(hex(text))).toThrow(expect.objectContaining({ name: 'DecodeError' }));
  });
});
