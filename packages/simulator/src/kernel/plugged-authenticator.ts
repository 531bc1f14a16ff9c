/** A host's /dev/hidraw0: the security key behind it is made when it is first opened, because it needs the code of its key types. */
import { SystemError } from '@seashell/system';
import type { VirtualAuthenticator } from './authenticator.ts';
import type { DeviceBehaviour } from './files.ts';
import type { Scheduler } from './scheduler.ts';
import { type Blocked, type Task, WaitQueue } from './task.ts';

export class PluggedAuthenticator {
  readonly #scheduler: Scheduler;
  readonly #seed: number;
  readonly #hostName: string;
  readonly #arrival = new WaitQueue();
  #device: VirtualAuthenticator | 'coming' | 'failed' | undefined;

  constructor(scheduler: Scheduler, seed: number, hostName: string) {
    this.#scheduler = scheduler;
    this.#seed = seed;
    this.#hostName = hostName;
  }

  /** The first one waits for a step of the world in any case, so that its history is the same where the code is there already. */
  open(task: Task): DeviceBehaviour | Blocked {
    if (this.#device === 'failed') {
      this.#device = undefined;
      throw new SystemError('EIO', 'open');
    }
    if (this.#device !== undefined && this.#device !== 'coming') return this.#device.open();
    if (this.#device === undefined) {
      this.#device = 'coming';
      this.#scheduler.after(0, 'activity', () => this.#scheduler.holdFor(this.#make()));
    }
    return this.#scheduler.park(task, [this.#arrival]);
  }

  async #make(): Promise<void> {
    try {
      const { VirtualAuthenticator: Device } = await import('./authenticator.ts');
      this.#device = new Device(this.#seed, this.#hostName);
    } catch {
      this.#device = 'failed';
    }
    this.#scheduler.wake(this.#arrival);
  }
}
