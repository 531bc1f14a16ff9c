/**
 * A TCP connection (RFC 9293) as two ends and a flow each way: bounded, in order, after the latency of its way. A pulled cable
 * holds what is on its way back, and retransmission brings it later or gives up, as Linux does after some 15 minutes.
 */
import { type ErrnoName, type SocketAddress, SystemError } from '@seashell/system';
import { ByteQueue } from '../kernel/byte-queue.ts';
import { socketCapacityBytes } from '../kernel/limits.ts';
import type { Scheduler } from '../kernel/scheduler.ts';

/** tcp_retries2 of Linux. */
const maximumRetransmissions = 15;
const firstRetransmissionMicroseconds = 200_000;
const longestRetransmissionMicroseconds = 120_000_000;

export interface Way {
  readonly scheduler: Scheduler;
  readonly latencyMicroseconds: number;
  /** Whether all cables on it are in. */
  readonly isUp: () => boolean;
}

type Segment = { readonly due: number } & (
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'reset' }
);
type Content =
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'reset' };

/** One direction: what is on its way, and what of it the receiver has not read. */
class Flow {
  readonly #way: Way;
  readonly #receiver: () => TcpEnd;
  readonly #sender: TcpEnd;
  #segments: Segment[] = [];
  #retransmissions = 0;
  #scheduled = false;
  #unacknowledged = 0;
  #acknowledging = 0;

  constructor(way: Way, sender: TcpEnd, receiver: () => TcpEnd) {
    this.#way = way;
    this.#sender = sender;
    this.#receiver = receiver;
  }

  get room(): number {
    return socketCapacityBytes - this.#unacknowledged;
  }

  push(content: Content): void {
    if (content.type === 'data') this.#unacknowledged += content.bytes.length;
    this.#segments.push({ ...content, due: this.#way.scheduler.now + this.#way.latencyMicroseconds });
    if (!this.#scheduled) this.#schedule(this.#way.latencyMicroseconds, 'activity');
  }

  /** The receiver read: the sender learns of the room after the way back. */
  acknowledge(bytes: number): void {
    this.#acknowledging += bytes;
    if (this.#acknowledging > bytes) return;
    this.#way.scheduler.after(this.#way.latencyMicroseconds, 'activity', () => {
      this.#unacknowledged -= this.#acknowledging;
      this.#acknowledging = 0;
      this.#sender.onWritable();
    });
  }

  clear(): void {
    this.#segments = [];
    this.#unacknowledged = 0;
  }

  #schedule(delayMicroseconds: number, kind: 'activity' | 'timer'): void {
    this.#scheduled = true;
    this.#way.scheduler.after(delayMicroseconds, kind, () => this.#arrive());
  }

  #arrive(): void {
    this.#scheduled = false;
    if (this.#segments.length === 0) return;
    if (!this.#way.isUp()) return this.#retransmitLater();
    this.#retransmissions = 0;
    const { now } = this.#way.scheduler;
    for (let first = this.#segments[0]; first !== undefined && first.due <= now; first = this.#segments[0]) {
      this.#segments.shift();
      this.#receiver().arrive(first);
    }
    const next = this.#segments[0];
    if (next !== undefined && !this.#scheduled) this.#schedule(next.due - now, 'activity');
  }

  #retransmitLater(): void {
    const delay = firstRetransmissionMicroseconds * 2 ** this.#retransmissions;
    if (this.#retransmissions > maximumRetransmissions) return this.#sender.fail('ETIMEDOUT');
    this.#retransmissions += 1;
    this.#schedule(Math.min(delay, longestRetransmissionMicroseconds), 'timer');
  }
}

/** One end. Whoever has it sets the callbacks. */
export class TcpEnd {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly #inbound = new ByteQueue();
  #inboundEnded = false;
  #outboundEnded = false;
  #closed = false;
  #error: ErrnoName | undefined;
  #errorReported = false;
  #outgoing: Flow | undefined;
  #incoming: Flow | undefined;
  bytesSent = 0;
  bytesReceived = 0;
  onReadable: () => void = () => {};
  onWritable: () => void = () => {};
  /** Nothing will come or go any more. */
  onFinished: (reason: 'closed' | 'reset') => void = () => {};

  constructor(local: SocketAddress, remote: SocketAddress) {
    this.local = local;
    this.remote = remote;
  }

  join(way: Way, other: TcpEnd): void {
    const outgoing = new Flow(way, this, () => other);
    this.#outgoing = outgoing;
    other.#incoming = outgoing;
  }

  get canRead(): boolean {
    return this.#inbound.length > 0 || this.#inboundEnded || this.#error !== undefined;
  }

  get unreadBytes(): number {
    return this.#inbound.length;
  }

  get canWrite(): boolean {
    return this.room > 0 || this.#outboundEnded || this.#error !== undefined;
  }

  get isFinished(): boolean {
    return this.#error !== undefined || (this.#inboundEnded && this.#outboundEnded);
  }

  get error(): ErrnoName | undefined {
    return this.#error;
  }

  get room(): number {
    return this.#outgoing?.room ?? 0;
  }

  /** `undefined` when it has to wait; an empty array at the end. ECONNRESET, once. */
  read(maximumBytes: number): Uint8Array | undefined {
    if (this.#inbound.length > 0) {
      const bytes = this.#inbound.take(maximumBytes);
      this.#incoming?.acknowledge(bytes.length);
      return bytes;
    }
    this.#reportError('read');
    return this.#inboundEnded || this.#error !== undefined ? new Uint8Array(0) : undefined;
  }

  /** Gives how many bytes it took, 0 when it has to wait. It copies them. */
  write(bytes: Uint8Array): number {
    this.#reportError('write');
    if (this.#outboundEnded || this.#error !== undefined) throw new SystemError('EPIPE', 'write');
    const count = Math.min(bytes.length, this.room);
    if (count > 0) this.#outgoing?.push({ type: 'data', bytes: bytes.slice(0, count) });
    this.bytesSent += count;
    return count;
  }

  shutdownWrite(): void {
    if (this.#outboundEnded || this.#error !== undefined) return;
    this.#outboundEnded = true;
    this.#outgoing?.push({ type: 'end' });
    this.#tellIfFinished();
  }

  /** close(2): what the other side still sends is answered by a reset, as is what lies here unread. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#inbound.length > 0) this.reset();
    else this.shutdownWrite();
  }

  reset(): void {
    if (this.isFinished) return;
    this.#outgoing?.push({ type: 'reset' });
    this.fail('ECONNRESET');
  }

  /** For the flow: what came over the way. */
  arrive(segment: Content): void {
    if (this.#error !== undefined) return;
    if (segment.type === 'reset') return this.fail('ECONNRESET');
    if (segment.type === 'data' && this.#closed) return this.reset();
    if (segment.type === 'data') {
      this.bytesReceived += segment.bytes.length;
      this.#inbound.push(segment.bytes);
    } else {
      this.#inboundEnded = true;
      this.#tellIfFinished();
    }
    this.onReadable();
  }

  fail(error: ErrnoName): void {
    if (this.#error !== undefined) return;
    this.#error = error;
    if (error === 'ETIMEDOUT') this.#outgoing?.clear();
    this.onReadable();
    this.onWritable();
    this.onFinished('reset');
  }

  #reportError(operation: string): void {
    if (this.#error === undefined || this.#errorReported) return;
    this.#errorReported = true;
    throw new SystemError(this.#error, operation);
  }

  #tellIfFinished(): void {
    if (this.#error === undefined && this.#inboundEnded && this.#outboundEnded) this.onFinished('closed');
  }
}
