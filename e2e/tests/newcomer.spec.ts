/** What a person who is new to all this has to type stands in the page: in words before it is asked for, and beside each question. */
import { expect, lessons, test } from './guide.ts';

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  for (const path of Object.values(lessons)) {
    test(`${path} says what to type where nothing is shown`, async ({ page }) => {
      await page.goto(path);
      for (const chip of await page.locator('.unseen').all()) {
        const typed = (await chip.getAttribute('data-typed')) ?? '';
        await expect(chip).toBeVisible();
        await expect(chip).toHaveText(typed === '' ? 'Enter' : `typed, not shown: ${typed}`);
      }
    });

    test(`${path} gives the password of an account in its text before the first block that asks for one`, async ({
      page,
    }) => {
      await page.goto(path);
      const texts = await page
        .locator('main')
        .evaluate((main) => [...main.children].map((element) => [element.textContent ?? '', element.className]));
      const asking = texts.findIndex(([text = '', kind]) => kind === 'cmd' && text.includes("'s password: "));
      const before = texts.slice(0, Math.max(0, asking)).map(([text]) => text);
      if (asking >= 0 && path !== lessons.failures) expect(before.join(' ')).toContain('seashell');
    });
  }
});

for (const width of [1440, 768, 390, 320]) {
  test(`no answer lies outside of its block at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const path of Object.values(lessons)) {
      await page.goto(path);
      const outside = await page.locator('.cmd pre').evaluateAll((blocks) =>
        blocks.flatMap((block) => {
          const edge = block.getBoundingClientRect().right;
          const answers = [...block.querySelectorAll('.unseen, .answer')];
          return answers
            .filter((answer) => [...answer.getClientRects()].some(({ right }) => right > edge))
            .map((answer) => answer.parentElement?.textContent ?? '');
        }),
      );
      expect(outside, path).toEqual([]);
    }
  });
}

test('the parts of a command and their meanings do not lie upon each other', async ({ page }) => {
  for (const width of [1440, 820, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    for (const path of [lessons.byHand, lessons.moreBits, lessons.copyId, lessons.firstLogin, lessons.names]) {
      await page.goto(path);
      const crossed = await page.locator('.anat li').evaluateAll((items) =>
        items
          .filter((item) => {
            const [name, meaning] = [...item.children].map((part) => {
              const range = document.createRange();
              range.selectNodeContents(part);
              return range.getBoundingClientRect();
            });
            if (name === undefined || meaning === undefined) return true;
            return name.right > meaning.left && name.bottom > meaning.top + 1;
          })
          .map((item) => item.textContent),
      );
      expect(crossed, `${path} at ${width}`).toEqual([]);
    }
  }
});

test('a button that cannot be pressed can be read, also under the pointer', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  const run = reader.block('hostname').locator('.run');
  await reader.terminal.locator('.screen').click();
  await reader.waitFor('demo@laptop:~$ ');
  await expect(run).toBeDisabled();
  const look = (): Promise<string> =>
    run.evaluate((button) => {
      const { color, backgroundColor, borderStyle } = getComputedStyle(button);
      return `${color} on ${backgroundColor}, ${borderStyle}`;
    });
  const resting = await look();
  await run.hover({ force: true });
  expect(await look()).toBe(resting);
  expect(resting).toContain('rgba(0, 0, 0, 0), dashed');
});
