import { expect, test } from 'vitest';
import { builtins } from './index.ts';
import { builtinNames } from './names.ts';

test('builtinNames are the names of the table', () => {
  expect([...builtinNames].toSorted()).toEqual([...builtins.keys()].toSorted());
});
