/**
 * The channels of a connection, dispatched by message number. Every rule of RFC 4254 5 about who may say what when is checked here.
 * Where the peer breaks one, the connection ends, as in OpenSSH.
 */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import type { ChannelId } from '../commands.ts';
import * as messages from '../messages/connection.ts';
import { channelOpenFailureReasons } from '../protocol-error.ts';
import { adjustmentDue, newChannel, type Channel } from './channel.ts';
import type { ChannelRequest, ChannelType } from './channel-requests.ts';
import { encodeChannelType, findChannelType } from './channels/index.ts';
import type { ChannelTypeRow } from './channels/row.ts';
import { encodeChannelRequest, findChannelRequest } from './requests/index.ts';
import { channelError, type ConnectionSurroundings } from './surroundings.ts';

const largestWindow = 0xffffffff;
const stderrType = 1;
/** Pieces of at most so many packets are taken from the owner at once, however small the peer wants its packets. */
const packetsAtOnce = 1024;

/** Sizes before the data of SSH_MSG_CHANNEL_DATA and SSH_MSG_CHANNEL_EXTENDED_DATA. */
const dataHeaderBytes = 9;
const extendedHeaderBytes = 13;

export class ChannelTable {
  readonly #surroundings: ConnectionSurroundings;
  readonly #channels = new Map<ChannelId, Channel>();
  /** The client has said that it opens no more sessions (OpenSSH PROTOCOL 2.2). */
  refusesSessions = false;

  constructor(surroundings: ConnectionSurroundings) {
    this.#surroundings = surroundings;
  }

