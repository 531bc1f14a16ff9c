import { describe, expect, test } from 'vitest';
import { formatOptionError, parseOptions } from './getopt.ts';

const letters = { plain: 'vqt', withArgument: 'po' };
const option = (flag: string, argument = '') => ({ type: 'option', flag, argument });

describe('parseOptions', () => {
  test('takes joined flags and an argument in the same or the next word', () => {
    expect(parseOptions(['ssh', '-vvp22', '-o', 'a=b', 'host', '-q'], 1, letters)).toEqual({
      options: [option('v'), option('v'), option('p', '22'), option('o', 'a=b')],
      next: 4,
      endedByDashes: false,
    });
  });

  test('stops at --, and takes a lone - for an operand', () => {
    expect(parseOptions(['x', '-q', '--', '-v'], 1, letters)).toEqual({
      options: [option('q')],
      next: 3,
      endedByDashes: true,
    });
    expect(parseOptions(['x', '-', '-v'], 1, letters).next).toBe(1);
  });

  test('an argument may look like an option', () => {
    expect(parseOptions(['x', '-o', '-v'], 1, letters).options).toEqual([option('o', '-v')]);
  });

  test('a wrong option ends the list, in its place', () => {
    expect(parseOptions(['x', '-qZv', '-t'], 1, letters).options).toEqual([
      option('q'),
      { type: 'unknown', flag: 'Z' },
    ]);
    expect(parseOptions(['x', '-qp'], 1, letters).options).toEqual([
      option('q'),
      { type: 'missingArgument', flag: 'p' },
    ]);
  });

  test('formatOptionError has the words of getopt', () => {
    expect(formatOptionError({ type: 'unknown', flag: '-' })).toBe('unknown option -- -');
    expect(formatOptionError({ type: 'missingArgument', flag: 'p' })).toBe('option requires an argument -- p');
  });
});
