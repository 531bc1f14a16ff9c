/**
 * Hosts whose boot waits until somebody reaches them. Hosts share nothing but the network, so a boot that calls nobody can be made up for
 * later, at its own time, and nobody can tell: but the code that it needs comes only then.
 */
import { missingCodeWords } from '@seashell/system';
import type { Host } from '../kernel/host.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import type { BuiltHost } from '../world-definition/build-host.ts';
import type { ServiceDefinition } from '../world-definition/definition.ts';
import { startService } from './host-setup.ts';

export interface Sleeper extends Pick<BuiltHost, 'addKeys'> {
  readonly host: Host;
  readonly services: readonly ServiceDefinition[];
}

const bootMicroseconds = 0;

export class Sleepers {
  readonly #scheduler: Scheduler;
  readonly #asleep = new Map<string, Sleeper>();
  /** Hosts that are about to get their keys. */
  readonly #withoutKeys = new Set<string>();

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  add(sleeper: Sleeper): void {
    this.#asleep.set(sleeper.host.name, sleeper);
  }

  /** Boots the hosts with a service that may do more than answer. */
  wakeRestless(): void {
    for (const [name, { services }] of this.#asleep) {
      if (services.some(({ onlyAnswers }) => onlyAnswers !== true)) this.wake(name);
    }
  }

  /** The boot of the host, if it has not been yet, comes before anything else that happens. */
  wake(name: string): void {
    const sleeper = this.#asleep.get(name);
    if (sleeper === undefined) return;
    this.#asleep.delete(name);
    this.#scheduler.beginInPast(bootMicroseconds, () => this.#boot(sleeper));
  }

  /** Whether the files of the host are all there; wakes it. */
  isAwake(name: string): boolean {
    this.wake(name);
    return !this.#withoutKeys.has(name);
  }

  /** The keys are there before the services are started; all have their process numbers at once. */
  #boot({ host, services, addKeys }: Sleeper): void {
    if (addKeys !== undefined) {
      this.#withoutKeys.add(host.name);
      this.#scheduler.after(0, 'activity', () => this.#scheduler.holdFor(this.#addKeys(host, addKeys)));
    }
    for (const service of services) startService(host, service);
  }

  /** Where their code does not come, as without a network, the host goes on without keys, and says why. */
  async #addKeys(host: Host, addKeys: () => Promise<void>): Promise<void> {
    try {
      await addKeys();
    } catch (error) {
      const message = missingCodeWords('the keys of this host', error);
      host.logAsInit({ facility: 'daemon', severity: 'error', identity: 'systemd', message });
    }
    this.#withoutKeys.delete(host.name);
  }
}
