/** The way into a world: from its definition, seed and programs, and a log of inputs if it is to be played again. */
import { buildHostFiles, openSshOf } from '../world-definition/build-host.ts';
import { Results } from '../world-definition/results.ts';
import type { World, WorldOptions } from './world.ts';
import { WorldEngine } from './world-engine.ts';

/**
 * Builds the hosts of `definition` and starts their services, which begin to run with the first `run`. The definition must have
 * passed `checkWorldDefinition`. Takes a while where keys have to be made that the definition does not bring as `results`.
 */
export function createWorld(options: WorldOptions): World {
  const { definition, seed } = options;
  const results = new Results(definition.results);
  return new WorldEngine(options, {
    openSshOf,
    buildFiles: (host, now) => buildHostFiles({ definition, host, seed, now, results }),
  });
}
