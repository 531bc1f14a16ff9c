/**
 * The shell and the commands beside the real bash and coreutils: each line of the table runs in both, in a directory with the
 * same files; output, errors and status are compared. What differs stands in a list with its reason.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shellLines } from './shell-lines.ts';
import { commandLines } from './command-lines.ts';
import { execLines } from './exec-lines.ts';
import { knownDifferences } from './command-line-differences.ts';
import { bashIsReference, normalise, runOurs, runReal } from './real-and-virtual.ts';

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'seashell-shell-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

test.skipIf(!bashIsReference).each([...commandLines, ...shellLines, ...execLines])(
  '%j prints and answers as in bash',
  async (line) => {
    const real = normalise(runReal(parent, line));
    const ours = normalise(await runOurs(line));
    const difference = knownDifferences.get(line);
    if (difference === undefined) expect(ours).toEqual(real);
    else expect(ours, `no longer differs: ${difference}`).not.toEqual(real);
  },
);
