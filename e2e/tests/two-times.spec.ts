/** Machines of two times on one page: each Run brings its own into sight, and both live on. */
import { expect, lessons, test } from './guide.ts';

test('a command of 2014 runs on the machines of 2014, and the way back is a button', async ({ reader, page }) => {
  await page.goto(lessons.makePair);
  await reader.run('ssh-keygen');
  await reader.waitFor('Enter file in which to save the key (/home/demo/.ssh/id_ed25519): ');
  await reader.type('');
  await reader.waitFor('Enter passphrase for "/home/demo/.ssh/id_ed25519" (empty for no passphrase): ');
  await reader.run('ssh-keygen', 1);
  await reader.waitFor('Enter file in which to save the key (/home/demo/.ssh/id_rsa): ');
  await expect(page.locator('.stage:visible')).toHaveCount(1);
  const times = page.locator('.times:visible');
  await expect(times.getByRole('button', { name: '2014' })).toHaveAttribute('aria-pressed', 'true');
  await times.getByRole('button', { name: 'now' }).click();
  await reader.waitFor('Enter passphrase for "/home/demo/.ssh/id_ed25519" (empty for no passphrase): ');
  await expect(page.locator('.times:visible').getByRole('button', { name: 'now' })).toBeFocused();
});

test('a page of one time has no buttons for it', async ({ page }) => {
  await page.goto(lessons.names);
  await expect(page.locator('.run').first()).toBeEnabled();
  await expect(page.locator('.times')).toHaveCount(0);
});

test('a key gets in only while its file is safe', async ({ reader, page }) => {
  await page.goto(lessons.copyId);
  await reader.runToEnd("ssh-keygen -q -N '' -f ~/.ssh/id_ed25519");
  await reader.run('ssh-copy-id username@remote_host');
  await reader.answer('Are you sure you want to continue connecting (yes/no/[fingerprint])? ', 'yes');
  await reader.answer("username@remote_host's password: ", 'seashell');
  await reader.waitFor('demo@laptop:~$ ');
  await reader.type('ssh username@remote_host chmod 666 .ssh/authorized_keys');
  await reader.waitFor('demo@laptop:~$ ');
  await reader.type('ssh username@remote_host');
  await reader.waitFor("username@remote_host's password: ");
});
