/**
 * Runs the core's unit tests on Bun and Deno, whose binaries npm brings where it has them: `node test/run-on-runtimes.ts`. All files that
 * run in Chromium run here too. A runtime that npm has not installed is named aloud; where CI is set, that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** Endings of the tests that stay behind, with the reason. */
const leftOut = [
  { ending: '.node.test.ts', reason: "they read the disk or ask Node's own crypto, which a page has not either" },
  {
    ending: '.interop.test.ts',
    reason: 'they start OpenSSH, PuTTY and OpenSSL and ask what these say, not the runtime',
  },
];
/** For one that hangs. Deno takes a minute alone, several beside other tests on two cores. */
const patienceMilliseconds = 1_800_000;

interface Runtime {
  readonly name: string;
  readonly binary: string | undefined;
  readonly words: readonly string[];
}

const require = createRequire(import.meta.url);

/** The binary of the package that npm chose for this platform; undefined if it has none. */
function binaryOf(runtime: string, scope: string, paths: readonly string[]): string | undefined {
  const folder = join(dirname(require.resolve(`${runtime}/package.json`)), '..', scope);
  const packages = existsSync(folder) ? globSync('*', { cwd: folder }) : [];
  return packages.flatMap((name) => paths.map((path) => join(folder, name, path))).find((path) => existsSync(path));
}

/** Bun stands in for Vitest itself, so Vitest's set-up file is not read there. */
function bun(files: readonly string[]): Runtime {
  const settings = ['--conditions=source', '--timeout', '120000', '--preload', './test/property-seed-on-bun.ts'];
  return {
    name: 'Bun',
    binary: binaryOf('bun', '@oven', ['bin/bun', 'bin/bun.exe']),
    words: ['test', ...settings, ...files.map((path) => `./${path}`)],
  };
}

/**
 * The process that Vitest starts is Deno's too: one for all files, as on Bun. That each file stands alone is seen in Node, where each has its own.
 */
function deno(files: readonly string[]): Runtime {
  return {
    name: 'Deno',
    binary: binaryOf('deno', '@deno', ['deno', 'deno.exe']),
    words: ['run', '-A', 'node_modules/vitest/vitest.mjs', 'run', '--project', 'node', '--no-isolate', ...files],
  };
}

function run({ name, binary, words }: Runtime): void {
  if (binary === undefined) {
    console.warn(
      `SKIPPED: npm installed no ${name} for ${process.platform} ${process.arch}: the core is not tested on it`,
    );
    if (process.env['CI'] !== undefined) process.exitCode = 1;
    return;
  }
  console.log(`${name}, ${binary}`);
  const { status, error } = spawnSync(binary, words, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DENO_NO_UPDATE_CHECK: '1' },
    timeout: patienceMilliseconds,
  });
  if (status === 0) return;
  console.error(`FAILED on ${name}: ${error?.message ?? `exit status ${status}`}`);
  process.exitCode = 1;
}

const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'])
  .filter((path) => leftOut.every(({ ending }) => !path.endsWith(ending)))
  .map((path) => path.replaceAll('\\', '/'))
  .toSorted();
for (const { ending, reason } of leftOut) console.log(`Not run: *${ending}, for ${reason}`);
for (const runtime of [bun(files), deno(files)]) run(runtime);
