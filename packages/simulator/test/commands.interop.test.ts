/** The commands beside those of Debian 12: what each prints, says on standard error and answers, on the lines of a table. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bashIsReference, normalise, runOurs, runReal } from './real-and-virtual.ts';
import { utilityLines } from './utility-lines.ts';

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'seashell-shell-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

test.skipIf(!bashIsReference).each(utilityLines)('%j prints and answers as the real one', async (line) => {
  expect(normalise(await runOurs(line))).toEqual(normalise(runReal(parent, line)));
});
