/** Regular expressions beside those of GNU grep and sed: random small ones, on texts that they often match. */
import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileExpression, type RegularExpression } from '../src/regular-expressions/regular-expression.ts';

const isReference = /GNU grep\) 3\./.test(execFileSync('grep', ['--version'], { encoding: 'utf8' }));
const texts = ['', 'a', 'ab', 'abc', 'aab', 'abab', 'bca', 'a b', 'ab-cab', 'b a-b', 'aabbaabb'];
const environment = { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin' };

interface Written {
  readonly extended: boolean;
  readonly text: string;
}

/** An expression in the notation of extended ones; `~` stands before operators and is a backslash in basic ones. */
function expressions({ anchors, intervals }: { anchors: boolean; intervals: boolean }): fc.Arbitrary<Written> {
  const single = fc.constantFrom('a', 'b', 'c', 'a', 'b', '.', '[ab]', '[^a]', String.raw`\w`, '[b-c]', '[[:alpha:]]');
  const anchor = fc.constantFrom('^', '$', String.raw`\b`, String.raw`\<`, String.raw`\>`, String.raw`\B`);
  const operator = fc.constantFrom('*', '~+', '~?');
  const interval = fc.constantFrom('~{2~}', '~{1,2~}', '~{2,~}');
  const repetition = intervals ? fc.oneof(operator, interval) : operator;
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      single,
      fc.tuple(single, fc.oneof(operator, interval)).map((parts) => parts.join('')),
      ...(anchors ? [anchor] : []),
      fc.tuple(tie('tree'), tie('tree')).map((parts) => parts.join('')),
      tie('tree').map((inner) => `~(${inner}~)`),
      fc.tuple(tie('tree'), repetition).map(([inner, how]) => `~(${inner}~)${how}`),
      fc.tuple(tie('tree'), tie('tree')).map((parts) => `~(${parts.join('~|')}~)`),
    ),
  }));
  return fc
    .tuple(fc.boolean(), tree)
    .map(([extended, text]) => ({ extended, text: text.replaceAll('~', extended ? '' : '\\') }));
}

function run(program: string, args: readonly string[]): string {
  const result = spawnSync(program, args, { input: `${texts.join('\n')}\n`, env: environment, encoding: 'utf8' });
  return result.status === 2 ? result.stderr : result.stdout;
}

function printMatches(expression: RegularExpression, text: string): string {
  let printed = '';
  for (let from = 0; from <= text.length;) {
    const match = expression.search(text, from);
    if (!match) return printed;
    if (match.end > match.start) printed += `${text.slice(match.start, match.end)}\n`;
    from = match.end > match.start ? match.end : match.start + 1;
  }
  return printed;
}

function replaceOnce(expression: RegularExpression, text: string): string {
  const match = expression.search(text);
  if (!match) return text;
  const groups = match.groups.map((group) => (group ? text.slice(group.start, group.end) : ''));
  const inside = [text.slice(match.start, match.end), ...groups].map((part) => `<${part}>`).join('');
  return text.slice(0, match.start) + inside + text.slice(match.end);
}

test.skipIf(!isReference)('compileExpression finds what grep -o does, in both syntaxes', () => {
  fc.assert(
    fc.property(expressions({ anchors: true, intervals: false }), ({ extended, text }) => {
      const expression = compileExpression(text, { syntax: extended ? 'grepExtended' : 'grepBasic' });
      const ours = texts.map((line) => printMatches(expression, line)).join('');
      expect(ours).toBe(run('grep', [extended ? '-Eo' : '-o', '--', text]));
    }),
    { numRuns: 250 },
  );
});

test.skipIf(!isReference)('compileExpression gives the groups that sed does', () => {
  fc.assert(
    fc.property(expressions({ anchors: false, intervals: false }), ({ extended, text }) => {
      const expression = compileExpression(text, { syntax: extended ? 'extended' : 'basic', groups: 9 });
      const groups = Array.from({ length: Math.min(expression.groupCount, 9) }, (_, index) => `<\\${index + 1}>`);
      const script = `s/${text}/<&>${groups.join('')}/`;
      const ours = texts.map((line) => `${replaceOnce(expression, line)}\n`).join('');
      expect(ours).toBe(run('sed', [extended ? '-E' : '-s', script]));
    }),
    { numRuns: 250 },
  );
});

test.skipIf(!isReference)('compileExpression matches as long as sed does, with intervals of groups', () => {
  fc.assert(
    fc.property(expressions({ anchors: false, intervals: true }), ({ extended, text }) => {
      const expression = compileExpression(text, { syntax: extended ? 'extended' : 'basic', groups: 0 });
      const ours = texts.map((line) => `${replaceOnce(expression, line)}\n`).join('');
      expect(ours).toBe(run('sed', [extended ? '-E' : '-s', `s/${text}/<&>/`]));
    }),
    { numRuns: 150 },
  );
});
