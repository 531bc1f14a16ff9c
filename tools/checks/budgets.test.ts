/** The budgets: sizes of functions and files, and the escapes from the type checker. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { exceptions, isExcepted } from './exceptions.ts';
import { lineOf, place, sources, visit, type SourceFile } from './source-files.ts';

interface FunctionSize {
  readonly what: string;
  readonly lines: number;
  readonly parameters: number;
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : '(anonymous)';
}

function functionsOf(file: SourceFile): readonly FunctionSize[] {
  const found: FunctionSize[] = [];
  visit(file.tree, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return;
    const lines = lineOf(file, node.end) - lineOf(file, node.getStart(file.tree)) + 1;
    found.push({ what: `${file.path}#${nameOf(node)}`, lines, parameters: node.parameters.length });
  });
  return found;
}

const functions = sources.flatMap(functionsOf);
/** A table of rows is not code: its file says so. */
const isTable = (file: SourceFile): boolean => file.text.slice(0, 400).includes('data table');
const files = sources
  .filter((file) => !isTable(file))
  .map((file) => ({ what: file.path, lines: lineOf(file, file.text.length) }));

const shareWithin = (sizes: readonly { readonly lines: number }[], limit: number): number =>
  sizes.filter((size) => size.lines <= limit).length / Math.max(1, sizes.length);
const over = (
  rule: string,
  sizes: readonly { readonly what: string; readonly lines: number }[],
  limit: number,
): string[] =>
  sizes
    .filter((size) => size.lines > limit && !isExcepted(rule, size.what))
    .map((size) => `${size.what}: ${size.lines} lines`);

function places(predicate: (node: ts.Node) => boolean): string[] {
  return sources.flatMap((file) => {
    const found: string[] = [];
    visit(file.tree, (node) => {
      if (predicate(node)) found.push(place(file, node));
    });
    return found;
  });
}

const isNesting = (node: ts.Node): boolean =>
  ts.isIfStatement(node) ||
  ts.isIterationStatement(node, false) ||
  ts.isSwitchStatement(node) ||
  ts.isTryStatement(node);

/** `else if` goes on on the same level. */
const isElseIf = (node: ts.Node): boolean =>
  ts.isIfStatement(node) && ts.isIfStatement(node.parent) && node.parent.elseStatement === node;

/** How many statements of control stand around it and itself, within its function. */
function nestingOf(node: ts.Node): number {
  let depth = 0;
  for (let at = node; !ts.isFunctionLike(at) && at.parent !== undefined; at = at.parent) {
    if (isNesting(at) && !isElseIf(at)) depth += 1;
  }
  return depth;
}

const isAssertion = (node: ts.Node): boolean =>
  ts.isAsExpression(node) && !(ts.isTypeReferenceNode(node.type) && node.type.getText() === 'const');

describe('budgets', () => {
  it('functions: 90 % within 30 lines, none over 70', () => {
    expect(over('function-lines', functions, 70)).toEqual([]);
    expect(shareWithin(functions, 30)).toBeGreaterThanOrEqual(0.9);
  });

  it('functions: statements of control at most 3 deep', () => {
    expect(places((node) => isNesting(node) && nestingOf(node) > 3)).toEqual([]);
  });

  it('functions: at most 3 parameters', () => {
    const many = functions.filter((size) => size.parameters > 3 && !isExcepted('parameters', size.what));
    expect(many.map((size) => size.what)).toEqual([]);
  });

  it('files: 90 % within 400 lines, none over 700', () => {
    expect(over('file-lines', files, 700)).toEqual([]);
    expect(shareWithin(files, 400)).toBeGreaterThanOrEqual(0.9);
  });

  it('types: no any', () => {
    expect(places((node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([]);
  });

  it('types: no non-null assertion', () => {
    expect(places((node) => ts.isNonNullExpression(node))).toEqual([]);
  });

  it('types: an assertion other than `as const` stands in the list', () => {
    const found = places(isAssertion).filter((where) => !isExcepted('as', where.replace(/:\d+$/, '')));
    expect(found).toEqual([]);
  });

  it('exceptions: each row still excepts something', () => {
    const known = new Set([
      ...functions.filter((size) => size.lines > 70).map((size) => `function-lines ${size.what}`),
      ...functions.filter((size) => size.parameters > 3).map((size) => `parameters ${size.what}`),
      ...files.filter((size) => size.lines > 700).map((size) => `file-lines ${size.what}`),
      ...places(isAssertion).map((where) => `as ${where.replace(/:\d+$/, '')}`),
    ]);
    const dead = exceptions.filter((row) => row.rule !== 'cycle' && !known.has(`${row.rule} ${row.what}`));
    expect(dead).toEqual([]);
  });
});
