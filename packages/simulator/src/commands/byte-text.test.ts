import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBytes, toBytes } from './byte-text.ts';

test('toBytes gives back what fromBytes read, for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBytes(fromBytes(bytes))).toEqual(bytes);
    }),
  );
});

test('fromBytes reads well-formed UTF-8 as TextDecoder does', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = new TextEncoder().encode(text);
      expect(fromBytes(bytes)).toBe(decoder.decode(bytes));
    }),
  );
});
