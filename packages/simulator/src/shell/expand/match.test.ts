import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maximumComparisons } from '../limits.ts';
import { findMatch, matchesWhole, PatternError, prefixLength, suffixLength } from './match.ts';
import { parsePattern, type Element, type Pattern } from './pattern.ts';

const pattern = (text: string): Pattern => parsePattern([{ text, quoted: false }]);

/** A pattern's regular expression, whose backtracking does no harm on short texts. */
function expressionOf(text: string): string {
  return text.replaceAll('*', '.*').replaceAll('?', '.').replaceAll('[!', '[^');
}

const patternText = fc
  .array(fc.constantFrom('a', 'b', '*', '?', '[ab]', '[!a]'), { maxLength: 7 })
  .map((pieces) => pieces.join(''));
const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 9 }).map((letters) => letters.join(''));

test('matchesWhole agrees with a regular expression', () => {
  fc.assert(
    fc.property(patternText, text, (source, subject) => {
      expect(matchesWhole(pattern(source), subject)).toBe(new RegExp(`^(?:${expressionOf(source)})$`).test(subject));
    }),
  );
});

test('prefixLength and suffixLength give the shortest and the longest of all that match', () => {
  fc.assert(
    fc.property(patternText, text, (source, subject) => {
      const whole = new RegExp(`^(?:${expressionOf(source)})$`);
      const lengths = Array.from({ length: subject.length + 1 }, (_, length) => length);
      const prefixes = lengths.filter((length) => whole.test(subject.slice(0, length)));
      const suffixes = lengths.filter((length) => whole.test(subject.slice(subject.length - length)));
      const characters = Array.from(subject);
      expect(prefixLength(pattern(source), characters, false)).toBe(prefixes[0]);
      expect(prefixLength(pattern(source), characters, true)).toBe(prefixes.at(-1));
      expect(suffixLength(pattern(source), characters, false)).toBe(suffixes[0]);
      expect(suffixLength(pattern(source), characters, true)).toBe(suffixes.at(-1));
    }),
  );
});

test('findMatch gives the first match, and the longest there', () => {
  fc.assert(
    fc.property(patternText, text, (source, subject) => {
      const found = new RegExp(expressionOf(source)).exec(subject);
      const expected = found && { start: found.index, end: found.index + found[0].length };
      expect(findMatch(pattern(source), Array.from(subject), 0)).toEqual(expected ?? undefined);
    }),
  );
});

test('matchesWhole compares no more often than pattern times text', () => {
  let comparisons = 0;
  const letter = (wanted: string): Element => {
    return (character) => {
      comparisons += 1;
      return character === wanted;
    };
  };
  const segments = [[], ...Array.from({ length: 20 }, () => [letter('a')]), [letter('b')]];
  expect(matchesWhole({ segments, special: true }, 'a'.repeat(1000))).toBe(false);
  expect(comparisons).toBeLessThan(22 * 1001);
});

test('a long segment of characters is found in reads linear in the text', () => {
  let reads = 0;
  const letters = Array.from({ length: 20_000 }, () => 'a');
  const watched = new Proxy(letters, {
    get(target, key): unknown {
      reads += 1;
      return Reflect.get(target, key);
    },
  });
  const long = pattern(`*${'a'.repeat(10_000)}b*`);
  expect(findMatch(long, watched, 0)).toBeUndefined();
  expect(suffixLength(pattern(`b${'a'.repeat(10_000)}*`), watched, true)).toBeUndefined();
  expect(reads).toBeLessThan(8 * letters.length);
});

test('a long segment with other elements ends at the limit of comparisons', () => {
  let comparisons = 0;
  const any: Element = () => (comparisons += 1) > 0;
  const segments = [[], [...Array.from({ length: 10_000 }, () => any), 'b'], []];
  expect(() => matchesWhole({ segments, special: true }, 'a'.repeat(20_000))).toThrow(PatternError);
  expect(comparisons).toBeLessThanOrEqual(maximumComparisons);
});
