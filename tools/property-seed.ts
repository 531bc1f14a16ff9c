/**
 * Properties draw the same cases on every run, so that what a test says depends on the change alone. PROPERTY_SEED draws
 * others: `PROPERTY_SEED=$RANDOM npm test`. A case that it finds becomes a test of its own.
 */
import fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    propertySeed: number;
  }
}

fc.configureGlobal({ seed: inject('propertySeed') });
