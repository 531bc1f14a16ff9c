import { expect, test } from 'vitest';
import { checkGrammar, Recogniser } from './grammar.ts';

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
  expect(checkGrammar('aaaa[ '.repeat(400_000)).type).toBe('sound');
  expect(checkGrammar(`${'a'.repeat(400_000)}${'['.repeat(400_000)}`).type).toBe('sound');
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

const script = `"a
b" c
$(
echo d)
# a comment \\
f() {
  local x="a
it's
\${b:-$(echo "(
")}" y=(1

  2) z='
"
)
' && ((x +
    1))
  cat <<A <<-'B' | tr a \\
b
$(not run
A
\tB
  if [[ a =~ ^(b|c)$ &&
    -f x ]]; then :
  elif ! true; then echo $(cat <<E
)
E
    case a in (b) ;; esac); else
  for ((i = 0; i < 3; i++))
  do ec\\
ho $((1 +
 2)) \`date
\`; done; fi
}
diff <(ls
) x &&

echo b
`;

test('Recogniser.add says of each line what a text that ends there is', () => {
  const recogniser = new Recogniser();
  let text = '';
  for (const line of script.match(/.*\n/g) ?? []) {
    text += line;
    expect([text, recogniser.add(line)]).toEqual([text, new Recogniser().add(text)]);
    const { type, openHereDocument } = checkGrammar(text);
    expect([text, new Recogniser().add(text)]).toEqual([text, openHereDocument ? 'more' : type]);
  }
  expect(recogniser.verdict()).toEqual({ type: 'sound' });
});

test('Recogniser.add finds the wrong token in the line that has it', () => {
  const recogniser = new Recogniser();
  const verdicts = ['if true; then\n', '  echo "a\n', '"; done\n', 'fi\n'].map((line) => recogniser.add(line));
  expect(verdicts).toEqual(['more', 'more', 'unexpected', 'unexpected']);
  expect(recogniser.verdict().token).toMatchObject({ text: 'done', position: 27 });
});
