/** The worker in which the world of a page lives. The page talks to it over one typed surface. */
import { createWorld, type WindowSize } from '@seashell/simulator';
import { expose } from 'comlink';
import { Carriers } from './carriers.ts';
import { findWorld } from './find-world.ts';
import { type RealClock, WorldHost, type WorldInput, type WorldListener } from './world-host.ts';

const longestSleepMilliseconds = 60_000;

function realClock(): RealClock {
  let wake: (() => void) | undefined;
  return {
    now: () => performance.now(),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.min(milliseconds, longestSleepMilliseconds));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake?.(),
  };
}

/** The worker's name is the world's: it is made at once, before the page asks. */
const definition = findWorld(self.name);
const carriers = new Carriers();
const world = createWorld({ definition, seed: 1, programs: carriers.programs, goesOnAfterCrash: true });
world.observe((event) => {
  if (event.type === 'crashed') console.error('a program crashed, by a bug of ours:', event.argv, event.error);
});
let host: WorldHost | undefined;

const surface = {
  /** Opens a terminal of the world's first user, and runs until it ends. */
  async run(size: WindowSize, listener: WorldListener): Promise<void> {
    host = new WorldHost(world, size, { clock: realClock(), listener, carriers });
    await host.run();
  },
  input(input: WorldInput): void {
    host?.input(input);
  },
};

export type WorldSurface = typeof surface;

expose(surface);
