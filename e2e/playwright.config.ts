/** Journeys through the built site, in real Chromium. */
import { defineConfig, devices } from '@playwright/test';
import { systemChromium } from '../tools/chromium.ts';

const executablePath = systemChromium();
const port = Number(process.env['E2E_PORT'] ?? 4399);
/** The browser's own calls home; and its sandbox, which refuses to work for root. */
const args = ['--disable-background-networking', '--disable-component-update', '--disable-quic'];
if (process.getuid?.() === 0) args.push('--no-sandbox');
/** The headless shell would round the widths of letters to whole pixels, as no window does. */
args.push('--font-render-hinting=none');

export default defineConfig({
  testDir: 'tests',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    baseURL: `http://localhost:${port}`,
    // The trace has the page at every step, so the film of it, which is drawn for the journeys that pass as well, can be missed.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: { args, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    {
      name: 'desktop',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
      testIgnore: '**/phone.spec.ts',
    },
    {
      name: 'phone',
      // Its pages are loaded in the dark theme, the desktop's in the light one.
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
      testMatch: ['**/phone.spec.ts', '**/accessibility.spec.ts'],
    },
  ],
  webServer: {
    command: `node serve.ts ${port}`,
    port,
    reuseExistingServer: false,
  },
});
