/** Making a connection: SYNs over the network until there is an answer, or none came in 127 seconds (tcp_syn_retries of Linux). */
import type { ErrnoName, SocketAddress } from '@seashell/system';
import { hostUnreachableMicroseconds } from '../kernel/costs.ts';
import type { QueueEntry } from '../kernel/event-queue.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { WaitQueue } from '../kernel/task.ts';
import { TcpEnd, type Way } from './connection.ts';
import type { ListenerDescription } from './sockets.ts';

const firstRetryMicroseconds = 1_000_000;
const maximumRetries = 6;

/** Who connects. */
export interface Origin {
  /** Undefined from outside of the world. */
  readonly host: string | undefined;
  readonly pid: number | undefined;
  readonly address: SocketAddress;
}

export interface Target {
  readonly host: string;
  readonly address: SocketAddress;
}

/** What it asks of the network. */
export interface ConnectingNetwork {
  readonly scheduler: Scheduler;
  /** How packets go from `origin` to an address. */
  wayTo(origin: Origin, to: SocketAddress): FoundWay | 'silent' | 'absent' | 'none';
  /** What `target` does with a SYN. */
  admit(origin: Origin, target: Target): 'drop' | 'refuse' | ListenerDescription;
  isListening(host: string, listener: ListenerDescription): boolean;
  opened(made: MadeConnection): void;
  connectionFailed(origin: Origin, to: SocketAddress, error: ErrnoName): void;
}

export interface FoundWay {
  readonly way: Way;
  readonly target: Target;
}

export interface MadeConnection {
  readonly near: TcpEnd;
  readonly far: TcpEnd;
  readonly origin: Origin;
  readonly target: Target;
}

export class Connecting {
  readonly queue = new WaitQueue();
  end: TcpEnd | undefined;
  error: ErrnoName | undefined;
  #cancelled = false;
  #retries = 0;
  #timer: QueueEntry | undefined;
  readonly #network: ConnectingNetwork;
  readonly #origin: Origin;
  readonly #to: SocketAddress;
  readonly #onSettled: (() => void) | undefined;

  constructor(
    network: ConnectingNetwork,
    origin: Origin,
    options: { readonly to: SocketAddress; readonly onSettled?: () => void },
  ) {
    this.#network = network;
    this.#origin = origin;
    this.#to = options.to;
    this.#onSettled = options.onSettled;
  }

  /** Nobody waits for it any more. */
  cancel(): void {
    if (this.end !== undefined || this.error !== undefined) return;
    this.#cancelled = true;
    if (this.#timer !== undefined) this.#network.scheduler.queue.cancel(this.#timer);
  }

  /** Answers as soon as `host` looks at its routes: ENETUNREACH, or the packets are on their way. */
  start(): void {
    this.#send();
  }

  #send(): void {
    const found = this.#network.wayTo(this.#origin, this.#to);
    if (found === 'none') return this.#fail('ENETUNREACH');
    if (found === 'absent') return this.#later(hostUnreachableMicroseconds, () => this.#fail('EHOSTUNREACH'));
    if (found === 'silent') return this.#retryLater();
    const { way, target } = found;
    way.scheduler.after(way.latencyMicroseconds, 'activity', () => this.#arrive(way, target));
  }

  #arrive(way: Way, target: Target): void {
    if (this.#cancelled) return;
    if (!way.isUp()) return this.#retryLater();
    const answer = this.#network.admit(this.#origin, target);
    if (answer === 'drop') return this.#retryLater();
    if (answer === 'refuse') {
      way.scheduler.after(way.latencyMicroseconds, 'activity', () => this.#fail('ECONNREFUSED'));
      return;
    }
    answer.begin();
    way.scheduler.after(way.latencyMicroseconds, 'activity', () => this.#establish({ way, target, listener: answer }));
  }

  #establish(made: { readonly way: Way; readonly target: Target; readonly listener: ListenerDescription }): void {
    const { way, target, listener } = made;
    const near = new TcpEnd(this.#origin.address, this.#to);
    const far = new TcpEnd(target.address, this.#origin.address);
    near.join(way, far);
    far.join(way, near);
    this.#network.opened({ near, far, origin: this.#origin, target });
    way.scheduler.after(way.latencyMicroseconds, 'activity', () => {
      listener.finish(far, this.#network.isListening(target.host, listener));
    });
    if (this.#cancelled) near.close();
    this.end = near;
    this.#settled();
  }

  #retryLater(): void {
    const delay = firstRetryMicroseconds * 2 ** this.#retries;
    this.#retries += 1;
    this.#later(delay, () => (this.#retries > maximumRetries ? this.#fail('ETIMEDOUT') : this.#send()));
  }

  #later(delayMicroseconds: number, run: () => void): void {
    this.#timer = this.#network.scheduler.after(delayMicroseconds, 'timer', run);
  }

  #fail(error: ErrnoName): void {
    if (this.#cancelled) return;
    this.error = error;
    this.#network.connectionFailed(this.#origin, this.#to, error);
    this.#settled();
  }

  #settled(): void {
    this.#network.scheduler.wake(this.queue);
    this.#onSettled?.();
  }
}
