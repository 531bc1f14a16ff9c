import { expect, test } from 'vitest';
import { matchPatternList } from './pattern-list.ts';

test.each([
  ['', '', 'none'],
  ['', 'a,', 'none'],
  ['', ',a', 'matched'],
  ['', ',', 'matched'],
  ['', '*', 'matched'],
  ['', 'a,!', 'negated'],
  ['a', 'a,', 'matched'],
  ['a', '*,!a', 'negated'],
])('matchPatternList: %j on the list %j is %s, as match_pattern_list() has it', (text, list, result) => {
  expect(matchPatternList(text, list)).toBe(result);
});
