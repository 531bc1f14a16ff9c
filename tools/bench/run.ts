/**
 * The benchmarks: speeds as ratios to peers that are measured in the same run, since times alone say more about the machine. Nothing
 * is asserted. `node bench/run.ts [connections | generation | keys | worlds]...` runs some of them.
 */
import process from 'node:process';
import { compare, type Comparison } from './compare.ts';
import { header, row } from './table.ts';

const topics: Readonly<Record<string, () => Promise<readonly Comparison[]>>> = {
  connections: async () => (await import('./connections.ts')).connections,
  generation: async () => (await import('./generation.ts')).generation,
  keys: async () => (await import('./keys.ts')).keys,
  worlds: async () => (await import('./worlds.ts')).worlds,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(topics, name));
if (unknown.length > 0)
  throw new Error(`no benchmark is called ${unknown.join(', ')}: ${Object.keys(topics).join(', ')}`);

process.stdout.write(`${header()}\n`);
for (const [name, load] of Object.entries(topics)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const comparison of await load()) process.stdout.write(`${row(await compare(comparison))}\n`);
}
