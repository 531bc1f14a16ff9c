/** How wide the terminal is beside the text. */
import { expect, lessons, test } from './guide.ts';

for (const [width, columns] of [
  [1280, 64],
  [1440, 80],
] as const) {
  test(`a window of ${width} pixels has ${columns} columns, and nothing scrolls sideways`, async ({ reader, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(lessons.firstLogin);
    await reader.terminal.locator('.screen').click();
    await reader.waitFor('demo@laptop:~$ ');
    await reader.type('stty size');
    await expect.poll(async () => (await reader.lines()).at(-2)).toMatch(new RegExp(`^\\d+ ${columns}$`));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}
