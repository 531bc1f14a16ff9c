/**
 * What the core's entries weigh in a page: bundled and minified by esbuild, then gzip. A small task must not pull in what it does not
 * use, so the modules in a bundle are looked at too. A budget is raised only with its reason in the commit.
 */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { readTracked, root } from './source-files.ts';

interface Bundle {
  readonly kilobytes: number;
  /** Paths of the modules whose code is really in the bundle. */
  readonly modules: readonly string[];
}

async function bundle(source: string): Promise<Bundle> {
  const result = await build({
    stdin: { contents: source, resolveDir: join(root, 'tools'), loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    conditions: ['source'],
    format: 'esm',
    logLevel: 'silent',
    metafile: true,
    minify: true,
    platform: 'browser',
    target: 'es2023',
    write: false,
  });
  const [file] = result.outputFiles;
  const [output] = Object.values(result.metafile.outputs);
  if (file === undefined || output === undefined) throw new Error('esbuild wrote nothing');
  const modules = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { kilobytes: gzipSync(file.contents, { level: 9 }).length / 1000, modules: modules.map(([path]) => path) };
}

const whole = (entry: string): string => `export * from '@seashell/core/${entry}';`;

/** Kilobytes, gzip, of each public entry with all that it exports. */
const budgets: Readonly<Record<string, number>> = {
  wire: 5,
  crypto: 48,
  keys: 95,
  // All of `keys`, to open what it draws, and the sentences.
  anatomy: 105,
  certificates: 52,
  signatures: 54,
  fingerprint: 16,
  'ed25519-keys': 25,
  'key-formats': 82,
  generate: 45,
  config: 30,
  files: 54,
};

describe('sizes', () => {
  const manifest: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
    readTracked('packages/core/package.json'),
  );
  const entries = Object.keys(manifest.exports).map((name) => name.slice(2));

  it('every public entry of the core has a budget', () => {
    const single = entries.filter((name) => name !== '' && !name.startsWith('crypto/'));
    expect(Object.keys(budgets).toSorted()).toEqual(single.toSorted());
  });

  it.each(Object.entries(budgets))('@seashell/core/%s: at most %d kB', async (entry, kilobytes) => {
    expect((await bundle(whole(entry))).kilobytes).toBeLessThanOrEqual(kilobytes);
  });

  it('one fingerprint: at most 8 kB', async () => {
    const made = await bundle(`export { fingerprint } from '@seashell/core/fingerprint';`);
    expect(made.kilobytes).toBeLessThanOrEqual(8);
  });

  it('fingerprints bring no generation, no signing and no private key files', async () => {
    const { modules } = await bundle(whole('fingerprint'));
    const secret =
      /rsa-generation|dsa-generation|noble\/(?:curves|ed25519)|post-quantum|node-forge|keys\/key-types\/|keys\/formats\//;
    expect(modules.filter((path) => secret.test(path))).toEqual([]);
  });

  it('Ed25519 keys bring no other key type, curve or format', async () => {
    const { modules } = await bundle(whole('ed25519-keys'));
    const foreign = /rsa|ecdsa|noble\/curves|post-quantum|node-forge|pkcs|ppk|chacha/;
    expect(modules.filter((path) => foreign.test(path))).toEqual([]);
  });

  it('Ed25519 keys without encryption: at most 20 kB, without AES and bcrypt', async () => {
    const names =
      'generateEd25519Key, writeEd25519Key, openEd25519Key, printEd25519Line, ed25519Blob, fingerprint, runAtOnce';
    const { kilobytes, modules } = await bundle(`export { ${names} } from '@seashell/core/ed25519-keys';`);
    expect(kilobytes).toBeLessThanOrEqual(20);
    expect(modules.filter((path) => /aes|bcrypt|blowfish/.test(path))).toEqual([]);
  });

  it('a check that looks would find what must not be there', async () => {
    const { modules } = await bundle(whole('keys'));
    expect(modules.some((path) => /rsa-generation/.test(path))).toBe(true);
  });
});
