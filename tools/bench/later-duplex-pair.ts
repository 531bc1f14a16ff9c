/** Two streams that are each other's far end, as a socket pair: what is written arrives after the writer has returned, which ssh2 relies on. */
import process from 'node:process';
import { Duplex } from 'node:stream';

class End extends Duplex {
  /** Set once both ends are there. */
  far: End = this;
  #whenRead: (() => void) | undefined;

  override _read(): void {
    const whenRead = this.#whenRead;
    this.#whenRead = undefined;
    whenRead?.();
  }

  override _write(bytes: Uint8Array, _encoding: string, done: () => void): void {
    process.nextTick(() => this.far.arrive(bytes, done));
  }

  override _final(done: () => void): void {
    process.nextTick(() => {
      this.far.push(null);
      done();
    });
  }

  /** The writer's next turn comes when there is room. */
  arrive(bytes: Uint8Array, done: () => void): void {
    if (this.push(bytes)) done();
    else this.#whenRead = done;
  }
}

export function laterDuplexPair(): readonly [Duplex, Duplex] {
  const near = new End();
  const far = new End();
  near.far = far;
  far.far = near;
  return [near, far];
}
