/** Every export of a package's entry has a docstring: a sentence at least, then what its type cannot say. */
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { readTracked, root } from './source-files.ts';

const packages = ['core', 'protocol', 'system', 'programs', 'simulator', 'node'] as const;

interface Entry {
  /** As it is imported, like `@seashell/core/keys`. */
  readonly name: string;
  readonly path: string;
}

/** Entries with a source; `./crypto/*` stands for files that the entry `./crypto` exports too. */
function entriesOf(folder: string): readonly Entry[] {
  const { exports } = JSON.parse(readTracked(`packages/${folder}/package.json`));
  return Object.entries<{ readonly source: string }>(exports)
    .filter(([entry]) => !entry.includes('*'))
    .map(([entry, { source }]) => ({
      name: `@seashell/${folder}${entry.slice(1)}`,
      path: join(root, 'packages', folder, source),
    }));
}

const entries = packages.flatMap(entriesOf);
const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  customConditions: ['source'],
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};
const program = ts.createProgram(
  entries.map(({ path }) => path),
  options,
);

function exportsOf(checker: ts.TypeChecker, file: ts.SourceFile | undefined): readonly ts.Symbol[] {
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`no module: ${file?.fileName ?? 'not found'}`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => ((symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)));
}

/** `file#name` of where each export without a docstring is declared. */
function undocumented(whole: ts.Program, path: string): readonly string[] {
  const checker = whole.getTypeChecker();
  return exportsOf(checker, whole.getSourceFile(path))
    .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
    .map((symbol) => {
      const declaredIn = symbol.declarations?.[0]?.getSourceFile().fileName ?? path;
      return `${declaredIn.replace(`${root}/`, '')}#${symbol.name}`;
    });
}

describe('docstrings', () => {
  it.each(entries)('$name: every export has one', ({ path }) => {
    expect(undocumented(program, path)).toEqual([]);
  });

  it('the exports are seen, those of other files too, and which have none', () => {
    const keys = entries.find(({ name }) => name === '@seashell/core/keys');
    const found = exportsOf(program.getTypeChecker(), program.getSourceFile(keys?.path ?? ''));
    expect(found.length).toBeGreaterThan(100);
    const texts: ReadonlyMap<string, string> = new Map([
      ['/entry.ts', `export * from './other.ts';\n/** One. */\nexport const one = 1;\n`],
      ['/other.ts', 'export interface Bare {\n  /** Of a field. */\n  readonly field: number;\n}\n'],
    ]);
    const host = ts.createCompilerHost(options);
    const small = ts.createProgram(['/entry.ts'], options, {
      ...host,
      getCurrentDirectory: () => '/',
      fileExists: (path) => texts.has(path),
      readFile: (path) => texts.get(path),
      getSourceFile(path, target) {
        const text = texts.get(path);
        return text === undefined ? host.getSourceFile(path, target) : ts.createSourceFile(path, text, target);
      },
    });
    expect(undocumented(small, '/entry.ts')).toEqual(['/other.ts#Bare']);
  });
});
