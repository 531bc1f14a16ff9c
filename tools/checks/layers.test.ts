/** The import table of ARCHITECTURE.md, closed transitively; no cycles between files. */
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, readTracked, sources, trackedFiles } from './source-files.ts';

/** What a package may import of ours, and of others. The one definition; ARCHITECTURE.md shows it as a table. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'packages/core': [],
  'packages/system': [],
  'packages/protocol': ['core'],
  'packages/programs': ['protocol', 'core', 'system'],
  'packages/simulator': ['programs', 'protocol', 'core', 'system'],
  'packages/node': ['programs', 'system'],
  'content/worlds': ['simulator/world-definition'],
  'apps/site': ['simulator', 'protocol', 'core', 'worlds'],
  'apps/cli': ['node', 'simulator', 'programs', 'core', 'worlds'],
};

const packageOf = (path: string): string => path.split('/').slice(0, 2).join('/');

const isAllowed = (folder: string, specifier: string): boolean => {
  const wanted = specifier.replace(/^@seashell\//, '');
  return (mayImport[folder] ?? []).some((allowed) => wanted === allowed || wanted.startsWith(`${allowed}/`));
};

/** A relative import as a path from the root. */
const resolved = (from: string, specifier: string): string => normalize(join(dirname(from), specifier));

const graph = new Map(
  sources.map((file) => [
    file.path,
    importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => resolved(file.path, specifier)),
  ]),
);

/** The files of one cycle through `start`, or none. */
function cycleFrom(start: string): readonly string[] {
  const seen = new Set<string>();
  const walk = (path: string, trail: readonly string[]): readonly string[] => {
    for (const next of graph.get(path) ?? []) {
      if (next === start) return [...trail, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...trail, next]);
      if (found.length > 0) return found;
    }
    return [];
  };
  return walk(start, [start]);
}

describe('layers', () => {
  it('imports: a package imports only what its row allows', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('@seashell/') && !isAllowed(packageOf(file.path), specifier))
        .map((specifier) => `${file.path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('imports: no relative import leaves its package', () => {
    const wrong = [...graph].flatMap(([path, targets]) =>
      targets.filter((target) => packageOf(target) !== packageOf(path)).map((target) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('imports: no cycle between files', () => {
    const cycles = [...graph.keys()].map(cycleFrom).filter((cycle) => cycle.length > 0);
    expect(cycles.map((cycle) => cycle.join(' -> ')).slice(0, 5)).toEqual([]);
  });

  it('package.json: dependencies of ours are those of the table', () => {
    const manifests = trackedFiles.filter((path) => /^(packages|apps)\/[^/]+\/package\.json$/.test(path));
    const wrong = manifests.flatMap((path) => {
      const manifest: { dependencies?: Record<string, string> } = JSON.parse(readTracked(path));
      const own = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@seashell/'));
      return own
        .filter((name) => name !== '@seashell/content' && !isAllowed(packageOf(path), name))
        .map((name) => `${path}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('tsconfig: core, protocol, system, programs and simulator compile without DOM and Node types', () => {
    for (const name of ['core', 'protocol', 'system', 'programs', 'simulator']) {
      const text = readTracked(`packages/${name}/tsconfig.json`);
      expect(text, name).not.toMatch(/"(lib|types)"/);
    }
    expect(readTracked('tsconfig.base.json')).toMatch(/"lib": \["ES2023"\]/);
  });
});
