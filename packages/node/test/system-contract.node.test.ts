/** System on Node keeps the contract of `System`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSystemContract } from '@seashell/system/contract';
import type { Program } from '@seashell/system';
import { afterAll } from 'vitest';
import { createNodeSystem } from '../src/system.ts';

const directory = mkdtempSync(join(tmpdir(), 'seashell-contract-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** One for all programs: it owns this process's signals. */
const system = createNodeSystem();

function run(program: Program): Promise<number> {
  return program(system, ['contract']);
}

describeSystemContract({ name: 'Node', run, directory, capabilities: { pseudoTerminal: false, exec: false } });
