/** The worlds by name. */
import type { WorldDefinition } from '@seashell/simulator/world-definition';
import { worlds } from '@seashell/worlds';

/** Throws an Error that names the worlds there are. */
export function findWorld(name: string): WorldDefinition {
  const found = worlds.find((world) => world.name === name);
  if (found === undefined)
    throw new Error(`no world "${name}"; there are ${worlds.map((world) => world.name).join(', ')}`);
  return found;
}
