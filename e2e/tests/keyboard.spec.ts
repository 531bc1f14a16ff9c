/** Everything by the keyboard alone: to Run, through the questions, out of the terminal again. */
import { expect, hostKeyQuestion, lessons, test } from './guide.ts';

test('a reader without a pointer logs in and leaves the terminal', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the text' })).toBeFocused();
  await page.keyboard.press('Enter');
  const run = reader.block('ssh demo@remote_host').locator('.run');
  for (
    let presses = 0;
    presses < 10 && !(await run.evaluate((button) => button === document.activeElement));
    presses += 1
  ) {
    await page.keyboard.press('Tab');
  }
  await expect(run).toBeFocused();
  await page.keyboard.press('Enter');
  await reader.answer(hostKeyQuestion, 'yes');
  await reader.answer("demo@remote_host's password: ", 'seashell');
  await reader.waitFor('demo@remote_host:~$ ');

  await page.keyboard.press('Tab');
  await expect(reader.terminal.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(reader.terminal.getByRole('textbox')).not.toBeFocused();
  await expect(page.locator('.status button').first()).toBeFocused();
});

test('the theme button turns the page, and the choice stays', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await expect(reader.log).toHaveCount(0);
  const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.getByRole('button', { name: /^Theme/ }).press('Enter');
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await paper()).toBe(dark);
});
