import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBytes, toBytes } from './byte-text.ts';

test('toBytes gives back what fromBytes read, for any bytes', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(toBytes(fromBytes(bytes))).toEqual(bytes)));
});

test('fromBytes reads well-formed UTF-8 as TextDecoder does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      expect(fromBytes(new TextEncoder().encode(text))).toBe(
        new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text)),
      ),
    ),
  );
});
