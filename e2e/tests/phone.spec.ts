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

test('what to type is in sight above the sheet, and the terminal has its caret', async ({ reader, page }) => {
  for (const [width, height] of [
    [390, 844],
    [360, 740],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(lessons.firstLogin);
    const block = reader.block('ssh demo@remote_host');
    await block.locator('.run').tap();
    await reader.waitFor(hostKeyQuestion);
    await expect(reader.terminal.locator('.xterm-cursor')).toBeVisible();
    await send(reader, 'yes');
    await reader.waitFor("demo@remote_host's password: ");
    const hint = await block.locator('.unseen').evaluate((element) => element.getBoundingClientRect().bottom);
    const sheet = await page.locator('.stage').evaluate((element) => element.getBoundingClientRect().top);
    expect(hint, `${width}`).toBeLessThanOrEqual(sheet);
  }
});

test('a block is stopped by touch, and the keyboard stays away', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  const block = reader.block('ssh demo@remote_host');
  await block.locator('.run').tap();
  await reader.waitFor(hostKeyQuestion);
  await page.getByRole('button', { name: 'Close' }).tap();
  await block.getByRole('button', { name: 'Stop' }).tap();
  await expect(block.locator('.state')).toHaveText('exit 130');
  await expect(reader.terminal).toBeHidden();
  await expect(page.locator('.compose input')).not.toBeFocused();
});

test('a key with a passphrase by touch, now and in 2014', async ({ reader, page }) => {
  const generate = 'ssh-keygen';
  const show = 'ssh-keygen -y -f ~/.ssh/id_ed25519';
  const typed = page.locator('.compose input');
  await page.goto(lessons.passphrase);
  await reader.block(generate).locator('.run').tap();
  await reader.waitFor('Enter file in which to save the key (/home/demo/.ssh/id_ed25519): ');
  await send(reader, '');
  await reader.waitFor('Enter passphrase for "/home/demo/.ssh/id_ed25519" (empty for no passphrase): ');
  await expect(typed).toHaveAttribute('type', 'password');
  await send(reader, 'rain-on-tin');
  await reader.waitFor('Enter same passphrase again: ');
  await send(reader, 'rain-on-tin');
  await reader.waitFor('demo@laptop:~$ ');
  await expect(typed).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Close' }).tap();
  await reader.block(show).locator('.run').tap();
  await reader.waitFor('Enter passphrase for "/home/demo/.ssh/id_ed25519": ');
  await send(reader, 'rain-on-tim');
  await reader.waitFor('demo@laptop:~$ ');
  const [said] = (await reader.lines()).slice(-2);
  expect(said).toBe('Load key "/home/demo/.ssh/id_ed25519": incorrect passphrase supplied to decrypt private key');
  await page.getByRole('button', { name: 'Close' }).tap();
  await reader.block(generate, 1).locator('.run').tap();
  await reader.waitFor('Enter file in which to save the key (/home/demo/.ssh/id_rsa): ');
  await page.locator('.times:visible').getByRole('button', { name: 'now' }).tap();
  await expect.poll(async () => (await reader.lines()).at(-2)).toBe(said);
});
