import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [{ test: { name: 'node', environment: 'node', include: ['checks/**/*.test.ts'], testTimeout: 120_000 } }],
  },
});
