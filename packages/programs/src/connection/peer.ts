/**
 * A protocol connection on a socket: what the socket gives goes in, what the connection makes goes out, and events wait to be taken.
 * It never reads while the connection does not want input or its own output is not drained, so memory stays bounded.
 */
import type { Connection } from '@seashell/protocol';
import { isSystemError, type PollResult, type SystemError, type System, type Wait } from '@seashell/system';
import { ByteQueue } from './byte-queue.ts';

export type PeerSystem = Pick<System, 'streams' | 'clock'>;

const readBytes = 65_536;
/** More output than this waiting for the socket: nothing new is read or made. */
const fullBytes = 256 * 1024;

export class Peer<Command, Event> {
  readonly #system: PeerSystem;
  readonly #descriptor: number;
  readonly connection: Connection<Command, Event>;
  readonly #output = new ByteQueue();
  readonly #events: Event[] = [];
  #inputEnded = false;
  #outputBroken = false;
  /** Why the socket could not be read or written, when that ended the connection. */
  failure: SystemError | undefined;
  sentBytes = 0;
  receivedBytes = 0;
  readonly startedMilliseconds: number;

  constructor(system: PeerSystem, descriptor: number, connection: Connection<Command, Event>) {
    this.#system = system;
    this.#descriptor = descriptor;
    this.connection = connection;
    this.startedMilliseconds = system.clock.monotonic();
  }

  send(command: Command): void {
    this.connection.send(command, this.#system.clock.monotonic());
    this.#collect();
  }

  /** All events that wait, oldest first. */
  takeEvents(): readonly Event[] {
    this.#collect();
    return this.#events.splice(0);
  }

  /** Whether so much output waits that nobody should make more. */
  get isFull(): boolean {
    return this.#output.sizeBytes >= fullBytes;
  }

  get hasOutput(): boolean {
    return this.#output.sizeBytes > 0 && !this.#outputBroken;
  }

  /** Whether the stream from the peer has ended. */
  get inputEnded(): boolean {
    return this.#inputEnded;
  }

  /** What to poll for. */
  waits(): readonly Wait[] {
    const waits: Wait[] = [];
    const descriptor = this.#descriptor;
    if (this.connection.wantsInput && !this.#inputEnded && !this.isFull) waits.push({ type: 'readable', descriptor });
    if (this.hasOutput) waits.push({ type: 'writable', descriptor });
    return waits;
  }

  /** Reads and writes as `ready`, the answer to a poll of `waits()`, allows; and lets time pass. */
  async advance(ready: readonly Wait[]): Promise<void> {
    const own = ready.filter((wait) => 'descriptor' in wait && wait.descriptor === this.#descriptor);
    if (own.some((wait) => wait.type === 'writable')) await this.#write();
    if (own.some((wait) => wait.type === 'readable')) await this.#read();
    const timeout = this.connection.nextTimeout();
    const now = this.#system.clock.monotonic();
    if (timeout !== undefined && timeout <= now) this.connection.advance(now);
    this.#collect();
  }

  /**
   * The next event, waiting for it; `undefined` once the connection is over and all events are taken, or at the deadline, however
   * much the peer still sends. Handled signals are not expected here.
   */
  async nextEvent(deadlineMilliseconds?: number): Promise<Event | undefined> {
    while (!this.#isPast(deadlineMilliseconds)) {
      this.#collect();
      const event = this.#events.shift();
      if (event !== undefined) return event;
      if (this.connection.isClosed) return undefined;
      const ready = await this.#poll(deadlineMilliseconds);
      if (!this.#isPast(deadlineMilliseconds)) await this.advance(ready);
    }
    return undefined;
  }

  /** Writes what waits to be written, until the deadline at most. */
  async flush(deadlineMilliseconds?: number): Promise<void> {
    this.#collect();
    while (this.hasOutput && !this.#isPast(deadlineMilliseconds)) {
      const wait: Wait = { type: 'writable', descriptor: this.#descriptor };
      const result = await this.#system.streams.poll([wait], deadlineMilliseconds);
      if (result.ready.length > 0) await this.#write();
    }
  }

  async #poll(deadline: number | undefined): Promise<readonly Wait[]> {
    const waits = this.waits();
    const result: PollResult = await this.#system.streams.poll(
      waits,
      earliest(deadline, this.connection.nextTimeout()),
    );
    return waits.filter((_, index) => result.ready.includes(index));
  }

  #isPast(deadline: number | undefined): boolean {
    return deadline !== undefined && this.#system.clock.monotonic() >= deadline;
  }

  #collect(): void {
    const output = this.connection.takeOutput();
    if (!this.#outputBroken) this.#output.append(output);
    this.#events.push(...this.connection.takeEvents());
  }

  async #read(): Promise<void> {
    try {
      const bytes = await this.#system.streams.read(this.#descriptor, readBytes);
      this.receivedBytes += bytes.length;
      if (bytes.length === 0) this.#endInput();
      else this.connection.receive(bytes, this.#system.clock.monotonic());
    } catch (error) {
      if (this.#isFailure(error)) this.#endInput();
    }
  }

  async #write(): Promise<void> {
    try {
      const written = await this.#system.streams.write(this.#descriptor, this.#output.peek());
      this.sentBytes += written;
      this.#output.drop(written);
    } catch (error) {
      if (!this.#isFailure(error)) return;
      this.#outputBroken = true;
      this.#output.clear();
      this.#endInput();
    }
  }

  #endInput(): void {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    this.connection.receiveEnd(this.#system.clock.monotonic());
  }

  /** Keeps the first failure; an interrupted call is none. */
  #isFailure(error: unknown): boolean {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EINTR') return false;
    this.failure ??= error;
    return true;
  }
}

/** The earlier of two deadlines, either of which may be missing. */
export function earliest(...deadlines: readonly (number | undefined)[]): number | undefined {
  const given = deadlines.filter((deadline) => deadline !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}
