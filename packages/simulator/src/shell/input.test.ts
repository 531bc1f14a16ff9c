import { expect, test } from 'vitest';
import { runCommandLine } from '../../test/command-line.ts';

test('a long here-document is read in no long time', async () => {
  const line = 'i=0; { echo "wc -l <<E"; yes x | head -n 8000; echo E; echo echo after; } > s; bash s; bash < s';
  expect((await runCommandLine(line)).stdout).toBe('8000\nafter\n8000\nafter\n');
});

test.each([
  ['a delimiter after tabs', 'cat <<-E\n\ta\n\tE\necho b', 'a\nb\n'],
  ['a parenthesis after the delimiter', 'echo $(cat <<E\na\nE)\necho b', 'a\nb\n'],
  ['two of them', 'cat <<A; cat <<B\na\nB\nA\nb\nB\necho c', 'a\nB\nb\nc\n'],
  ['an empty delimiter', "cat <<''\na\n\necho b", 'a\nb\n'],
  ['one that goes on in a loop', 'for i in 1 2; do cat <<E\n$i\nE\ndone; echo b', '1\n2\nb\n'],
])('a script with here-documents: %s', async (_, script, output) => {
  const quoted = script.replaceAll("'", String.raw`'\''`);
  expect((await runCommandLine(`printf '%s\\n' '${quoted}' > s; bash s`)).stdout).toBe(output);
});
