import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatExponential, formatFixed, formatGeneral, readLongDouble, type FiniteDouble } from './long-double.ts';

function finite(text: string): FiniteDouble {
  const { value } = readLongDouble(text);
  if (value.kind !== 'finite') throw new Error(`${text} is not finite`);
  return value;
}

test('readLongDouble reads what formatExponential wrote with 20 decimals', () => {
  fc.assert(
    fc.property(fc.double({ noDefaultInfinity: true, noNaN: true, min: 0 }), (number) => {
      const value = finite(String(number));
      const { before, after } = formatExponential(value, 20, false);
      expect(finite(before + after)).toEqual(value);
    }),
  );
});

test('formatFixed keeps the zeros of a precision of a billion out of the string', () => {
  const { before, zeros } = formatFixed(finite('0.1'), 1_000_000_000, false);
  expect(before.length).toBeLessThan(20_000);
  expect(before.length - 2 + zeros).toBe(1_000_000_000);
});

test('formatGeneral of a double with few digits is that number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: -20, max: 20 }), (digits, exponent) => {
      const { before, after } = formatGeneral(finite(`${digits}e${exponent}`), 6, false);
      expect(Number(before + after)).toBe(Number(`${digits}e${exponent}`));
    }),
  );
});

test.each(['1e999999999', '1e-999999999', `0x1p999999999`, '9'.repeat(20_000)])(
  'readLongDouble of %.20s is out of range, and is not computed',
  (text) => {
    expect(readLongDouble(text).outOfRange).toBe(true);
  },
);
