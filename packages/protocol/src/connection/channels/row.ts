/** A row of the table of channel types: one file each, and a line in `index.ts`. Specification: RFC 4254 5.1. */
import type { ChannelType } from '../channel-requests.ts';

export interface ChannelTypeRow {
  readonly type: ChannelType['type'];
  /** Who may open it; from others it is refused without asking the owner. */
  readonly openers: readonly ('client' | 'server')[];
  /** Whether sshd's MaxSessions counts it. */
  readonly isSession: boolean;
  /** The type of what follows the maximum packet size. Throws DecodeError. */
  readonly decode: (data: Uint8Array) => ChannelType;
  readonly encode: (channelType: ChannelType) => Uint8Array;
}
