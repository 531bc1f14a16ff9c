/** ServerAliveInterval and ServerAliveCountMax: a question after each silence, and an end when too many stay open (clientloop.c). */

export interface KeepaliveOptions {
  /** 0 or less: never. */
  readonly intervalMilliseconds: number;
  readonly countMaximum: number;
}

/** Counts the silence of the peer on the caller's clock. */
export class Keepalive {
  readonly #options: KeepaliveOptions;
  #deadline: number | undefined;
  #unanswered = 0;

  constructor(options: KeepaliveOptions) {
    this.#options = options;
  }

  /** When `check` wants to be called, on the monotonic clock; undefined for never. */
  get deadline(): number | undefined {
    return this.#deadline;
  }

  /** The peer was heard, or the session starts. */
  heard(now: number): void {
    this.#unanswered = 0;
    const { intervalMilliseconds } = this.#options;
    this.#deadline = intervalMilliseconds > 0 ? now + intervalMilliseconds : undefined;
  }

  /** What is due at `now`: nothing, a question to the peer, or the end. */
  check(now: number): 'nothing' | 'ask' | 'give-up' {
    if (this.#deadline === undefined || now < this.#deadline) return 'nothing';
    this.#unanswered += 1;
    if (this.#unanswered > this.#options.countMaximum) return 'give-up';
    this.#deadline = now + this.#options.intervalMilliseconds;
    return 'ask';
  }
}
