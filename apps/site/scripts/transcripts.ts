/**
 * Runs the transcripts of all pages: says which differ, or with `-u` rewrites them. With `--page` it reads one page from its standard
 * input, and prints what its fences printed as JSON.
 */
import { glob, readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { differences, rewritten, runPage } from '../src/transcript/run-page.ts';

const content = fileURLToPath(new URL('../../../content/', import.meta.url));

function complain(page: string, wrong: string): void {
  console.error(`${page} does not say what its commands print:\n${wrong}`);
  console.error('To take over what they print: pnpm --filter @seashell/site transcripts -u');
  process.exitCode = 1;
}

async function printPage(): Promise<void> {
  const run = await runPage(await text(process.stdin));
  const wrong = differences(run);
  if (wrong === '') process.stdout.write(JSON.stringify(run));
  else complain('the page', wrong);
}

async function checkFile(file: string, update: boolean): Promise<void> {
  const path = `${content}${file}`;
  const source = await readFile(path, 'utf8');
  const run = await runPage(source);
  const wrong = differences(run);
  if (wrong === '') console.log(`${file}: ${run.length} commands print what the page says`);
  else if (update) {
    await writeFile(path, rewritten(source, run));
    console.log(`${file}: rewritten\n${wrong}`);
  } else complain(file, wrong);
}

if (process.argv.includes('--page')) await printPage();
else {
  const update = process.argv.includes('-u');
  for await (const file of glob('**/*.mdx', { cwd: content, exclude: (name) => name.includes('node_modules') })) {
    await checkFile(file, update);
  }
}
