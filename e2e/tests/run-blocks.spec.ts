/** The button and the state of a block while its command runs, asks, will not end, and has ended. */
import { expect, hostKeyQuestion, lessons, test } from './guide.ts';

test('Stop and the time while a command runs; stopped by the keyboard, the focus stays on the button', async ({
  reader,
  page,
}) => {
  await page.goto(lessons.firstLogin);
  const block = await reader.blockWith('sleep 1000');
  const [button, state, time] = [block.locator('.run'), block.getByRole('status'), block.getByRole('timer')];
  await button.press('Enter');
  await expect(button).toHaveAccessibleName(/^Stop /);
  await expect(state).toHaveText('running');
  await expect(time).toHaveText(/^\d\.\d s$/);
  await expect(time).toHaveAttribute('aria-live', 'off');
  const before = await time.textContent();
  await expect(time).not.toHaveText(before ?? '');
  await expect(state).toHaveText('running');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(state).toHaveText('exit 130');
  await expect(block).toHaveAttribute('data-state', 'failed');
  await expect(time).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(button).toHaveAccessibleName(/^Run again /);
  expect((await reader.lines()).slice(-3)).toEqual(['demo@laptop:~$ sleep 1000', '^C', 'demo@laptop:~$ ']);
});

test('a double click on Run runs the command, and does not stop it', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.terminal.locator('.screen').click();
  await reader.waitFor('demo@laptop:~$ ');
  const block = await reader.blockWith('sleep 1');
  await block.locator('.run').dblclick();
  await expect(block.locator('.state')).toHaveText('exit 0');
});

test('a command that asks waits without a time, and Stop ends it', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  const block = reader.block('ssh demo@remote_host');
  await reader.run('ssh demo@remote_host');
  await reader.waitFor(hostKeyQuestion);
  await expect(block.locator('.state')).toHaveText('waits for you to type');
  await expect(block.locator('.elapsed')).toBeHidden();
  const caret = block.locator('.ln').nth(1).locator('.at-work');
  await expect(caret).toBeVisible();
  await expect(block.locator('.caret:not(.at-work)')).toBeHidden();
  await block.getByRole('button', { name: 'Stop' }).click();
  await reader.waitFor('demo@laptop:~$ ');
  await expect(block.locator('.state')).toHaveText('exit 130');
  await expect(caret).toBeHidden();
  await expect(block.locator('.caret:not(.at-work)')).toBeVisible();
});

test('what stays at ^C says so, and the next press turns the machines off', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  const block = await reader.blockWith(`bash -c "trap '' INT; sleep 1000"`);
  const button = block.locator('.run');
  await button.click();
  await expect(block.locator('.state')).toHaveText('running');
  await button.click();
  await expect(block.locator('.state')).toHaveText('^C did not end it');
  await expect(button).toHaveAccessibleName(/^Turn machines off /);
  await button.click();
  await expect(reader.terminal.locator('.over')).toContainText('Stopped.');
  await expect(block).toHaveAttribute('data-state', 'idle');
  await button.click();
  await expect(block.locator('.state')).toHaveText('The machines are off: press Start again');
  await expect(page.getByRole('button', { name: 'Start again' })).toBeFocused();
});

test('a key that is held down leaves the Run button, unless it presses it', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  const run = reader.block('ssh demo@remote_host').locator('.run');
  await run.focus();
  await page.keyboard.down('Shift');
  await page.keyboard.down('Tab');
  await run.focus();
  // The second one without a release is a repetition.
  await page.keyboard.down('Tab');
  await page.keyboard.up('Tab');
  await page.keyboard.up('Shift');
  await expect(run).not.toBeFocused();
});

test('the drawer does not cover the block whose command runs, nor what has the focus', async ({ reader, page }) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await page.goto(lessons.firstLogin);
  const block = reader.block('ssh demo@remote_host');
  await block.locator('.run').click();
  await reader.waitFor(hostKeyQuestion);
  const drawer = await page.locator('.stage').evaluate((stage) => stage.getBoundingClientRect().top);
  expect(await block.evaluate(bottomOf)).toBeLessThanOrEqual(drawer);
  await reader.block('echo $?').locator('.copy').focus();
  expect(await reader.block('echo $?').locator('.copy').evaluate(bottomOf)).toBeLessThanOrEqual(drawer);
});

function bottomOf(element: Element): number {
  return element.getBoundingClientRect().bottom;
}
