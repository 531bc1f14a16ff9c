#!/usr/bin/env node
// The `seashell` command. Its code is compiled: `npm run build` makes dist/.
import { existsSync } from 'node:fs';

if (existsSync(new URL('../dist/main.js', import.meta.url))) {
  const { main } = await import('../dist/main.js');
  await main(process.argv.slice(2));
} else {
  console.error('seashell: not built yet: run `npm run build` first');
  process.exitCode = 1;
}
