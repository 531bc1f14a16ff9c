import { expect, test } from 'vitest';
import { findSyntaxError, isComplete, soundPart } from './syntax.ts';

test.each([
  ['echo hi', true],
  ['echo "a', false],
  ["echo 'a", false],
  ['echo $(ls', false],
  ['echo `ls', false],
  ['if true', false],
  ['if true; then', false],
  ['if true; then echo; fi', true],
  ['while read x; do', false],
  ['f() {', false],
  ['(echo a', false],
  ['{ echo a', false],
  ['a |', false],
  ['a &&', false],
  ['a && # comment', false],
  ['echo a \\', false],
  ['echo a \\\\', true],
  ['cat <<EOF', false],
  ['cat <<EOF\nbody', false],
  ['cat <<EOF\nbody\nEOF\n', true],
  ['[[ -f x', false],
  ['((1 +', false],
  ['echo >', true],
  ['echo )', true],
  ['fi', true],
  ['', true],
  ['if true; fi', true],
  ['echo (', true],
  ['{ }', true],
  ['echo $(case a in a) echo; esac', false],
])('isComplete(%j) is %j', (input, expected) => {
  expect(isComplete(input)).toBe(expected);
});

test.each([
  ['echo )', "syntax error near unexpected token `)'"],
  ['echo hi; fi', "syntax error near unexpected token `fi'"],
  ['echo >', "syntax error near unexpected token `newline'"],
  ['echo "x', 'unexpected EOF while looking for matching `"\''],
  ['if true', 'syntax error: unexpected end of file'],
])('findSyntaxError(%j) says what bash says', (input, message) => {
  expect(findSyntaxError(input)?.message).toBe(message);
});

test('what is sound of a wrong text stands before the command with the mistake', () => {
  expect(soundPart('echo a\nif true; then\n:\nfi\necho )\necho b\n')).toBe('echo a\nif true; then\n:\nfi\n');
});

test('a command of many lines is read once, and the text before a mistake is found as soon', () => {
  const loop = `while true; do\n${'if true; then { :; }; fi\n'.repeat(20_000)}done\n`;
  expect(soundPart(`echo a\n${loop})\n`)).toBe(`echo a\n${loop}`);
  expect(soundPart(`echo a\n"${'x y\n'.repeat(100_000)}`)).toBe('echo a\n');
});
