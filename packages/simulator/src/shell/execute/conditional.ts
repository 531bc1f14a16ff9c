/** `[[ expression ]]` and the primaries it shares with test(1) (bash(1), CONDITIONAL EXPRESSIONS). */
import { isSystemError, type FileStatus } from '@seashell/system';
import type { TestExpression } from 'unbash';
import type { Match } from '../../regular-expressions/regular-expression.ts';
import { matchesWhole } from '../expand/match.ts';
import { parsePattern } from '../expand/pattern.ts';
import { expandArithmetic, expandToPattern, expandToText } from '../expand/word.ts';
import type { Shell } from '../shell.ts';

async function statusOf(shell: Shell, path: string, follow: boolean): Promise<FileStatus | undefined> {
  try {
    return await shell.system.files.status(path, { follow });
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** Whether the process may access a file in the way of `bit`: 4 read, 2 write, 1 execute. */
function mayAccess(shell: Shell, status: FileStatus, bit: number): boolean {
  const { uid, gid, groups } = shell.system.process.credentials;
  if (uid === 0) return bit !== 1 || status.type === 'directory' || (status.mode & 0o111) !== 0;
  const member = gid === status.gid || groups.includes(status.gid);
  const shift = uid === status.uid ? 6 : member ? 3 : 0;
  return ((status.mode >> shift) & bit) !== 0;
}

const fileTests: Readonly<Record<string, (status: FileStatus, shell: Shell) => boolean>> = {
  '-a': () => true,
  '-e': () => true,
  '-f': (status) => status.type === 'file',
  '-d': (status) => status.type === 'directory',
  '-h': (status) => status.type === 'symlink',
  '-L': (status) => status.type === 'symlink',
  '-p': (status) => status.type === 'fifo',
  '-S': (status) => status.type === 'socket',
  '-c': (status) => status.type === 'characterDevice',
  '-b': () => false,
  '-s': (status) => status.sizeBytes > 0,
  '-r': (status, shell) => mayAccess(shell, status, 4),
  '-w': (status, shell) => mayAccess(shell, status, 2),
  '-x': (status, shell) => mayAccess(shell, status, 1),
  '-u': (status) => (status.mode & 0o4000) !== 0,
  '-g': (status) => (status.mode & 0o2000) !== 0,
  '-k': (status) => (status.mode & 0o1000) !== 0,
  '-O': (status, shell) => status.uid === shell.system.process.credentials.uid,
  '-G': (status, shell) => status.gid === shell.system.process.credentials.gid,
};

export const unaryOperators: ReadonlySet<string> = new Set([...Object.keys(fileTests), '-n', '-z', '-t', '-v', '-o']);

async function isTerminal(shell: Shell, text: string): Promise<boolean> {
  const descriptor = shell.descriptors.get(Number(text));
  if (descriptor === undefined) return false;
  try {
    await shell.system.terminal.getAttributes(descriptor);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** A unary primary; `operator` is one of `unaryOperators`. */
export async function testUnary(shell: Shell, operator: string, operand: string): Promise<boolean> {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-t') return isTerminal(shell, operand);
  if (operator === '-v') return shell.variables.get(operand) !== undefined;
  if (operator === '-o') return shell.options.has(operand);
  const test = fileTests[operator];
  const status = test && (await statusOf(shell, operand, operator !== '-h' && operator !== '-L'));
  return status !== undefined && test !== undefined && test(status, shell);
}

/** How two integers compare. */
export const integerComparisons: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

/** `-nt`, `-ot` and `-ef`. */
export async function compareFiles(
  shell: Shell,
  operator: string,
  [left, right]: readonly [string, string],
): Promise<boolean> {
  const a = await statusOf(shell, left, true);
  const b = await statusOf(shell, right, true);
  if (operator === '-ef') return a !== undefined && b !== undefined && a.inode === b.inode;
  const [newer, older] = operator === '-nt' ? [a, b] : [b, a];
  if (!newer) return false;
  return !older || newer.modifiedMilliseconds > older.modifiedMilliseconds;
}

export const fileComparisons: ReadonlySet<string> = new Set(['-nt', '-ot', '-ef']);

type Binary = Extract<TestExpression, { type: 'TestBinary' }>;
type Logical = Extract<TestExpression, { type: 'TestLogical' }>;

/** The status of `=~` with a malformed expression, or one whose search would take too long, or cannot begin. */
const malformed = 2;

/** The matcher comes with the first `=~`: a page has its prompt without it. Undefined where it does not come, as without a network. */
async function loadMatcher(shell: Shell) {
  try {
    return await import('../../regular-expressions/regular-expression.ts');
  } catch {
    await shell.write(`${shell.name}: the code of =~ did not come\n`, shell.descriptors, 2);
    return undefined;
  }
}

interface Search {
  readonly source: string;
  readonly text: string;
}

async function searchExtended(shell: Shell, { source, text }: Search): Promise<Match | undefined | typeof malformed> {
  const matcher = await loadMatcher(shell);
  if (matcher === undefined) return malformed;
  const { compileExpression, isExpressionError } = matcher;
  try {
    return compileExpression(source, { syntax: 'extended' }).search(text);
  } catch (error) {
    if (isExpressionError(error)) return malformed;
    throw error;
  }
}

async function matchRegularExpression(shell: Shell, text: string, node: Binary): Promise<number> {
  const fragments = await expandToPattern(shell, node.right);
  const source = fragments
    .map((fragment) => (fragment.quoted ? fragment.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : fragment.text))
    .join('');
  const match = await searchExtended(shell, { source, text });
  const spans = match === undefined || match === malformed ? [] : [match, ...match.groups];
  const texts = spans.map((span) => (span ? text.slice(span.start, span.end) : ''));
  shell.variables.setArray('BASH_REMATCH', new Map(texts.entries()));
  if (match === malformed) return malformed;
  return match ? 0 : 1;
}

async function evaluateBinary(shell: Shell, node: Binary): Promise<boolean> {
  const left = await expandToText(shell, node.left);
  const { operator } = node;
  if (operator === '=' || operator === '==' || operator === '!=') {
    const matches = matchesWhole(parsePattern(await expandToPattern(shell, node.right)), left);
    return matches === (operator !== '!=');
  }
  const right = await expandToText(shell, node.right);
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  if (fileComparisons.has(operator)) return compareFiles(shell, operator, [left, right]);
  const compare = integerComparisons[operator];
  return compare !== undefined && compare(await expandArithmetic(shell, left), await expandArithmetic(shell, right));
}

const statusOfTruth = (holds: boolean): number => (holds ? 0 : 1);

async function evaluateLogical(shell: Shell, node: Logical): Promise<number> {
  let status = 0;
  for (const operand of node.operands) {
    status = await evaluateTest(shell, operand);
    if ((status === 0) !== (node.operator === '&&')) break;
  }
  return status;
}

/** The status of the expression of `[[ ]]`: 0 if it holds, 1 if not, 2 for a malformed regular expression. */
export async function evaluateTest(shell: Shell, node: TestExpression): Promise<number> {
  switch (node.type) {
    case 'TestUnary':
      return statusOfTruth(await testUnary(shell, node.operator, await expandToText(shell, node.operand)));
    case 'TestBinary':
      if (node.operator !== '=~') return statusOfTruth(await evaluateBinary(shell, node));
      return matchRegularExpression(shell, await expandToText(shell, node.left), node);
    case 'TestGroup':
      return evaluateTest(shell, node.expression);
    case 'TestNot': {
      const status = await evaluateTest(shell, node.operand);
      return node.negations.length % 2 === 0 ? status : statusOfTruth(status !== 0);
    }
    case 'TestLogical':
      return evaluateLogical(shell, node);
  }
}
