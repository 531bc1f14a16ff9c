/** The invariants of ARCHITECTURE.md that a machine can see in the sources. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { importsOf, place, readTracked, sources, trackedFiles, visit } from './source-files.ts';

const inPackages = (...names: readonly string[]) =>
  sources.filter((file) => names.some((name) => file.path.startsWith(`packages/${name}/src/`)));

function linesMatching(files: readonly { readonly path: string; readonly text: string }[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) => {
      const code = line.replace(/^\s*(\/?\*|\/\/).*$/, '').replace(/\/\/ .*$/, '');
      return pattern.test(code) ? [`${file.path}:${index + 1}: ${line.trim()}`] : [];
    }),
  );
}

describe('invariants', () => {
  it('core and protocol: no clock, randomness, timer or platform', () => {
    const pattern =
      /\b(Date\.now|new Date\(\)|Math\.random|performance\.|setTimeout|setInterval|queueMicrotask|getRandomValues|process\.)\b/;
    // DESIGN's one exception: the public entry that makes keys finds the platform's WebCrypto.
    const platform = 'packages/core/src/generate/platform-crypto.ts';
    const pure = inPackages('core', 'protocol').filter(({ path }) => path !== platform);
    expect(linesMatching(pure, pattern)).toEqual([]);
    expect(linesMatching(pure, /\bglobalThis\b/)).toEqual([]);
  });

  it('programs and simulator: no clock, randomness or timer of the platform', () => {
    const pattern =
      /\b(Date\.now\(|new Date\(\)|Math\.random|performance\.now|setTimeout\(|setInterval\(|getRandomValues)/;
    expect(linesMatching(inPackages('programs', 'simulator'), pattern)).toEqual([]);
  });

  it('programs: one operation at a time, so no Promise.all, race, any or allSettled', () => {
    const files = sources.filter(
      (file) =>
        /^packages\/(programs|simulator)\/src\//.test(file.path) &&
        !file.path.includes('/world/') &&
        !file.path.includes('/kernel/'),
    );
    expect(linesMatching(files, /\bPromise\.(all|race|any|allSettled)\b/)).toEqual([]);
  });

  it('programs: none names a platform, a world or a lesson', () => {
    expect(linesMatching(inPackages('programs'), /essentials|remote_host|simulator|browser|\bnode:/i)).toEqual([]);
  });

  it('node-forge: imported in one file at most, and never for verification', () => {
    const users = sources.filter((file) => importsOf(file).some((name) => name.startsWith('node-forge')));
    expect(users.length).toBeLessThanOrEqual(1);
  });

  it('System: fewer than 50 operations, in groups of at most 18', () => {
    const groups = sources
      .filter((file) => file.path.startsWith('packages/system/src/'))
      .flatMap((file) => {
        const counts: { readonly name: string; readonly count: number }[] = [];
        visit(file.tree, (node) => {
          if (!ts.isInterfaceDeclaration(node) || !node.name.text.endsWith('Operations')) return;
          counts.push({
            name: node.name.text,
            count: node.members.filter((member) => ts.isMethodSignature(member)).length,
          });
        });
        return counts;
      });
    expect(groups.length).toBeGreaterThanOrEqual(5);
    expect(groups.filter((group) => group.count > 18)).toEqual([]);
    expect(groups.reduce((sum, group) => sum + group.count, 0)).toBeLessThan(50);
  });

  it('sources: each file opens with what it is', () => {
    expect(sources.filter((file) => !/^(#!.*\n)?\/(\*\*|\/)/.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it('sources: names are kebab-case, for the thing', () => {
    const wrong = sources.filter(
      (file) =>
        /(^|\/)(utils?|helpers?|common|misc|types)(\.tsx?|\/)/.test(file.path) || !/^[a-z0-9@._/-]+$/.test(file.path),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('sources: no enum, namespace or default export', () => {
    const found = sources.flatMap((file) => {
      const places: string[] = [];
      visit(file.tree, (node) => {
        const isDefault =
          ts.isExportAssignment(node) ||
          (ts.canHaveModifiers(node) &&
            (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword));
        if (ts.isEnumDeclaration(node) || isDefault) places.push(place(file, node));
      });
      return places;
    });
    expect(found).toEqual([]);
  });

  it('tests: none is skipped, focused or empty of meaning', () => {
    const pattern = /\b(it|test|describe)\.(skip|only|todo|fails)\b|expect\(true\)/;
    const tests = trackedFiles.filter((path) => /\.(test|spec)\.ts$/.test(path) && !path.startsWith('tools/checks/'));
    expect(
      linesMatching(
        tests.map((path) => ({ path, text: readTracked(path) })),
        pattern,
      ),
    ).toEqual([]);
  });

  it('lock file: names no host', () => {
    expect(readTracked('pnpm-lock.yaml').match(/https?:\/\/|registry\.|tarball:/g)).toBeNull();
  });
});
