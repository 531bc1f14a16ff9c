/** A page whose network goes away after it came: the reader is told what is missing, not only what the machines make of it. */
import { test } from '@playwright/test';
import { expect, lessons, Reader } from './guide.ts';

test.beforeEach(async ({ page }) => {
  await page.goto(lessons.firstLogin);
});

test('without the code of a machine that answers, the page says so and offers a new start', async ({ page }) => {
  const reader = new Reader(page);
  await page.context().route('**/_astro/key-files-*.js', (route) => route.abort());
  await reader.run('ssh demo@remote_host');
  await expect(page.locator('.over')).toHaveText(
    'The code of remote_host did not come. Is your network away? Start again',
  );
  await page.context().unroute('**/_astro/key-files-*.js');
  // What is pressed before the new page has its scripts is lost.
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Start again' }).click();
  await loaded;
  await expect(page.locator('.over')).toHaveCount(0);
  await reader.logIn();
});

test('without the code of a program, its command says so, and the machines go on', async ({ page, context }) => {
  const reader = new Reader(page);
  await reader.runToEnd('echo $?');
  await context.setOffline(true);
  await reader.run('ssh demo@remote_host');
  await expect(reader.log).toContainText(
    'ssh: the code of this program did not come: try again, or load the page anew',
  );
  await reader.waitFor('demo@laptop:~$ ');
  await expect(page.locator('.over')).toHaveCount(0);
});
