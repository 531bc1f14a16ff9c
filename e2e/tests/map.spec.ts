/** The map of the stage beside what is typed. */
import { expect, lessons, test } from './guide.ts';

test('the map stays where the reader is while a command runs there', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.logIn();
  await reader.type('sleep 1000');
  await reader.waitFor('demo@remote_host:~$ sleep 1000');
  await expect(page.locator('.map svg:visible')).toHaveAccessibleName(/You type on remote_host/);
});
