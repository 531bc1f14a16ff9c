import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasPublicPem, keyTypes, privateKeyFormats } from '../src/keys/index.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => ({
  entry: /@seashell\/core\/([\w-]+)/.exec(code)?.[1] ?? '',
  code,
}));

/** `.` says what the other entries share, and the contract is a suite of tests. */
const withoutExample: readonly string[] = ['.', './crypto/*', './crypto/contract'];
const entries = Object.keys(exports)
  .filter((entry) => !withoutExample.includes(entry))
  .map((entry) => entry.slice('./'.length));

/** The cells of the table whose heading begins with this cell, by row. */
function tableOf(heading: RegExp): readonly (readonly string[])[] {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => heading.test(line));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

const byName = (a: readonly unknown[], b: readonly unknown[]): number => String(a[0]).localeCompare(String(b[0]));

describe('README', () => {
  it.each(examples)('the example of $entry runs', ({ code }) => {
    const options = ['--conditions=source', '--no-warnings', '--input-type=module-typescript', '--eval', code];
    execFileSync(process.execPath, options, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  });

  it.each(entries)('has an example of %s', (entry) => {
    expect(examples.some((example) => example.code.includes(`@seashell/core/${entry}'`))).toBe(true);
  });

  it('lists every entry', () => {
    const listed = tableOf(/^\| entry/).map(([entry]) => entry?.replace('@seashell/core', '...'));
    const wanted = Object.keys(exports).filter((entry) => !entry.includes('*'));
    expect(wanted.filter((entry) => !listed.includes(entry.replace('.', '...')))).toEqual([]);
  });

  it('the table of key types and formats is what the registries say', () => {
    const [, , ...rows] = tableOf(/^\| key type +\| `openssh`/);
    const expected = keyTypes.map((row) => {
      const cells = new Map(privateKeyFormats.map((format) => [format.name, format.holds(row.name) ? 'rwe' : '']));
      const names = ['openssh', 'pkcs1', 'sec1', 'dsa', 'pkcs8', 'ppk2', 'ppk3'] as const;
      const pem = [hasPublicPem(row.name), row.name === 'ssh-rsa'].map((isThere) => (isThere ? 'rw' : ''));
      return [row.name, ...names.map((name) => cells.get(name)), 'rw', 'rw', ...pem];
    });
    expect(rows.toSorted(byName)).toEqual(expected.toSorted(byName));
    expect(privateKeyFormats).toHaveLength(7);
  });
});
