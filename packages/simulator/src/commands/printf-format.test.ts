import { expect, test } from 'vitest';
import { bashDialect } from './printf-arguments.ts';
import { formatPrintf } from './printf-format.ts';

const dialect = bashDialect((text) => text);

test.each([
  ['%1000000000d', '1'],
  ['%*d', '1000000000'],
  ['%.1000000000d', '1'],
  ['%-1000000000s', 'x'],
  ['%.1000000000f', '1'],
  ['%.1000000000e', '1'],
])('formatPrintf of %s gives pieces of bounded size', (format, argument) => {
  let longest = 0;
  let taken = 0;
  for (const event of formatPrintf(format, [argument, '1'], dialect)) {
    if (event.type === 'text') longest = Math.max(longest, event.text.length);
    if (++taken === 1000) break;
  }
  expect(taken).toBe(1000);
  expect(longest).toBeLessThan(20_000);
});
