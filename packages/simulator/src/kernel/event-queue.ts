/** What is due in a world, ordered by (virtual time, sequence number): a binary heap. Times are microseconds since the world's start. */

/** `activity` can run; a `timer` only waits for time to pass, so a world with nothing else in its queue is quiet. */
export type EntryKind = 'activity' | 'timer';

export interface QueueEntry {
  readonly timeMicroseconds: number;
  readonly sequence: number;
  readonly kind: EntryKind;
  /** Undefined once it ran or was cancelled. */
  run: (() => void) | undefined;
}

/** Cancelled entries stay in the heap until they are many: half of it, beyond this number. */
const sweepThreshold = 64;

export class EventQueue {
  #heap: QueueEntry[] = [];
  #sequence = 0;
  #cancelled = 0;
  #activity = 0;

  /** Entries that can run without waiting for a timer. */
  get activityCount(): number {
    return this.#activity;
  }

  schedule(timeMicroseconds: number, kind: EntryKind, run: () => void): QueueEntry {
    const entry: QueueEntry = { timeMicroseconds, sequence: this.#sequence++, kind, run };
    if (kind === 'activity') this.#activity += 1;
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return entry;
  }

  /** Does nothing to an entry that ran or was cancelled before. */
  cancel(entry: QueueEntry): void {
    if (entry.run === undefined) return;
    entry.run = undefined;
    if (entry.kind === 'activity') this.#activity -= 1;
    this.#cancelled += 1;
    if (this.#cancelled > sweepThreshold && this.#cancelled * 2 > this.#heap.length) this.#sweep();
  }

  /** The time of the next entry; undefined when there is none. */
  get nextMicroseconds(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.timeMicroseconds;
  }

  /** Takes the next entry out; its `run` is the caller's to call. */
  take(): { readonly timeMicroseconds: number; readonly run: () => void } | undefined {
    this.#dropCancelled();
    const entry = this.#removeFirst();
    const run = entry?.run;
    if (entry === undefined || run === undefined) return undefined;
    if (entry.kind === 'activity') this.#activity -= 1;
    entry.run = undefined;
    return { timeMicroseconds: entry.timeMicroseconds, run };
  }

  #dropCancelled(): void {
    for (let first = this.#heap[0]; first !== undefined && first.run === undefined; first = this.#heap[0]) {
      this.#removeFirst();
      this.#cancelled -= 1;
    }
  }

  #removeFirst(): QueueEntry | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #sweep(): void {
    this.#heap = this.#heap.filter((entry) => entry.run !== undefined).toSorted(compareEntries);
    this.#cancelled = 0;
  }

  #rise(start: number): void {
    const heap = this.#heap;
    let index = start;
    const entry = heap[index];
    if (entry === undefined) return;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || compareEntries(parent, entry) <= 0) break;
      heap[index] = parent;
      heap[parentIndex] = entry;
      index = parentIndex;
    }
  }

  #sink(start: number): void {
    const heap = this.#heap;
    let index = start;
    const entry = heap[index];
    if (entry === undefined) return;
    for (;;) {
      const childIndex = this.#smallerChild(index);
      const child = heap[childIndex];
      if (child === undefined || compareEntries(entry, child) <= 0) break;
      heap[index] = child;
      heap[childIndex] = entry;
      index = childIndex;
    }
  }

  #smallerChild(index: number): number {
    const left = this.#heap[2 * index + 1];
    const right = this.#heap[2 * index + 2];
    const rightFirst = left !== undefined && right !== undefined && compareEntries(right, left) < 0;
    return 2 * index + (rightFirst ? 2 : 1);
  }
}

function compareEntries(a: QueueEntry, b: QueueEntry): number {
  return a.timeMicroseconds - b.timeMicroseconds || a.sequence - b.sequence;
}
