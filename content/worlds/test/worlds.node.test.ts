/** Every world is well-formed, and its kept results are what the seed of the site gives. Rewritten by UPDATE=1. */
import { writeFileSync } from 'node:fs';
import { buildHostFiles, checkWorldDefinition, Results } from '@seashell/simulator';
import { describe, expect, test } from 'vitest';
import { worlds } from '../src/index.ts';

const seed = 1;

function print(results: Readonly<Record<string, string>>): string {
  const lines = Object.entries(results).map(([name, result]) => `  '${name}':\n    '${result}',\n`);
  return `/** Results of costly functions for seed ${seed}, made by test/worlds.node.test.ts. */
export const results: Readonly<Record<string, string>> = {
${lines.join('')}};
`;
}

describe.each(worlds)('world $name', (definition) => {
  /** What the worlds before it in the list keep. */
  const earlier = new Set(
    worlds.slice(0, worlds.indexOf(definition)).flatMap(({ results }) => Object.keys(results ?? {})),
  );

  test('has no faults', () => {
    expect(checkWorldDefinition(definition)).toEqual([]);
  });

  test('keeps what its seed gives, each result in one file', async () => {
    const results = new Results();
    const now = (): number => definition.startsAtMilliseconds;
    for (const host of definition.hosts) await buildHostFiles({ definition, host, seed, now, results });
    const used = results.used();
    const own = Object.fromEntries(Object.entries(used).filter(([name]) => !earlier.has(name)));
    const file = new URL(`../src/${definition.name}/results.ts`, import.meta.url);
    if (process.env['UPDATE'] === '1') {
      writeFileSync(file, print(own));
      return;
    }
    const kept: { readonly results: unknown } = await import(file.href);
    expect(kept.results).toEqual(own);
    expect(definition.results).toMatchObject(used);
  });
});
