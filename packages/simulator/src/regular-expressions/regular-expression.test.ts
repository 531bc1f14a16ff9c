import { describe, expect, test } from 'vitest';
import { compileExpression, compileExpressions, type ExpressionOptions } from './regular-expression.ts';

const extended: ExpressionOptions = { syntax: 'extended' };

function found(expression: string, text: string, options = extended): string | undefined {
  const match = compileExpression(expression, options).search(text);
  return match && text.slice(match.start, match.end);
}

function stepsFor(expression: string, text: string): number {
  const compiled = compileExpression(expression, extended);
  compiled.search(text);
  return compiled.steps;
}

describe('compileExpression', () => {
  test.each([
    ['(a+)+b', 'a'],
    ['(a|aa)+b', 'a'],
    ['(a|a)*(a|a)*(a|a)*b', 'a'],
    ['(.*)(.*)(.*)(.*)x', 'a'],
    ['((a?){20}){20}b', 'a'],
  ])('searches for %s in steps linear in the text', (expression, letter) => {
    const [short, long] = [stepsFor(expression, letter.repeat(500)), stepsFor(expression, letter.repeat(1000))];
    expect(long).toBeLessThan(short * 2.2);
  });

  test.each([
    ['a|ab|abc', 'xabcd', 'abc'],
    ['(a|ab)(c|bcd)', 'abcd', 'abcd'],
    ['x*', 'aaa', ''],
    ['^b|a$', 'ba', 'b'],
    [String.raw`\<c\w+`, 'ab cd.', 'cd'],
    ['[[:digit:]]{2,3}', 'a12345', '123'],
    ['[^]a]+', ']ab-c', 'b-c'],
    ['日.', '今日本語', '日本'],
    ['é', 'naïve café', 'é'],
  ])('%s in %j matches the leftmost and longest, %j', (expression, text, wanted) => {
    expect(found(expression, text)).toBe(wanted);
  });

  test('groups tell where they matched last', () => {
    expect(compileExpression('((a)|b)*(c)?', extended).search('ab')?.groups).toEqual([
      { start: 1, end: 2 },
      { start: 0, end: 1 },
      undefined,
    ]);
  });

  test('a reference matches what its group did', () => {
    expect(found(String.raw`(.)\1`, 'abccd')).toBe('cc');
    expect(found(String.raw`(a*)b\1`, 'aabaaa')).toBe('aabaa');
    expect(found(String.raw`(a)\1`, 'xaA', { ...extended, ignoreCase: true })).toBe('aA');
  });

  test('a reference that takes too many steps is an error, and ends', () => {
    const expression = compileExpression(String.raw`(a*)*(a*)*(a*)*\1b`, extended);
    expect(() => expression.search('a'.repeat(100))).toThrow('the search for a back-reference takes too many steps');
  });

  test.each([
    ['(', String.raw`Unmatched ( or \(`],
    ['a{2,1}', String.raw`Invalid content of \{\}`],
    ['[b-a]', 'Invalid range end'],
    ['[[:nosuch:]]', 'Invalid character class name'],
    [String.raw`\1`, 'Invalid back reference'],
    ['a\\', 'Trailing backslash'],
    ['*a', 'Invalid preceding regular expression'],
    ['a{32768}', 'Regular expression too big'],
    ['((a{1000}){1000}){1000}', 'Regular expression too big'],
    ['((){32767}){32767}', 'Regular expression too big'],
    ['('.repeat(10_000), 'Regular expression too big'],
    [`a${'{1}'.repeat(10_000)}`, 'Regular expression too big'],
    [`${'('.repeat(400)}a${`${'*'.repeat(400)})`.repeat(400)}`, 'Regular expression too big'],
  ])('%.30s is refused: %s', (expression, message) => {
    expect(() => compileExpression(expression, extended)).toThrow(message);
  });

  test('groups and repetitions within one another fit up to their limits', () => {
    const deep = `${'('.repeat(500)}a${'*'.repeat(450)}${')*'.repeat(500)}`;
    expect(found(deep, 'aab')).toBe('aa');
  });

  test('the largest interval of one character fits', () => {
    expect(compileExpression('^a{32767}$', extended).test('a'.repeat(32_767))).toBe(true);
  });

  test('a byte that is no UTF-8 is matched by itself alone', () => {
    const text = 'a\udcffb';
    expect([found('a.b', text), found('a[^x]b', text), found('a\udcffb', text)]).toEqual([undefined, undefined, text]);
  });
});

describe('compileExpressions', () => {
  test('references point to the groups of their own expression', () => {
    const expression = compileExpressions(['(x)y', String.raw`(a)\1`], extended);
    expect(expression.search('xaa')?.start).toBe(1);
  });

  test('whole words and lines', () => {
    expect(compileExpressions(['foo'], { ...extended, whole: 'words' }).search('foobar foo')?.start).toBe(7);
    expect(compileExpressions(['a', 'b'], { ...extended, whole: 'line' }).test('ab')).toBe(false);
  });
});
