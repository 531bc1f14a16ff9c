/** When keys must be exchanged anew: by bytes, packets or time. Specification: RFC 4253 9, RFC 4344 3; OpenSSH's RekeyLimit. */
import type { PacketReader } from './packet-reader.ts';
import type { PacketWriter } from './packet-writer.ts';

/** Half of the sequence numbers, as OpenSSH's MAX_PACKETS. */
const maximumPackets = 2 ** 31;

export interface RekeyingBounds {
  readonly sendingBytes: number;
  readonly receivingBytes: number;
  /** The moment after which keys are too old. */
  readonly until: number | undefined;
}

/** Whether one of the bounds is reached. */
export function isRekeyingDue(
  bounds: RekeyingBounds,
  ends: { readonly reader: PacketReader; readonly writer: PacketWriter; readonly nowMilliseconds: number },
): boolean {
  const { reader, writer, nowMilliseconds } = ends;
  if (writer.bytesUnderKey >= bounds.sendingBytes || reader.bytesUnderKey >= bounds.receivingBytes) return true;
  if (writer.packetsUnderKey >= maximumPackets || reader.packetsUnderKey >= maximumPackets) return true;
  return bounds.until !== undefined && nowMilliseconds >= bounds.until;
}
