/** axe finds nothing, in both themes, on every page, at rest, live, and with a failure. */
import { expectNoViolation } from './axe.ts';
import { expect, hostKeyQuestion, lessons, test } from './guide.ts';

for (const path of ['/', ...Object.values(lessons), '/404.html']) {
  test(`${path} at rest`, async ({ reader, page }) => {
    await page.goto(path);
    await expect(reader.log).toHaveCount(0);
    await expectNoViolation(page);
  });
}

test('a lesson with a question in its terminal', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.run('ssh demo@remote_host');
  await reader.waitFor(hostKeyQuestion);
  await expectNoViolation(page);
});

test('a lesson with a command at work', async ({ reader, page }) => {
  // What moves is drawn again and again, also for the trace, and axe has to wait for it.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(lessons.firstLogin);
  const block = await reader.blockWith('sleep 1000');
  await block.locator('.run').press('Enter');
  await expect(block.getByRole('timer')).toHaveText(/ s$/);
  await expectNoViolation(page);
  // It was at work for as long as axe looked.
  await expect(block.getByRole('timer')).toHaveText(/ s$/);
});

test('a lesson with a command that failed', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.run('ssh demo@remote_host');
  await reader.answer(hostKeyQuestion, 'no');
  await expect(reader.block('ssh demo@remote_host')).toHaveAttribute('data-state', 'failed');
  await expectNoViolation(page);
});

test('the terminal has a name, and its text is in the accessibility tree', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.run('ssh demo@remote_host');
  await reader.waitFor(hostKeyQuestion);
  await expect(page.getByRole('group', { name: 'Terminal: laptop' }).getByRole('log')).toContainText(
    'ED25519 key fingerprint is: SHA256:',
  );
});

test('nothing scrolls sideways at 320 pixels', async ({ page, reader }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of ['/', ...Object.values(lessons), '/404.html']) {
    await page.goto(path);
    await expect(reader.log).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
  }
});
