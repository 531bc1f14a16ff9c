/** A reader whose browser has letters of twice the size: everything is still within the window. */
import { chromium } from '@playwright/test';
import { expect, lessons, test } from './guide.ts';

/** Chromium's setting for the size of text; 16 is the usual one. */
const largeText = '--blink-settings=defaultFontSize=32';

test('nothing scrolls sideways with text of 200 %', async ({ launchOptions, baseURL }) => {
  test.slow();
  const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), largeText] });
  for (const width of [390, 1440]) {
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    for (const path of ['/', ...Object.values(lessons), '/404.html']) {
      await page.goto(`${baseURL ?? ''}${path}`);
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at ${width}`).toBe(width);
    }
    await page.close();
  }
  await browser.close();
});