  /** The lowest free number. */
  freeChannel(): ChannelId {
    let id = 0;
    while (this.#channels.has(id)) id += 1;
    return id;
  }

  /** Whether so many replies are owed by the owner that the peer should not be read. */
  get owesTooMuch(): boolean {
    const { unansweredRequests } = this.#surroundings.limits;
    return [...this.#channels.values()].some(({ replies }) => replies.size >= unansweredRequests);
  }

  sendable(id: ChannelId): number {
    const channel = this.#channels.get(id);
    if (channel === undefined || !this.#surroundings.canSendData()) return 0;
    return room(channel);
  }

  /** After a key exchange data may flow again. */
  tellSendable(): void {
    for (const channel of this.#channels.values()) this.#tellRoom(channel);
  }

  open(id: ChannelId, channelType: ChannelType): void {
    const row = findChannelType(channelType.type);
    if (row === undefined || this.#channels.has(id)) throw new Error(`assertion failed: cannot open channel ${id}`);
    const channel = this.#add(id, row, 'opening');
    this.#surroundings.send(
      messages.channelOpen.encode({
        number: 90,
        channelType: channelType.type,
        sender: id,
        initialWindow: channel.localWindow,
        maximumPacket: channel.localMaximumPacket,
        data: encodeChannelType(channelType),
      }),
    );
  }

  confirm(id: ChannelId): void {
    const channel = this.#ours(id, 'asked');
    channel.state = 'open';
    this.#surroundings.tracer.state('connection', 'open', id);
    this.#surroundings.send(
      messages.channelOpenConfirmation.encode({
        number: 91,
        recipient: channel.remoteId,
        sender: id,
        initialWindow: channel.localWindow,
        maximumPacket: channel.localMaximumPacket,
        data: new Uint8Array(0),
      }),
    );
    this.#tellRoom(channel);
  }

  refuse(id: ChannelId, failure: { readonly reason: number; readonly description: string }): void {
    const channel = this.#ours(id, 'asked');
    this.#channels.delete(id);
    this.#sendOpenFailure(channel.remoteId, failure);
  }

  /** Sends data, cut as the peer wants it. */
  data(id: ChannelId, bytes: Uint8Array, stream?: 'stderr'): void {
    const channel = this.#ours(id, 'open');
    if (bytes.length > this.sendable(id)) throw new Error('assertion failed: more data than may be sent');
    for (let start = 0; start < bytes.length; start += channel.remoteMaximumPacket) {
      const piece = bytes.subarray(start, start + channel.remoteMaximumPacket);
      if (stream === undefined) this.#sendData(channel, piece);
      else this.#sendExtendedData(channel, piece);
    }
    channel.remoteWindow -= bytes.length;
  }

  eof(id: ChannelId): void {
    const channel = this.#channels.get(id);
    if (channel?.state !== 'open' || channel.sentEof || channel.sentClose) return;
    channel.sentEof = true;
    this.#surroundings.tracer.state('connection', 'eof sent', id);
    this.#surroundings.send(messages.channelEof.encode({ number: 96, recipient: channel.remoteId }));
  }

  close(id: ChannelId): void {
    const channel = this.#channels.get(id);
    if (channel?.state !== 'open' || channel.sentClose) return;
    channel.sentClose = true;
    this.#surroundings.tracer.state('connection', 'close sent', id);
    this.#surroundings.send(messages.channelClose.encode({ number: 97, recipient: channel.remoteId }));
    this.#endIfClosed(channel);
  }

  consume(id: ChannelId, bytes: number): void {
    const channel = this.#channels.get(id);
    if (channel === undefined) return;
    if (bytes > channel.unconsumed) throw new Error('assertion failed: more data consumed than was given');
    channel.unconsumed -= bytes;
    channel.unadjusted += bytes;
    const adjustment = adjustmentDue(channel);
    if (adjustment === 0) return;
    channel.unadjusted = 0;
    channel.localWindow += adjustment;
    this.#surroundings.send(
      messages.channelWindowAdjust.encode({ number: 93, recipient: channel.remoteId, bytes: adjustment }),
    );
  }

  request(id: ChannelId, request: ChannelRequest, wantReply: boolean): void {
    const channel = this.#channels.get(id);
    if (channel?.state !== 'open' || channel.sentClose) return;
    if (wantReply) channel.awaitedReplies += 1;
    this.#surroundings.send(
      messages.channelRequest.encode({
        number: 98,
        recipient: channel.remoteId,
        request: request.name,
        wantReply,
        data: encodeChannelRequest(request),
      }),
    );
  }

  answerRequest(id: ChannelId, success: boolean): void {
    const channel = this.#channels.get(id);
    if (channel === undefined) return;
    channel.replies.answer(success);
    this.#sendReplies(channel);
  }

  /** Takes a message of the peer. Gives whether it was one of channels. */
  dispatch(payload: Uint8Array): boolean {
    const take = this.#messages[payload[0] ?? 0];
    take?.(payload);
    return take !== undefined;
  }

  readonly #messages: Readonly<Record<number, (payload: Uint8Array) => void>> = {
    90: (payload) => this.#takeOpen(payload),
    91: (payload) => this.#takeConfirmation(payload),
    92: (payload) => this.#takeOpenFailure(payload),
    93: (payload) => this.#takeWindowAdjust(payload),
    94: (payload) => {
      const { recipient, data } = messages.channelData.decode(payload);
      this.#takeData(this.#theirs(recipient, 'data'), data, 'stdout');
    },
    95: (payload) => {
      const { recipient, dataType, data } = messages.channelExtendedData.decode(payload);
      this.#takeExtendedData(this.#theirs(recipient, 'extended data'), dataType, data);
    },
    96: (payload) => {
      const channel = this.#theirs(messages.channelEof.decode(payload).recipient, 'ieof');
      if (channel.receivedEof) throw channelError(`expected one EOF on channel ${channel.localId}`, 'RFC 4254 5.3');
      channel.receivedEof = true;
      this.#surroundings.tell({ type: 'eof', channel: channel.localId });
    },
    97: (payload) => {
      const channel = this.#theirs(messages.channelClose.decode(payload).recipient, 'oclose');
      channel.receivedClose = true;
      this.#surroundings.tell({ type: 'closeReceived', channel: channel.localId });
      this.#endIfClosed(channel);
    },
    98: (payload) => this.#takeRequest(payload),
    99: (payload) => this.#takeReply(messages.channelSuccess.decode(payload).recipient, true),
    100: (payload) => this.#takeReply(messages.channelFailure.decode(payload).recipient, false),
  };

