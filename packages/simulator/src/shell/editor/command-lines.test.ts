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
  ["echo 'a\\\nb'", "echo 'a\\\nb'"],
  // With comments, as bash 5.2 keeps them.
  ['for i in 1 2 # two\ndo echo $i\ndone\n', 'for i in 1 2 # two\ndo echo $i; done'],
  ['for i in 1 2 # two\ndo echo $i # x\n# whole\necho b\ndone\n', 'for i in 1 2 # two\ndo echo $i # x\necho b; done'],
  ['if true # c\nthen echo a;# d\nfi\n', 'if true # c\nthen echo a;# d\nfi'],
  ['echo a && # c\necho b\n', 'echo a && # c\necho b'],
  ['case a in # c\na) echo x ;; # d\n# e\nesac\n', 'case a in # c\na) echo x ;; # d\nesac'],
  ['( # a\n# b\necho c )\n', '( # a\necho c )'],
  ['f() # fn\n{ echo a; }\n', 'f() # fn\n{ echo a; }'],
  ['{ echo a#b\necho c; }\n', '{ echo a#b; echo c; }'],
  ['{ echo a\n# x\n}\n', '{ echo a\n}'],
  ['for i # y\nin 1 2\ndo :;done\n', 'for i # y\nin 1 2; do :;done'],
  ['{ echo $(echo a # c\n)\necho b\n}\n', '{ echo $(echo a # c\n); echo b; }'],
  ['a=(1 # one\n2)\n', 'a=(1 # one\n2)'],
  // Where bash itself makes the rest part of the comment.
  ['{ echo a # y\n\necho b\n}\n', '{ echo a # y\n\necho b; }'],
  ['{ echo c # d\\\n}\n', '{ echo c # d\\\n}'],
  ['{ echo a \\\n# b\n}\n', '{ echo a # b\n}'],
])('joinLines(%j)', (text, entry) => {
  expect(joinLines(text)).toBe(entry);
});
