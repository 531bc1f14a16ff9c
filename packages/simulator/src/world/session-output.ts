/** What a session printed: to its listeners at once, or kept for the first one. Who listens changes no history of the world. */
import { ByteQueue } from '../kernel/byte-queue.ts';
import { maximumUnheardBytes } from '../kernel/limits.ts';

export class SessionOutput<Stream> {
  readonly #listeners = new Set<(stream: Stream, bytes: Uint8Array) => void>();
  #unheard: { readonly stream: Stream; readonly queue: ByteQueue }[] = [];
  #unheardBytes = 0;

  emit(stream: Stream, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#listeners.size === 0) return this.#keep(stream, bytes);
    for (const listener of this.#listeners) listener(stream, bytes);
  }

  /** The first listener gets what came before it. */
  listen(listener: (stream: Stream, bytes: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    const unheard = this.#unheard;
    this.#unheard = [];
    this.#unheardBytes = 0;
    for (const { stream, queue } of unheard) listener(stream, queue.take(queue.length));
    return () => this.#listeners.delete(listener);
  }

  /** The oldest bytes go when there are too many. */
  #keep(stream: Stream, bytes: Uint8Array): void {
    let last = this.#unheard.at(-1);
    if (last?.stream !== stream) {
      last = { stream, queue: new ByteQueue() };
      this.#unheard.push(last);
    }
    last.queue.push(bytes.slice());
    this.#unheardBytes += bytes.length;
    while (this.#unheardBytes > maximumUnheardBytes) this.#dropOldest();
  }

  #dropOldest(): void {
    const first = this.#unheard[0];
    if (first === undefined) return;
    this.#unheardBytes -= first.queue.take(this.#unheardBytes - maximumUnheardBytes).length;
    if (first.queue.length === 0) this.#unheard.shift();
  }
}
