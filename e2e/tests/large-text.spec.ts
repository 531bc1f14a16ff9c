/** A reader whose browser has letters of twice the size: everything is still within the window. */
import { chromium } from '@playwright/test';
import { expect, hostKeyQuestion, lessons, Reader, test } from './guide.ts';

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

test('the terminal has the size of the text, and a name of the map its line', async ({ launchOptions, baseURL }) => {
  test.slow();
  const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), largeText] });
  for (const width of [360, 390, 1440]) {
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    const reader = new Reader(page);
    await page.goto(`${baseURL ?? ''}${lessons.firstLogin}`);
    await reader.run('ssh demo@remote_host');
    await expect.poll(async () => (await reader.lines()).join('')).toContain(hostKeyQuestion.trim());
    const row = page.locator('.xterm-rows > div').first();
    expect(await row.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))).toBe(26);
    for (const name of await page.locator('.map .host > b').all()) {
      const lines = await name.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(element).fontSize);
      });
      expect(lines, `${(await name.textContent()) ?? ''} at ${width}`).toBeLessThan(1.6);
    }
    await page.close();
  }
  await browser.close();
});
