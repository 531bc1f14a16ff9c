/** The two Vitest projects of a package: `*.test.ts` run in Node, and with `browser` also in real Chromium. */
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { systemChromium } from './tools/chromium.ts';

const resolve = { conditions: ['source', 'module', 'browser', 'development|production'] };
const ssr = { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } };
const chromiumArguments = ['--disable-background-networking', '--disable-component-update', '--disable-quic'];

/** Tests whose names end in `.node.test.ts` need Node; those in `.interop.test.ts` need OpenSSH; neither runs in the browser. */
const include = ['src/**/*.test.ts', 'test/**/*.test.ts'];
const nodeOnly = ['**/*.node.test.ts', '**/*.interop.test.ts'];

const setupFiles = [fileURLToPath(new URL('tools/property-seed.ts', import.meta.url))];
const provide = { propertySeed: Number(process.env['PROPERTY_SEED'] ?? 1) };

export function defineProject(): ViteUserConfig {
  const executablePath = systemChromium();
  return defineConfig({
    resolve,
    ssr,
    test: {
      testTimeout: 600_000,
      hookTimeout: 600_000,
      setupFiles,
      provide,
      projects: [
        {
          extends: true,
          test: { name: 'node', environment: 'node', include, exclude: ['**/node_modules/**', '**/*.interop.test.ts'] },
        },
        {
          extends: true,
          test: {
            name: 'interop',
            environment: 'node',
            include: ['test/**/*.interop.test.ts'],
            fileParallelism: false,
          },
        },
        {
          extends: true,
          test: {
            name: 'browser',
            include,
            exclude: ['**/node_modules/**', ...nodeOnly],
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: { args: chromiumArguments, ...(executablePath === undefined ? {} : { executablePath }) },
              }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
      ],
    },
  });
}
