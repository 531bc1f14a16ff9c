/** One of the two outputs of a session: the channel's data and, between it, ssh's own words, in order. */
import { isSystemError, type System } from '@seashell/system';
import { ByteQueue } from '../connection/byte-queue.ts';

/** What waits to be written to a descriptor. */
export class SessionOutput {
  readonly descriptor: number;
  readonly #streams: System['streams'];
  readonly #queue = new ByteQueue();
  /** How much of the queue is the channel's data, to be consumed when written; the rest is ssh's own text. */
  #channelBytes = 0;
  #isBroken = false;

  constructor(streams: System['streams'], descriptor: number) {
    this.#streams = streams;
    this.descriptor = descriptor;
  }

  get isEmpty(): boolean {
    return this.#queue.sizeBytes === 0;
  }

  /** Nobody reads it any more. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Data of the channel; false where nobody reads it, so that it counts as consumed at once. */
  take(bytes: Uint8Array): boolean {
    if (this.#isBroken) return false;
    this.#queue.append(bytes);
    this.#channelBytes += bytes.length;
    return true;
  }

  /** Words of ssh's own. */
  say(bytes: Uint8Array): void {
    this.#queue.append(bytes);
  }

  /** Writes what can be written; how many bytes of the channel's data are done with. The rest is thrown away when nobody reads. */
  async write(): Promise<number> {
    try {
      const written = await this.#streams.write(this.descriptor, this.#queue.peek());
      this.#queue.drop(written);
      return this.#done(written);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return error.code === 'EINTR' || error.code === 'EAGAIN' ? 0 : this.#break();
    }
  }

  #break(): number {
    this.#isBroken = true;
    this.#queue.clear();
    return this.#done(this.#channelBytes);
  }

  #done(bytes: number): number {
    const ofChannel = Math.min(bytes, this.#channelBytes);
    this.#channelBytes -= ofChannel;
    return ofChannel;
  }
}
