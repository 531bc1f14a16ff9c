/**
 * Replies in the order of the requests, as RFC 4254 demands: some are known at once, some are the owner's to give. A reply that is
 * known waits until those before it are.
 */

export class ReplyQueue<Reply> {
  readonly #replies: { reply: Reply | undefined }[] = [];

  /** Requests without a reply yet, those included that wait for others. */
  get size(): number {
    return this.#replies.length;
  }

  /** The owner is asked. */
  ask(): void {
    this.#replies.push({ reply: undefined });
  }

  /** A reply that needs no asking. */
  add(reply: Reply): void {
    this.#replies.push({ reply });
  }

  /** The owner's reply to the oldest request that it was asked. */
  answer(reply: Reply): void {
    const oldest = this.#replies.find((each) => each.reply === undefined);
    if (oldest === undefined) throw new Error('assertion failed: an answer to no request');
    oldest.reply = reply;
  }

  /** The replies that can go out now. */
  takeReady(): readonly Reply[] {
    const ready: Reply[] = [];
    for (;;) {
      const reply = this.#replies[0]?.reply;
      if (reply === undefined) return ready;
      ready.push(reply);
      this.#replies.shift();
    }
  }
}