  #takeOpen(payload: Uint8Array): void {
    const open = messages.channelOpen.decode(payload);
    const row = findChannelType(open.channelType);
    const { role } = this.#surroundings;
    if (open.maximumPacket === 0) throw channelError('expected a maximum packet size above 0', 'RFC 4254 5.1');
    if (row?.isSession === true && this.refusesSessions) {
      throw channelError('attempt to open a session after additional sessions disabled', 'PROTOCOL 2.2');
    }
    if (row === undefined || !row.openers.includes(peerOf[role]) || !this.#hasRoomFor(row)) {
      this.#sendOpenFailure(open.sender, { reason: openRefusals[role], description: 'open failed' });
      return;
    }
    const channelType = row.decode(open.data);
    const channel = this.#add(this.freeChannel(), row, 'asked');
    channel.remoteId = open.sender;
    channel.remoteWindow = open.initialWindow;
    channel.remoteMaximumPacket = open.maximumPacket;
    this.#surroundings.tell({ type: 'channelOpenRequested', channel: channel.localId, channelType });
  }

  #hasRoomFor(row: ChannelTypeRow): boolean {
    const { channels, sessions } = this.#surroundings.limits;
    if (this.#channels.size >= channels) return false;
    return !row.isSession || [...this.#channels.values()].filter((each) => each.row.isSession).length < sessions;
  }

  #takeConfirmation(payload: Uint8Array): void {
    const { recipient, sender, initialWindow, maximumPacket } = messages.channelOpenConfirmation.decode(payload);
    const channel = this.#channels.get(recipient);
    if (channel?.state !== 'opening') {
      throw channelError(`received open confirmation for non-opening channel ${recipient}`, 'RFC 4254 5.1');
    }
    if (maximumPacket === 0) throw channelError('expected a maximum packet size above 0', 'RFC 4254 5.1');
    channel.state = 'open';
    channel.remoteId = sender;
    channel.remoteWindow = initialWindow;
    channel.remoteMaximumPacket = maximumPacket;
    this.#surroundings.tracer.state('connection', 'open', recipient);
    this.#surroundings.tell({ type: 'channelOpened', channel: recipient });
    this.#tellRoom(channel);
  }

  #takeOpenFailure(payload: Uint8Array): void {
    const { recipient, reason, description } = messages.channelOpenFailure.decode(payload);
    if (this.#channels.get(recipient)?.state !== 'opening') {
      throw channelError(`received open failure for non-opening channel ${recipient}`, 'RFC 4254 5.1');
    }
    this.#channels.delete(recipient);
    const text = utf8DecodeLossy(description);
    this.#surroundings.tell({ type: 'channelOpenFailed', channel: recipient, reason, description: text });
  }

  #takeWindowAdjust(payload: Uint8Array): void {
    const { recipient, bytes } = messages.channelWindowAdjust.decode(payload);
    const channel = this.#theirs(recipient, 'window adjust');
    if (channel.remoteWindow + bytes > largestWindow) {
      throw channelError(`expected a window of at most ${largestWindow} bytes`, 'RFC 4254 5.2');
    }
    channel.remoteWindow += bytes;
    this.#tellRoom(channel);
  }

  #takeExtendedData(channel: Channel, dataType: number, data: Uint8Array): void {
    if (this.#surroundings.role === 'server') {
      throw channelError(`expected no extended data from a client on channel ${channel.localId}`, 'RFC 4254 5.2');
    }
    if (dataType !== stderrType)
      throw channelError(`expected extended data of type 1, found ${dataType}`, 'RFC 4254 5.2');
    this.#takeData(channel, data, 'stderr');
  }

  /** Differs from OpenSSH: data after EOF, and in larger pieces than agreed, ends the connection. */
  #takeData(channel: Channel, data: Uint8Array, stream: 'stdout' | 'stderr'): void {
    const { localId } = channel;
    if (channel.receivedEof) throw channelError(`received data after EOF on channel ${localId}`, 'RFC 4254 5.3');
    if (data.length > channel.localMaximumPacket) {
      throw channelError(`channel ${localId}: rcvd big packet ${data.length}, maxpack ${channel.localMaximumPacket}`);
    }
    if (data.length > channel.localWindow) {
      throw channelError(`channel ${localId}: peer ignored channel window`, 'RFC 4254 5.2');
    }
    channel.localWindow -= data.length;
    if (channel.sentClose || data.length === 0) return;
    channel.unconsumed += data.length;
    this.#surroundings.tell({ type: 'data', channel: localId, bytes: data, stream });
  }

  #takeRequest(payload: Uint8Array): void {
    const { recipient, request: name, wantReply, data } = messages.channelRequest.decode(payload);
    const channel = this.#theirs(recipient, 'request');
    const row = findChannelRequest(name);
    if (row === undefined || !row.receivers.includes(this.#surroundings.role)) {
      if (wantReply) channel.replies.add(false);
    } else {
      const request = row.decode(data);
      const asks = wantReply && row.answer === 'owner';
      if (asks) channel.replies.ask();
      else if (wantReply) channel.replies.add(false);
      this.#surroundings.tell({ type: 'channelRequest', channel: recipient, request, wantReply: asks });
    }
    this.#sendReplies(channel);
  }

  #takeReply(recipient: number, success: boolean): void {
    const channel = this.#theirs(recipient, 'status confirm');
    if (channel.awaitedReplies === 0) {
      throw channelError(`expected no reply on channel ${recipient}: nothing was asked`, 'RFC 4254 5.4');
    }
    channel.awaitedReplies -= 1;
    this.#surroundings.tell({ type: 'channelRequestAnswered', channel: recipient, success });
  }

  #sendReplies(channel: Channel): void {
    for (const success of channel.replies.takeReady()) {
      if (channel.sentClose) continue;
      const recipient = channel.remoteId;
      this.#surroundings.send(
        success
          ? messages.channelSuccess.encode({ number: 99, recipient })
          : messages.channelFailure.encode({ number: 100, recipient }),
      );
    }
  }

  #sendData(channel: Channel, piece: Uint8Array): void {
    this.#surroundings.sendWith(dataHeaderBytes + piece.length, (target) => {
      const view = new DataView(target.buffer, target.byteOffset);
      view.setUint8(0, 94);
      view.setUint32(1, channel.remoteId);
      view.setUint32(5, piece.length);
      target.set(piece, dataHeaderBytes);
    });
  }

  #sendExtendedData(channel: Channel, piece: Uint8Array): void {
    this.#surroundings.sendWith(extendedHeaderBytes + piece.length, (target) => {
      const view = new DataView(target.buffer, target.byteOffset);
      view.setUint8(0, 95);
      view.setUint32(1, channel.remoteId);
      view.setUint32(5, stderrType);
      view.setUint32(9, piece.length);
      target.set(piece, extendedHeaderBytes);
    });
  }

  #sendOpenFailure(recipient: number, failure: { readonly reason: number; readonly description: string }): void {
    const { reason } = failure;
    const description = utf8Encode(failure.description);
    this.#surroundings.send(
      messages.channelOpenFailure.encode({ number: 92, recipient, reason, description, language: new Uint8Array(0) }),
    );
  }

  #add(localId: number, row: ChannelTypeRow, state: 'opening' | 'asked'): Channel {
    const { windowBytes, maximumPacketBytes } = this.#surroundings.limits;
    const channel = newChannel({ localId, row, state, windowBytes, maximumPacketBytes });
    this.#channels.set(localId, channel);
    this.#surroundings.tracer.state('connection', state, localId);
    return channel;
  }

  #tellRoom(channel: Channel): void {
    const bytes = this.sendable(channel.localId);
    if (bytes > 0) this.#surroundings.tell({ type: 'sendable', channel: channel.localId, bytes });
  }

  #endIfClosed(channel: Channel): void {
    if (!channel.sentClose || !channel.receivedClose) return;
    this.#channels.delete(channel.localId);
    this.#surroundings.tracer.state('connection', 'closed', channel.localId);
    this.#surroundings.tell({ type: 'channelClosed', channel: channel.localId });
  }

  /** A channel that the owner names. */
  #ours(id: ChannelId, state: Channel['state']): Channel {
    const channel = this.#channels.get(id);
    if (channel?.state !== state) throw new Error(`assertion failed: channel ${id} is not ${state}`);
    return channel;
  }

  /** A channel that the peer names in a message of kind `what`. */
  #theirs(id: number, what: string): Channel {
    const channel = this.#channels.get(id);
    if (channel?.state !== 'open' || channel.receivedClose) {
      throw channelError(`${what} packet referred to nonexistent channel ${id}`);
    }
    return channel;
  }
}

const peerOf = { client: 'server', server: 'client' } as const;

/** The reasons with which OpenSSH's client and server refuse what they do not know or want. */
const openRefusals = {
  client: channelOpenFailureReasons.administrativelyProhibited,
  server: channelOpenFailureReasons.connectFailed,
} as const;

function room(channel: Channel): number {
  if (channel.state !== 'open' || channel.sentEof || channel.sentClose || channel.receivedClose) return 0;
  return Math.min(channel.remoteWindow, channel.remoteMaximumPacket * packetsAtOnce);
}
