/** The line in the margin: solid for what this laptop prints, double for what came from the server through ssh; on the page and live. */
import { expect, hostKeyQuestion, lessons, type Reader, test } from './guide.ts';

/** Each row of the screen with the line beside it: `client`, `server` or none. */
async function margins(reader: Reader): Promise<readonly string[]> {
  return reader.terminal.locator('.xterm').evaluate((terminal) => {
    const rails = [...terminal.querySelectorAll<HTMLElement>('.rail')].map((rail) => ({
      top: Math.round(rail.getBoundingClientRect().top),
      side: rail.classList.contains('server') ? 'server' : 'client',
    }));
    return [...terminal.querySelectorAll<HTMLElement>('.xterm-rows > div')]
      .map((row) => {
        const { top, height } = row.getBoundingClientRect();
        const beside = rails.filter((rail) => Math.abs(rail.top - top) < height / 2).map(({ side }) => side);
        return `${[...new Set(beside)].join('+') || 'none'}: ${(row.textContent ?? '').trimEnd()}`;
      })
      .filter((row) => !row.endsWith(': '));
  });
}

test('ssh-copy-id prints here, and a command over there prints there', async ({ reader, page }) => {
  await page.goto(lessons.copyId);
  await reader.runToEnd("ssh-keygen -q -N '' -f ~/.ssh/id_ed25519");
  await reader.run('ssh-copy-id username@remote_host');
  await reader.answer(hostKeyQuestion, 'yes');
  await reader.answer("username@remote_host's password: ", 'seashell');
  await reader.waitFor('demo@laptop:~$ ');
  await expect.poll(async () => (await margins(reader)).join('\n')).toContain('client: Number of key(s) added: 1\n');
  await reader.run('ssh username@remote_host ls -la .ssh');
  const listed = async (): Promise<readonly string[]> => (await margins(reader)).slice(-6);
  await expect
    .poll(listed)
    .toEqual([
      'none: demo@laptop:~$ ssh username@remote_host ls -la .ssh',
      'server: total 12',
      expect.stringMatching(/^server: drwx------ /),
      expect.stringMatching(/^server: drwxr-x--- /),
      expect.stringMatching(/^server: -rw------- .* authorized_keys$/),
      'none: demo@laptop:~$',
    ]);
});

test('a login changes the line at the first word of the server, and back at ssh’s farewell', async ({
  reader,
  page,
}) => {
  await page.goto(lessons.firstLogin);
  await reader.logIn();
  await reader.run('exit');
  await reader.waitFor('demo@laptop:~$ ');
  await expect
    .poll(async () => (await margins(reader)).slice(-6))
    .toEqual([
      "client: demo@remote_host's password:",
      'server: Welcome to remote_host',
      'server: demo@remote_host:~$ exit',
      'server: logout',
      'client: Connection to remote_host closed.',
      'none: demo@laptop:~$',
    ]);
});

test('the transcripts say the same', async ({ page }) => {
  await page.goto(lessons.copyId);
  const side = (text: string) => page.locator('.ln', { hasText: text }).first();
  await expect(side('Number of key(s) added: 1')).toHaveClass(/client-out/);
  await expect(side('All keys were skipped')).toHaveClass(/client-out/);
  await expect(side('authorized_keys').and(page.locator('.out'))).toHaveClass(/server-out/);
});
