/** What tools/property-seed.ts is to Vitest, for Bun, whose test runner has no `inject`: the same cases on every run. */
import process from 'node:process';
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });
