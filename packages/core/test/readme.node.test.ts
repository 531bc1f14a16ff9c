import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => ({
  entry: /@seashell\/core\/(\w+)/.exec(code)?.[1] ?? '',
  code,
}));

describe('README', () => {
  it.each(examples)('the example of $entry runs', ({ code }) => {
    const options = ['--conditions=source', '--no-warnings', '--input-type=module-typescript', '--eval', code];
    execFileSync(process.execPath, options, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  });

  it.each(['wire', 'crypto', 'keys', 'config', 'files', 'certificates', 'fingerprint'])(
    'has an example of %s',
    (entry) => {
      expect(examples.some((example) => example.code.includes(`@seashell/core/${entry}'`))).toBe(true);
    },
  );
});
