/** The repository's own TypeScript, as git lists it, parsed. Tests, fixtures and declarations are told apart by name. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const trackedFiles: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));

export const readTracked = (path: string): string => readFileSync(join(root, path), 'utf8');

const isTest = (path: string): boolean =>
  /\.(test|spec)\.ts$/.test(path) || /(^|\/)(test|tests|fixtures|vectors|contract)\//.test(path);

/** Sources that are shipped: what the budgets and invariants are for. */
export const sourcePaths: readonly string[] = trackedFiles.filter(
  (path) =>
    /\.tsx?$/.test(path) &&
    !path.endsWith('.d.ts') &&
    !isTest(path) &&
    /^(packages\/[^/]+\/src|apps\/[^/]+\/src|content\/worlds\/src)\//.test(path),
);

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

export const sources: readonly SourceFile[] = sourcePaths.map((path) => {
  const text = readTracked(path);
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
});

export function visit(node: ts.Node, callback: (node: ts.Node) => void): void {
  callback(node);
  node.forEachChild((child) => visit(child, callback));
}

export function lineOf(file: SourceFile, position: number): number {
  return file.tree.getLineAndCharacterOfPosition(position).line + 1;
}

export const place = (file: SourceFile, node: ts.Node): string =>
  `${file.path}:${lineOf(file, node.getStart(file.tree))}`;

/** The module names a file imports or re-exports, `import()` included. */
export function importsOf(file: SourceFile): readonly string[] {
  const names: string[] = [];
  visit(file.tree, (node) => {
    const isDeclaration = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const specifier = isDeclaration ? node.moduleSpecifier : isDynamic ? node.arguments[0] : undefined;
    if (specifier !== undefined && ts.isStringLiteral(specifier)) names.push(specifier.text);
  });
  return names;
}
