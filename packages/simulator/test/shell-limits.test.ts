/** What one shell may hold. There is no comparison with bash here, whose limits are those of the machine. */
import { expect, test, vi } from 'vitest';
import { runCommandLine } from './command-line.ts';

// They fill what there is to fill.
vi.setConfig({ testTimeout: 60_000 });

const allocation = /^bash: xrealloc: cannot allocate \d+ bytes\n$/;

test.each([
  ['an assignment that doubles', 'x=a; while :; do x=$x$x; done; echo no'],
  ['an assignment that appends', 'x=a; while :; do x+=$x; done; echo no'],
  ['a replacement', 'x=aaaaaaaaaa; while :; do x=${x//a/aa}; done; echo no'],
  ['positional parameters', 'set -- a; while :; do set -- "$@" "$@"; done; echo no'],
  ['many variables', 'x=aa; while [ ${#x} -lt 900000 ]; do x=$x$x; done; while :; do a[i++]=$x; done; echo no'],
  ['a command substitution', 'x=$(yes); echo no'],
  ['read', 'x=aa; while [ ${#x} -lt 900000 ]; do x=$x$x; done; read y <<< "$x$x"; echo no'],
  ['the EXIT trap does not run', 'trap "echo no" EXIT; x=a; while :; do x=$x$x; done'],
] as const)('a shell ends with 2 and words of bash when there is too much of it: %s', async (_, line) => {
  const { stdout, stderr, status } = await runCommandLine(line);
  expect(stderr).toMatch(allocation);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

test('braces that give too many words are left as they are', async () => {
  const outcome = await runCommandLine('echo {1..9999999} {a,b}; echo {1..999999999999999999999}');
  expect(outcome.stdout).toBe('{1..9999999} a b\n{1..999999999999999999999}\n');
  expect(outcome.stderr).toBe('bash: brace expansion: failed to allocate memory for 9999999 elements\n');
});

test.each([
  ['f() { f; }; f; echo no', 'environment: line 1: f: maximum function nesting level exceeded (1000)\n'],
  ['x="eval \\"\\$x\\""; eval "$x"; echo no', 'bash: line 1: eval: maximum eval nesting level exceeded (1000)\n'],
  ['echo ". ./s" > s; . ./s; echo no', './s: line 1: .: maximum source nesting level exceeded (1000)\n'],
])('what calls itself for ever ends with the commands read: %s', async (line, words) => {
  expect(await runCommandLine(line)).toEqual({ stdout: '', stderr: words, status: 1 });
});

test('subshells within subshells end with the processes of the host', async () => {
  const { stderr, status } = await runCommandLine('f() { (f); }; f');
  expect(stderr).toMatch(/^environment: line 1: fork: Resource temporarily unavailable\n$/);
  expect(status).toBe(254);
});
