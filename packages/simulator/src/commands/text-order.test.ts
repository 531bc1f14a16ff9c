import { expect, test } from 'vitest';
import { compareVersions } from './text-order.ts';

test.each([
  ['a-1.tar.gz', 'a-1.2.tar.gz'],
  ['a.2', 'a.10'],
  ['a2.c', 'a10.c'],
  ['a.b.', 'a.b..'],
  ['v09', 'v10'],
  [`v${'9'.repeat(400)}`, `v1${'0'.repeat(400)}`],
  [`v${'0'.repeat(400)}8`, `v${'0'.repeat(400)}9`],
])('%s stands before %s', (first, second) => {
  expect(Math.sign(compareVersions(first, second))).toBe(-1);
  expect(Math.sign(compareVersions(second, first))).toBe(1);
});

test('a long name with many dots is compared at once', () => {
  const name = `${'.a'.repeat(400_000)}!`;
  expect(compareVersions(name, name)).toBe(0);
});
