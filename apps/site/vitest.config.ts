/** Unit tests of the site's own code, in Node. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
  test: {
    testTimeout: 120_000,
    include: ['src/**/*.test.ts'],
  },
});
