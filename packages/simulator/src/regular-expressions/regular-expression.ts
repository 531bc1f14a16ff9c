/**
 * POSIX regular expressions with GNU's additions (regex(7)), for grep, sed and the shell's `=~`: leftmost and longest, in
 * time linear in the text, whatever the expression. Only expressions with back-references are tried way by way, and give up
 * after so many steps.
 */
import { backtrack } from './backtracking.ts';
import { character } from './character-set.ts';
import { parseExpression } from './parse.ts';
import { compileProgram } from './program.ts';
import { simulate, type Subject } from './simulation.ts';
import { syntaxes, type SyntaxName } from './syntax.ts';
import type { ExpressionTree, Node } from './syntax-tree.ts';

export { ExpressionError, isExpressionError } from './expression-error.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Match extends Span {
  /** Group 1 is the first; `undefined` for one that took no part. */
  readonly groups: readonly (Span | undefined)[];
}

export interface RegularExpression {
  /** How many groups there are in the expression. */
  readonly groupCount: number;
  /** What GNU grep warns of. */
  readonly warnings: readonly string[];
  /** The first match at or after `from`; what is before it counts as its context. Throws ExpressionError at the limit of steps. */
  search(text: string, from?: number): Match | undefined;
  /** Whether there is a match; may be faster than `search`. */
  test(text: string): boolean;
  /** Steps of all searches so far, for callers who let others run from time to time. */
  readonly steps: number;
}

export interface ExpressionOptions {
  readonly syntax: SyntaxName | 'fixed';
  readonly ignoreCase?: boolean;
  /** `^` and `$` match at each line of the text. */
  readonly multiline?: boolean;
  /** How many groups a match tells of; all if left out. */
  readonly groups?: number;
  /** The match must be a whole line, or whole words, as with grep -x and -w. */
  readonly whole?: 'line' | 'words' | undefined;
}

const assertion = (name: 'lineStart' | 'lineEnd' | 'afterNoWord' | 'beforeNoWord'): Node => ({
  type: 'assertion',
  assertion: name,
});

function parseFixed(text: string): ExpressionTree {
  const nodes = Array.from(text, (each): Node => ({ type: 'set', set: character(each.codePointAt(0) ?? 0) }));
  return { node: { type: 'sequence', nodes }, groupCount: 0, hasReferences: false, warnings: [] };
}

/** Groups and references with numbers after those of the expressions before. */
function renumber(node: Node, by: number): Node {
  switch (node.type) {
    case 'sequence':
    case 'alternatives':
      return { ...node, nodes: node.nodes.map((each) => renumber(each, by)) };
    case 'group':
      return { ...node, index: node.index + by, node: renumber(node.node, by) };
    case 'repetition':
      return { ...node, node: renumber(node.node, by) };
    case 'reference':
      return { ...node, index: node.index + by };
    default:
      return node;
  }
}

function parseAll(texts: readonly string[], syntax: ExpressionOptions['syntax']): ExpressionTree {
  const nodes: Node[] = [];
  const warnings: string[] = [];
  let groupCount = 0;
  let hasReferences = false;
  for (const text of texts) {
    const tree = syntax === 'fixed' ? parseFixed(text) : parseExpression(text, syntaxes[syntax]);
    nodes.push(renumber(tree.node, groupCount));
    warnings.push(...tree.warnings);
    groupCount += tree.groupCount;
    hasReferences ||= tree.hasReferences;
  }
  return { node: { type: 'alternatives', nodes }, groupCount, hasReferences, warnings };
}

function wrap(node: Node, whole: ExpressionOptions['whole']): Node {
  if (whole === undefined) return node;
  const ends = whole === 'line' ? (['lineStart', 'lineEnd'] as const) : (['afterNoWord', 'beforeNoWord'] as const);
  return { type: 'sequence', nodes: [assertion(ends[0]), node, assertion(ends[1])] };
}

function matchOf(slots: readonly number[], groups: number): Match {
  const span = (index: number): Span | undefined => {
    const [start = -1, end = -1] = [slots[2 * index], slots[2 * index + 1]];
    return start === -1 || end === -1 ? undefined : { start, end };
  };
  const all = span(0) ?? { start: 0, end: 0 };
  return { ...all, groups: Array.from({ length: groups }, (_, index) => span(index + 1)) };
}

/** The expression that matches what one of `texts` matches. Throws ExpressionError with glibc's words. */
export function compileExpressions(texts: readonly string[], options: ExpressionOptions): RegularExpression {
  const { ignoreCase = false, multiline = false } = options;
  const tree = parseAll(texts, options.syntax);
  const groups = Math.min(options.groups ?? Infinity, tree.groupCount);
  // A reference needs its group, whether the caller asks for it or not.
  const recorded = tree.hasReferences ? tree.groupCount : groups;
  const { hasReferences } = tree;
  const program = compileProgram(wrap(tree.node, options.whole), { ignoreCase, groups: recorded, hasReferences });
  let steps = 0;
  const run = (subject: Subject) => {
    const outcome = hasReferences ? backtrack(program, subject, ignoreCase) : simulate(program, subject);
    steps += outcome.steps;
    return outcome.slots;
  };
  return {
    groupCount: tree.groupCount,
    warnings: tree.warnings,
    search(text, from = 0) {
      const slots = run({ text, from, multiline, any: false });
      return slots && matchOf(slots, groups);
    },
    test: (text) => run({ text, from: 0, multiline, any: true }) !== undefined,
    get steps() {
      return steps;
    },
  };
}

/** One expression. Throws ExpressionError with glibc's words. */
export function compileExpression(text: string, options: ExpressionOptions): RegularExpression {
  return compileExpressions([text], options);
}
