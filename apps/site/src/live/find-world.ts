/** The worlds of the guide by name. */
import type { WorldDefinition } from '@seashell/simulator/world-definition';
import { guideWorlds } from '@seashell/worlds';

/** Throws an Error that names the worlds there are. */
export function findWorld(name: string): WorldDefinition {
  const found = guideWorlds.find((world) => world.name === name);
  if (found === undefined)
    throw new Error(`no world "${name}"; there are ${guideWorlds.map((world) => world.name).join(', ')}`);
  return found;
}
