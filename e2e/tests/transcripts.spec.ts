/** What the page says and what Run prints are the same, in every lesson, block by block; and the page says it without script. */
import { expect, lessons, Reader, test } from './guide.ts';

interface BuiltLine {
  readonly text: string;
  readonly answer: string | undefined;
  /** What the transcript does not show: typed without echo, or Enter alone. */
  readonly unseen: string | undefined;
}

async function builtLines(reader: Reader, block: number): Promise<readonly BuiltLine[]> {
  return reader.page
    .locator('.cmd[data-command]')
    .nth(block)
    .locator('.ln')
    .evaluateAll((lines) =>
      lines.map((line) => {
        const unseen = line.querySelector('.unseen');
        const note = unseen?.textContent ?? '';
        return {
          text: (line.textContent ?? '').replace(`${note}\n`, '').replace(/\n$/, ''),
          answer: line.querySelector('.answer')?.textContent ?? undefined,
          unseen: unseen?.getAttribute('data-typed') ?? undefined,
        };
      }),
    );
}

/** A reader takes time, which the clocks of the machines follow. */
const withoutClock = (line: string): string => line.replaceAll(/\b\d\d:\d\d(?::\d\d)?\b/g, 'TIME');

for (const lesson of Object.values(lessons)) {
  test(`Run prints what ${lesson} says`, async ({ reader, page }) => {
    test.slow();
    await page.goto(lesson);
    const count = await page.locator('.cmd[data-command]').count();
    expect(count).toBeGreaterThan(2);
    for (let block = 0; block < count; block += 1) {
      const built = await builtLines(reader, block);
      const element = page.locator('.cmd[data-command]').nth(block);
      await reader.showMachinesOf((await element.getAttribute('data-world')) ?? undefined);
      const start = Math.max(0, (await reader.lines()).length - 1);
      await element.locator('.run').click();
      for (const [index, line] of built.entries()) {
        if (line.answer === undefined && line.unseen === undefined) continue;
        const question = line.answer === undefined ? line.text : line.text.slice(0, -line.answer.length);
        await expect.poll(async () => (await reader.lines()).slice(start)[index]).toBe(question);
        await reader.type(line.answer ?? line.unseen ?? '');
      }
      const ended = built.at(-1)?.text.endsWith('$ ') === true;
      const expected = built.map((line) => withoutClock(line.text));
      const shown = async () => (await reader.lines()).slice(start, start + built.length).map(withoutClock);
      await expect.poll(shown).toEqual(expected);
      if (!ended) await expect.poll(async () => (await reader.lines()).slice(start).length).toBe(built.length + 1);
    }
  });
}

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false, colorScheme: 'dark' });

  test('the page holds the transcript, offers no button that does nothing, and has the reader’s theme', async ({
    page,
  }) => {
    await page.goto(lessons.firstLogin);
    await expect(page.getByText('ED25519 key fingerprint is: SHA256:')).toBeVisible();
    await expect(page.getByText('Connection to remote_host closed.')).toBeVisible();
    await expect(page.getByText('Run needs JavaScript.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Run' })).toHaveCount(0);
    // The dark theme's paper, #131619.
    expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe('rgb(19, 22, 25)');
  });
});
