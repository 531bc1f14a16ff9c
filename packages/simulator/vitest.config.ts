import { defineProject } from '../../vitest.shared.ts';

/** Named here, the dependency is bundled before the browser asks for it; found late, it would reload a test that runs. */
export default { ...defineProject(), optimizeDeps: { include: ['fast-check', 'unbash'] } };
