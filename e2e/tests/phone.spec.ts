/** On a phone: the sheet, the line to type in, and the keys that its keyboard lacks. */
import { expect, hostKeyQuestion, lessons, type Reader, test } from './guide.ts';

async function send(reader: Reader, text: string): Promise<void> {
  await reader.page.locator('.compose input').fill(text);
  await reader.page.locator('.compose').getByRole('button', { name: 'Enter' }).tap();
}

test('a login by touch', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await expect(reader.terminal).toBeHidden();
  await reader.block('ssh demo@remote_host').locator('.run').tap();
  await expect(reader.terminal).toBeVisible();
  await reader.waitFor(hostKeyQuestion);
  await send(reader, 'yes');
  await reader.waitFor("demo@remote_host's password: ");
  await expect(page.locator('.compose input')).toHaveAttribute('type', 'password');
  await send(reader, 'seashell');
  await reader.waitFor('demo@remote_host:~$ ');
  await expect(page.locator('.compose input')).toHaveAttribute('type', 'text');
  await send(reader, 'hostname');
  await expect.poll(async () => (await reader.lines()).slice(-2)).toEqual(['remote_host', 'demo@remote_host:~$ ']);
});

test('Control and a letter, and the key for it', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await page.getByRole('button', { name: 'Terminal' }).tap();
  await reader.waitFor('demo@laptop:~$ ');
  await send(reader, 'sleep 1000');
  await expect.poll(async () => (await reader.lines()).at(-1)).toBe('demo@laptop:~$ sleep 1000');
  await page.getByRole('button', { name: 'Ctrl' }).tap();
  await page.locator('.compose input').pressSequentially('c');
  await reader.waitFor('demo@laptop:~$ ');
  expect((await reader.lines()).at(-2)).toBe('^C');
  await page.getByRole('button', { name: 'Taller' }).tap();
  await page.getByRole('button', { name: 'Close' }).tap();
  await expect(reader.terminal).toBeHidden();
});
