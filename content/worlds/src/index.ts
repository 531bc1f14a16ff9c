/** The worlds: one line each. The first is the default. */
import type { WorldDefinition } from '@seashell/simulator/world-definition';
import { essentials } from './essentials/index.ts';
import { essentials2014 } from './essentials-2014/index.ts';
import { lab } from './lab/index.ts';

export { essentials, lab };

/** The worlds of the guide's pages, which a page's bundle holds. */
export const guideWorlds: readonly WorldDefinition[] = [essentials, essentials2014];

/** All worlds by the order in which a list shows them; the first is the one that opens when none is asked for. */
export const worlds: readonly WorldDefinition[] = [...guideWorlds, lab];
