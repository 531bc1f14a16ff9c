/** The command blocks of a page by the world they run in: the one of the page's first stage, unless a block names another. */

const allBlocks = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.cmd[data-command]')];

/** The world of the page: that of the stage it was built with. */
export const pageWorld = (): string => document.querySelector<HTMLElement>('.stage')?.dataset['world'] ?? '';

export const worldOf = (block: HTMLElement): string => block.dataset['world'] ?? pageWorld();

export const blocksOf = (world: string): readonly HTMLElement[] =>
  allBlocks().filter((block) => worldOf(block) === world);

/** All worlds of the page, its own first. */
export const worldsOfPage = (): readonly string[] => [...new Set([pageWorld(), ...allBlocks().map(worldOf)])];
