/** Three wrong passwords end as OpenSSH ends. */
import { expect, hostKeyQuestion, lessons, test } from './guide.ts';

test('three wrong passwords: Permission denied, status 255', async ({ reader, page }) => {
  await page.goto(lessons.failures);
  await reader.run('ssh demo@remote_host');
  await reader.answer(hostKeyQuestion, 'yes');
  for (const [tries, password] of ['x1', 'x2', 'x3'].entries()) {
    await expect
      .poll(async () => (await reader.lines()).filter((line) => line === 'Permission denied, please try again.').length)
      .toBe(tries);
    await reader.answer("demo@remote_host's password: ", password);
  }
  await reader.waitFor('demo@laptop:~$ ');
  expect((await reader.lines()).slice(-7)).toEqual([
    "demo@remote_host's password: ",
    'Permission denied, please try again.',
    "demo@remote_host's password: ",
    'Permission denied, please try again.',
    "demo@remote_host's password: ",
    'demo@remote_host: Permission denied (publickey,password).',
    'demo@laptop:~$ ',
  ]);
  await expect(reader.block('ssh demo@remote_host').locator('.state')).toHaveText('exit 255');
  await reader.run('echo $?');
  await expect
    .poll(async () => (await reader.lines()).slice(-3))
    .toEqual(['demo@laptop:~$ echo $?', '255', 'demo@laptop:~$ ']);
});
