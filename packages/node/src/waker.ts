/** The one place where a process waits: whatever changes calls `notify`; a waiting operation then looks again. */

const keepAliveMilliseconds = 2 ** 30;

export class Waker {
  #wake: (() => void) | undefined;

  notify(): void {
    this.#wake?.();
  }

  /** Resolves at the next `notify`, or after `milliseconds`. The timer also keeps Node's event loop alive meanwhile. */
  async sleep(milliseconds = keepAliveMilliseconds): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.max(0, milliseconds), keepAliveMilliseconds));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
