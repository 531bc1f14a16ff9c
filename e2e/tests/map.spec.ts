/** The map of the stage beside what is typed. */
import { expect, hostKeyQuestion, lessons, test } from './guide.ts';

test('the map stays where the reader is while a command runs there', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.logIn();
  await reader.type('sleep 1000');
  await reader.waitFor('demo@remote_host:~$ sleep 1000');
  await expect(page.locator('.map [role=img]')).toHaveAccessibleName(/You type on remote_host/);
  await expect(page.locator('.map').getByRole('row')).toHaveText([
    /^Machine/,
    /^laptop192\.\S+sshnoneno$/,
    /^remote_host111\.111\.11\.111bash22yes$/,
  ]);
});

test('words of the map keep their size in windows of every width, and a name its line', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.logIn();
  for (const width of [1440, 1280, 1200, 820, 390, 360]) {
    await page.setViewportSize({ width, height: 844 });
    const texts = await page.locator('.map').evaluate(textsIn);
    expect(texts.map(({ text }) => text)).toContain('■\u00a0remote_host');
    for (const { text, size, lines } of texts) {
      expect(size, `${text} at ${width}`).toBeGreaterThanOrEqual(12);
      // As high as its size says: neither scaled down nor broken.
      expect(lines, `${text} at ${width}`).toBeGreaterThan(1);
      expect(lines, `${text} at ${width}`).toBeLessThan(1.6);
    }
  }
});

test('the line of a program ends at the edge of its box, where the way begins', async ({ reader, page }) => {
  await page.goto(lessons.firstLogin);
  await reader.run('ssh demo@remote_host');
  await reader.waitFor(hostKeyQuestion);
  for (const width of [1440, 1200]) {
    await page.setViewportSize({ width, height: 900 });
    const right = async (part: string): Promise<number | undefined> =>
      page
        .locator(`.map ${part}`)
        .first()
        .evaluate((element) => element.getBoundingClientRect().right);
    const left = await page.locator('.map .between .line').evaluate((line) => line.getBoundingClientRect().left);
    expect(await right('.host'), `${width}`).toBeCloseTo(left, 0);
    expect(await right('.ends .line'), `${width}`).toBeCloseTo(left, 0);
  }
});

/** The texts in sight below an element: the size of their letters in CSS pixels, and how many times that they are high. */
function textsIn(root: Element): { text: string; size: number; lines: number }[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode() !== null) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const { height } = range.getBoundingClientRect();
    const size = Number.parseFloat(getComputedStyle(range.startContainer.parentElement ?? root).fontSize);
    if (height > 0) texts.push({ text: range.toString(), size, lines: height / size });
  }
  return texts;
}
