/** One channel: its numbers, windows, and what has been said on it. Specification: RFC 4254 5. */
import type { ChannelTypeRow } from './channels/row.ts';
import { ReplyQueue } from './reply-queue.ts';

export interface Channel {
  readonly localId: number;
  readonly row: ChannelTypeRow;
  /** `opening`: our request is out; `asked`: theirs waits for the owner; `open`. */
  state: 'opening' | 'asked' | 'open';
  remoteId: number;
  /** What the peer may still send, and what we started with. */
  localWindow: number;
  readonly localWindowMaximum: number;
  readonly localMaximumPacket: number;
  /** Data that the owner was given and has not consumed. */
  unconsumed: number;
  /** Consumed, and not given back to the peer's window yet. */
  unadjusted: number;
  remoteWindow: number;
  remoteMaximumPacket: number;
  sentEof: boolean;
  receivedEof: boolean;
  sentClose: boolean;
  receivedClose: boolean;
  /** Requests of ours whose reply has not come. */
  awaitedReplies: number;
  /** Replies that we owe. */
  readonly replies: ReplyQueue<boolean>;
}

/** The beginning of a channel. */
interface ChannelBeginning {
  readonly localId: number;
  readonly row: ChannelTypeRow;
  readonly state: 'opening' | 'asked';
  readonly windowBytes: number;
  readonly maximumPacketBytes: number;
}

export function newChannel({ localId, row, state, windowBytes, maximumPacketBytes }: ChannelBeginning): Channel {
  return {
    localId,
    row,
    state,
    remoteId: 0,
    localWindow: windowBytes,
    localWindowMaximum: windowBytes,
    localMaximumPacket: maximumPacketBytes,
    unconsumed: 0,
    unadjusted: 0,
    remoteWindow: 0,
    remoteMaximumPacket: 0,
    sentEof: false,
    receivedEof: false,
    sentClose: false,
    receivedClose: false,
    awaitedReplies: 0,
    replies: new ReplyQueue(),
  };
}

/** Bytes for the peer to send, in OpenSSH's rhythm: after three packets' worth, or when half of the window is gone. */
export function adjustmentDue(channel: Channel): number {
  const { localWindow, localWindowMaximum, localMaximumPacket, unadjusted } = channel;
  const used = localWindowMaximum - localWindow;
  const isDue = used > 3 * localMaximumPacket || localWindow < localWindowMaximum / 2;
  return isDue && !channel.receivedEof && !channel.sentClose ? unadjusted : 0;
}
