import { expect, test } from 'vitest';
import { expandBraces } from './braces.ts';

test.each([
  ['a{b,c}d', ['abd', 'acd']],
  ['{a,b}-{1..3}x', ['a-1x', 'a-2x', 'a-3x', 'b-1x', 'b-2x', 'b-3x']],
  ['x{a,{b,c}d}{e}{f,g}', ['xa{e}f', 'xa{e}g', 'xbd{e}f', 'xbd{e}g', 'xcd{e}f', 'xcd{e}g']],
  ["'{a,b}'{c,d}", ["'{a,b}'c", "'{a,b}'d"]],
  ['plain', ['plain']],
])('%s', (text, words) => {
  expect(expandBraces(text, 100)).toEqual(words);
});

test('too many words are only counted', () => {
  expect(expandBraces('{1..20}{1..20}', 100)).toBe(400);
});

test('as many braces as there may be stand one after another', () => {
  expect(expandBraces('{1..1}'.repeat(50_000), 100)).toEqual(['1'.repeat(50_000)]);
});

test('braces that never close, or nest without end, come to an end', () => {
  const open = '{a,'.repeat(50_000);
  expect(expandBraces(open, 100)).toEqual([open]);
  expect(expandBraces(`${'{a,'.repeat(5000)}b${'}'.repeat(5000)}`, 10_000)).toBe(10_001);
  expect(expandBraces('{a,{b}', 100)).toEqual(['{a,{b}']);
});
