/** The time beside a running command. */
import { expect, test } from 'vitest';
import { formatElapsed } from './running.ts';

test.each([
  [0, '0.0 s'],
  [299, '0.2 s'],
  [9999, '9.9 s'],
  [10_000, '10 s'],
  [59_999, '59 s'],
  [125_000, '2 min 5 s'],
])('formatElapsed: %d ms is %s', (milliseconds, text) => {
  expect(formatElapsed(milliseconds)).toBe(text);
});
