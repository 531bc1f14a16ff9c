/** Run, `yes`, password, a command on the other side, and home again. */
import { expect, hostKeyQuestion, lessons, test } from './guide.ts';

test('a reader logs in, looks, leaves, and asks how it went', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.logIn();
  await expect(page.locator('.map [role=img]')).toHaveAccessibleName(/sealed.*You type on remote_host/);
  await expect(reader.block('ssh demo@remote_host').locator('.state')).toHaveText('You are on remote_host');
  await reader.run('hostname');
  await reader.waitFor('demo@remote_host:~$ ');
  expect((await reader.lines()).slice(-3)).toEqual([
    'demo@remote_host:~$ hostname',
    'remote_host',
    'demo@remote_host:~$ ',
  ]);
  await reader.run('exit');
  await reader.waitFor('demo@laptop:~$ ');
  await expect(reader.block('ssh demo@remote_host').locator('.state')).toHaveText('exit 0');
  await expect(reader.block('exit').locator('.state')).toHaveText('exit 0');
  expect((await reader.lines()).slice(-3)).toEqual(['logout', 'Connection to remote_host closed.', 'demo@laptop:~$ ']);
  await reader.run('echo $?');
  await expect
    .poll(async () => (await reader.lines()).slice(-3))
    .toEqual(['demo@laptop:~$ echo $?', '0', 'demo@laptop:~$ ']);
  await expect(reader.block('echo $?').locator('.state')).toHaveText('exit 0');
  await expect(page.locator('.map [role=img]')).toHaveAccessibleName(/No connection/);
});

test('answering no ends it, and no password was asked', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.run('ssh demo@remote_host');
  await reader.answer(hostKeyQuestion, 'no');
  await reader.waitFor('demo@laptop:~$ ');
  expect((await reader.lines()).slice(-2)).toEqual(['Host key verification failed.', 'demo@laptop:~$ ']);
  await expect(reader.block('ssh demo@remote_host').locator('.state')).toHaveText('exit 255');
});

test('a reload gives a fresh world', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.logIn();
  await page.reload();
  await expect(reader.log).toHaveCount(0);
  await reader.run('ssh demo@remote_host');
  await reader.waitFor(hostKeyQuestion);
});

test('Run on a block of another host says what to do first', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.logIn();
  await expect(reader.block('echo $?').locator('.run')).toBeDisabled();
  await expect(reader.block('echo $?').locator('.state')).toHaveText('This is for laptop: leave remote_host with exit');
});

test('Run while ssh asks does not type into the answer', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.run('ssh demo@remote_host');
  await reader.waitFor(hostKeyQuestion);
  await reader.run('echo $?');
  await expect(reader.block('echo $?').locator('.state')).toHaveText(/answer it first/);
  await reader.waitFor(hostKeyQuestion);
});

test('Stop interrupts what runs', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.terminal.locator('.screen').click();
  await reader.waitFor('demo@laptop:~$ ');
  await reader.type('sleep 1000');
  await expect.poll(async () => (await reader.lines()).at(-1)).toBe('demo@laptop:~$ sleep 1000');
  await reader.terminal.getByRole('button', { name: 'Stop' }).click();
  await reader.waitFor('demo@laptop:~$ ');
  expect((await reader.lines()).at(-2)).toBe('^C');
});
