/** Everything by the keyboard alone: to Run, through the questions, out of the terminal again. */
import type { Locator, Page } from '@playwright/test';
import { expect, hostKeyQuestion, lessons, test } from './guide.ts';

const mostStops = 12;

/** Presses the key until the focus is there. */
async function moveTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  const isFocused = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement);
  for (let stops = 0; stops < mostStops && !(await isFocused()); stops += 1) await page.keyboard.press(key);
  await expect(target).toBeFocused();
}

test('a reader without a pointer logs in and leaves the terminal', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the text' })).toBeFocused();
  await page.keyboard.press('Enter');
  await moveTo(page, reader.block('ssh demo@remote_host').locator('.run'), 'Tab');
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
  await page.keyboard.press('Shift+Tab');
  await expect(reader.terminal.getByRole('textbox')).toBeFocused();
  for (const command of ['hostname', 'exit', 'echo $?']) {
    await page.keyboard.press('Escape');
    await moveTo(page, reader.block(command).locator('.run'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(reader.terminal.getByRole('textbox')).toBeFocused();
    await expect(reader.block(command)).toHaveAttribute('data-state', /done|failed/);
  }
  await reader.waitFor('demo@laptop:~$ ');
  expect((await reader.lines()).filter((line) => line.includes('not found'))).toEqual([]);
});

test('Escape before a letter is the Meta of the shell', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.block('ssh demo@remote_host').locator('.run').press('Enter');
  await reader.answer(hostKeyQuestion, 'no');
  await reader.waitFor('demo@laptop:~$ ');
  await page.keyboard.type('echo one two');
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await page.keyboard.type('x');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await reader.lines()).join('\n')).toContain('one xtwo\n');
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
