/** What axe says of a page as it stands, in the light theme and in the dark one. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The themes by the paper that they draw on, `--paper` of the site's tokens: each is seen to be there before axe looks. */
const themes = [
  ['light', 'rgb(248, 248, 245)'],
  ['dark', 'rgb(19, 22, 25)'],
] as const;

/** One visit shows both: every colour of the site follows the system's theme at once, and a live terminal repaints. */
export async function expectNoViolation(page: Page, state = 'as it stands'): Promise<void> {
  for (const [colorScheme, paper] of themes) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveCSS('background-color', paper);
    // The legacy mode leaves out frames of other origins, which the policy of the pages forbids, and so needs no second page for each look.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    const { violations } = await axe.analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
      `${state}, ${colorScheme}`,
    ).toEqual([]);
  }
}
