/** The README's example is run as it stands, and prints what the README says. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the example prints what stands below it', () => {
  const [, code = '', output] = /^```ts\n([^]*?)^```$[^]*?^```\n([^]*?)^```$/m.exec(readme) ?? [];
  const options = ['--conditions=source', '--no-warnings', '--input-type=module-typescript', '--eval', code];
  expect(execFileSync(process.execPath, options, { cwd: folder, encoding: 'utf8' })).toBe(output);
});
