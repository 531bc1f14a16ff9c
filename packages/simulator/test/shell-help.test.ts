/** help: what it lists is what can be run. */
import { utf8DecodeLossy } from '@seashell/core/wire';
import { expect, test } from 'vitest';
import { oneHost } from './one-host.ts';

test('help lists the builtins and every program in PATH', async () => {
  const world = oneHost();
  const session = world.openCommand({ host: 'host', user: 'demo', commandLine: 'help; type $(help | tr -d :)' });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += utf8DecodeLossy(bytes);
  });
  await world.run({ maximumSteps: 1_000_000 });
  expect(output).toMatch(/^Commands of the shell itself:\n/);
  expect(output).toMatch(/\bcd\b[^]*\nPrograms:\n[^]*\bcat\b/);
  expect(output).toContain('cd is a shell builtin\n');
  expect(output).toContain('cat is /usr/bin/cat\n');
  const missing = [...output.matchAll(/: type: (\S+): not found/g)].map(([, name]) => name);
  expect(missing).toEqual(['Commands', 'of', 'the', 'shell', 'itself', 'Programs']);
});
