/** The way into a world: from its definition, seed and programs, and a log of inputs if it is to be played again. */
import { buildHost, openSshOf } from '../world-definition/build-host.ts';
import { Results } from '../world-definition/results.ts';
import type { World, WorldOptions } from './world.ts';
import { WorldEngine } from './world-engine.ts';

/**
 * Builds the hosts of `definition` and starts their services, which begin to run with the first `run`. The definition must have
 * passed `checkWorldDefinition`. Takes a while where hashes of passwords have to be made that the definition does not bring as `results`.
 */
export function createWorld(options: WorldOptions): World {
  const { definition, seed } = options;
  const results = new Results(definition.results);
  return new WorldEngine(options, {
    openSshOf,
    build: (host, now) => buildHost({ definition, host, seed, now, results }),
  });
}
