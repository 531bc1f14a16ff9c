import { expect, test } from 'vitest';
import { checkGrammar } from './grammar.ts';

test.each([
  ['while true; do done', 'done'],
  ['if true; then ; fi', ';'],
  ['for i in 1 2 echo $i; done', 'done'],
  ['f() echo a', 'echo'],
  ['echo (a)', 'a'],
  ['echo (', 'newline'],
  ['x=$(; echo b', ';'],
  ['echo $(if)', ')'],
  ['echo &&& b', '&'],
  ['case a in b', 'newline'],
  ['echo !(a)', '('],
])('checkGrammar(%j) finds the token that bash names', (source, token) => {
  expect(checkGrammar(source).token?.text).toBe(token);
});

test.each([
  'case a in (a) echo $(case b in b) echo ")";; esac);; esac',
  'echo "${x:-$(echo "})")}" ${y#*\'}\'} $((1 << (2))) $(( (1) ))',
  'a[1 + 2]=3; b=(1 "2)" $(echo )); c+=(x)',
  'f () { :; } > out; function g { :; }; function h() ( : )',
  'diff <(ls) <(ls -a) | { cat; } 2>&1 &',
  'for ((i = 0; i < 3; i++)) { echo $i; }; ((x++)); (( (x) ))',
  'cat <<A <<-"B" && echo $(cat <<C\nA )\nA\n\tB\nC\n)',
  '[[ a =~ ^(b|c)$ && ( -f x || ! -d y ) ]]',
  '! true; time -p ls; ! ! true; !',
  "echo $'it\\'s' a#b #'",
])('checkGrammar(%j) is sound', (source) => {
  expect(checkGrammar(source)).toEqual({ type: 'sound' });
});

test.each(['(', '$(', '{ ', '"$('])('checkGrammar of many %j ends without a word against them', (opener) => {
  expect(['unknown', 'more']).toContain(checkGrammar(opener.repeat(100_000)).type);
});

test('many words with a bracket that nothing closes take no long time', () => {
  const start = performance.now();
  expect(checkGrammar('aaaa[ '.repeat(100_000)).type).toBe('sound');
  expect(checkGrammar(`${'a'.repeat(100_000)}${'['.repeat(100_000)}`).type).toBe('sound');
  expect(performance.now() - start).toBeLessThan(3000);
});

test.each([
  [String.raw`'a\b'`, String.raw`a\b`],
  [String.raw`"a\b\"c\$"`, String.raw`a\b"c$`],
  [String.raw`a\ b`, 'a b'],
  [`$'EOF'`, 'EOF'],
  [String.raw`$'a\tb'`, 'a\tb'],
  [`$"q"`, 'q'],
  [`'x y'"z"w`, 'x yzw'],
  ['$x', '$x'],
])('the delimiter of <<%s is %s', (word, delimiter) => {
  expect(checkGrammar(`cat <<${word}\nx\n`).openHereDocument?.delimiter).toBe(delimiter);
  expect(checkGrammar(`cat <<${word}\nx\n${delimiter}\n`).openHereDocument).toBeUndefined();
});
