/** The table of channel types. What is not here is refused as an unknown channel type. */
import type { ChannelType } from '../channel-requests.ts';
import type { ChannelTypeRow } from './row.ts';
import { session } from './session.ts';

const rows: readonly ChannelTypeRow[] = [session];

const byType = new Map<string, ChannelTypeRow>(rows.map((row) => [row.type, row]));

/** The row of a type that a peer asked for, or undefined. */
export function findChannelType(type: string): ChannelTypeRow | undefined {
  return byType.get(type);
}

/** What follows the maximum packet size in SSH_MSG_CHANNEL_OPEN. */
export function encodeChannelType(channelType: ChannelType): Uint8Array {
  const row = byType.get(channelType.type);
  if (row === undefined) throw new Error(`assertion failed: no row for ${channelType.type}`);
  return row.encode(channelType);
}
