/**
 * Runs the core's unit tests on Bun and Deno, whose binaries npm brings where it has them: `node test/run-on-runtimes.ts`. A runtime that
 * this machine lacks is skipped aloud. The long hostile-input suites stay with Node and Chromium.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';

const require = createRequire(import.meta.url);
const files = [...globSync('src/**/*.test.ts'), 'test/signatures.test.ts', 'test/ed25519-keys.test.ts']
  .filter((path) => !path.endsWith('.node.test.ts'))
  .map((path) => `./${path}`);

/** The binary of the package that npm chose for this platform; undefined if it has none. */
function binaryOf(runtime: string, scope: string, paths: readonly string[]): string | undefined {
  const folder = join(dirname(require.resolve(`${runtime}/package.json`)), '..', scope);
  const packages = existsSync(folder) ? globSync('*', { cwd: folder }) : [];
  return packages.flatMap((name) => paths.map((path) => join(folder, name, path))).find((path) => existsSync(path));
}

const runtimes = [
  {
    name: 'Bun',
    binary: binaryOf('bun', '@oven', ['bin/bun', 'bin/bun.exe']),
    words: ['test', '--conditions=source', '--timeout', '120000', ...files],
  },
  {
    name: 'Deno',
    binary: binaryOf('deno', '@deno', ['deno', 'deno.exe']),
    words: [
      'run',
      '-A',
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'node',
      ...files.map((path) => path.slice(2)),
    ],
  },
];

for (const { name, binary, words } of runtimes) {
  if (binary === undefined) {
    console.warn(`SKIPPED: npm has no ${name} for this platform, so the core is not tested on it`);
    continue;
  }
  console.log(`${name}: ${files.length} files`);
  const { status } = spawnSync(binary, words, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DENO_NO_UPDATE_CHECK: '1' },
  });
  if (status !== 0) process.exitCode = 1;
}
