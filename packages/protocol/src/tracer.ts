/** Builds the trace of one connection while someone listens, and nothing otherwise. */
import type { DirectionAlgorithms } from './events.ts';
import { messageName, messageSpans } from './messages/table.ts';
import type { TraceEntry, TraceListener } from './trace.ts';
import type { SealedPacket } from './transport/packet-writer.ts';

type PacketDirection = 'sent' | 'received';
type State = Extract<TraceEntry, { readonly type: 'state' }>;

const unprotected: DirectionAlgorithms = { cipher: 'none', mac: 'none', compression: 'none' };

export class Tracer {
  readonly #listener: TraceListener | undefined;
  readonly #algorithms: Record<PacketDirection, DirectionAlgorithms> = { sent: unprotected, received: unprotected };
  nowMilliseconds = 0;

  constructor(listener: TraceListener | undefined) {
    this.#listener = listener;
  }

  /** What hears of packets of a direction; undefined when nobody listens, so that nothing is built for it. */
  listenerFor(direction: PacketDirection): ((packet: SealedPacket) => void) | undefined {
    return this.#listener === undefined ? undefined : (packet) => this.packet(direction, packet);
  }

  identification(direction: PacketDirection, text: string): void {
    this.#listener?.({ type: 'identification', direction, text, nowMilliseconds: this.nowMilliseconds });
  }

  packet(direction: PacketDirection, packet: SealedPacket): void {
    if (this.#listener === undefined) return;
    const { sequenceNumber, sealed } = packet;
    const plain = packet.plain.slice();
    const payload = packet.payload.slice();
    const message = payload[0] ?? 0;
    const { cipher, mac } = this.#algorithms[direction];
    this.#listener({
      type: 'packet',
      direction,
      sequenceNumber,
      message,
      name: messageName(message),
      nowMilliseconds: this.nowMilliseconds,
      plain,
      sealed,
      cipher,
      mac,
      spans: () => messageSpans(payload),
    });
  }

  /** Packets of this direction are protected by these from now on. */
  useKeys(direction: PacketDirection, algorithms: DirectionAlgorithms): void {
    this.#algorithms[direction] = algorithms;
  }

  state(layer: State['layer'], state: string, channel?: number): void {
    const { nowMilliseconds } = this;
    this.#listener?.({ type: 'state', layer, state, nowMilliseconds, ...(channel === undefined ? {} : { channel }) });
  }
}
