import { expect, test } from 'vitest';
import { joinLines } from './command-lines.ts';

test.each([
  ['for i in 1 2\ndo\necho $i\ndone\n', 'for i in 1 2; do echo $i; done'],
  ['if true\nthen echo a\nelse\n  echo b\nfi', 'if true; then echo a; else   echo b; fi'],
  ['f() {\necho a\necho b\n}', 'f() { echo a; echo b; }'],
  ['echo "a\nb"', 'echo "a\nb"'],
  ['echo a \\\nb', 'echo a b'],
  ['cat <<E\na\nE', 'cat <<E\na\nE'],
  ['ls |\nwc', 'ls | wc'],
  ['case a in\na) echo\n;;\nesac', 'case a in a) echo; ;; esac'],
  ['echo $(\nls\n)', 'echo $(\nls\n)'],
])('joinLines(%j)', (text, entry) => {
  expect(joinLines(text)).toBe(entry);
});
