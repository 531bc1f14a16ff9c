import { expect, test } from 'vitest';
import { arrangeColumns, arrangeRows } from './ls-display.ts';

const widthsOf = (cells: readonly string[]) => cells.map((cell) => cell.length);

test.each([
  [20, 'a   bbb   cc  d\nee  ffff  g\n', 'a    cc  ee    g\nbbb  d   ffff\n'],
  [14, 'a  bbb  cc\nd  ee   ffff\ng\n', 'a    ee\nbbb  ffff\ncc   g\nd\n'],
  [1, 'a\nbbb\ncc\nd\nee\nffff\ng\n', 'a\nbbb\ncc\nd\nee\nffff\ng\n'],
])('names in a line of %i', (width, rows, columns) => {
  const cells = ['a', 'bbb', 'cc', 'd', 'ee', 'ffff', 'g'];
  expect(arrangeRows(cells, widthsOf(cells), width)).toBe(rows);
  expect(arrangeColumns(cells, widthsOf(cells), width)).toBe(columns);
});

test.each([arrangeRows, arrangeColumns])('%o takes no long time for many names and a wide line', (arrange) => {
  const cells = Array.from({ length: 4000 }, (_, index) => `name-${index}`);
  expect(arrange(cells, widthsOf(cells), 20_000).match(/name-\d+/g)).toHaveLength(4000);
});

test.each([arrangeRows, arrangeColumns])('%o takes any number of names', (arrange) => {
  const cells = Array.from({ length: 200_000 }, () => 'name');
  expect(arrange(cells, widthsOf(cells), 80).split('\n')[0]).toBe(Array.from({ length: 13 }, () => 'name').join('  '));
});
