/** Drives a world along the clock of this machine. */
import type { Watchdog, World } from '@seashell/simulator';

/** Between two looks at this machine's own events: so many steps, or so much time, since one step can be long work. */
const stepsPerSlice = 20_000;
const sliceMilliseconds = 40;
const watchdogTickMilliseconds = 500;

export const watchdog: Watchdog = (tick) => {
  const timer = setInterval(tick, watchdogTickMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
};

/** Sleeps until `wake` is called or the time has passed. */
class Alarm {
  #resolve: (() => void) | undefined;

  readonly wake = (): void => this.#resolve?.();

  async sleep(milliseconds: number | undefined): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(milliseconds ?? 2 ** 30, 2 ** 30));
      this.#resolve = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#resolve = undefined;
  }
}

export interface RealTimeDriver {
  /** To be called after each input. */
  readonly wake: () => void;
  /** Runs until `ended` holds. */
  run(ended: () => boolean): Promise<void>;
}

/** Virtual time follows real time: a timer of the world is due when as much time has passed here. */
export function createRealTimeDriver(world: World): RealTimeDriver {
  const alarm = new Alarm();
  const offsetMilliseconds = world.nowMilliseconds - performance.now();
  const now = (): number => offsetMilliseconds + performance.now();
  let inputs = 0;
  const wake = (): void => {
    inputs += 1;
    alarm.wake();
  };
  const run = async (ended: () => boolean): Promise<void> => {
    while (!ended()) {
      const before = inputs;
      const untilMilliseconds = Math.max(now(), world.nowMilliseconds);
      const sliceEnd = performance.now() + sliceMilliseconds;
      const isOver = (): boolean => performance.now() >= sliceEnd;
      const until = (): boolean => ended() || isOver();
      const result = await world.run({ untilMilliseconds, maximumSteps: stepsPerSlice, until });
      if (result === 'steps' || before !== inputs || isOver()) await new Promise((resolve) => setImmediate(resolve));
      else if (result !== 'until') await sleepUntilDue();
    }
  };
  const sleepUntilDue = async (): Promise<void> => {
    const due = world.nextMilliseconds;
    await alarm.sleep(due === undefined ? undefined : Math.max(0, due - now()));
  };
  return { wake, run };
}
