/** Messages of the connection protocol, numbers 80 to 100. Specification: RFC 4254 4, 5. */
import { boolean, messageNumber, name, rest, string, struct, uint32 } from '@seashell/core/wire';

export const globalRequest = struct('global-request', {
  number: messageNumber(80),
  request: name,
  wantReply: boolean,
  data: rest,
});

export const requestSuccess = struct('request-success', { number: messageNumber(81), data: rest });

export const requestFailure = struct('request-failure', { number: messageNumber(82) });

export const channelOpen = struct('channel-open', {
  number: messageNumber(90),
  channelType: name,
  sender: uint32,
  initialWindow: uint32,
  maximumPacket: uint32,
  data: rest,
});

export const channelOpenConfirmation = struct('channel-open-confirmation', {
  number: messageNumber(91),
  recipient: uint32,
  sender: uint32,
  initialWindow: uint32,
  maximumPacket: uint32,
  data: rest,
});

export const channelOpenFailure = struct('channel-open-failure', {
  number: messageNumber(92),
  recipient: uint32,
  reason: uint32,
  description: string,
  language: string,
});

export const channelWindowAdjust = struct('channel-window-adjust', {
  number: messageNumber(93),
  recipient: uint32,
  bytes: uint32,
});

export const channelData = struct('channel-data', { number: messageNumber(94), recipient: uint32, data: string });

export const channelExtendedData = struct('channel-extended-data', {
  number: messageNumber(95),
  recipient: uint32,
  dataType: uint32,
  data: string,
});

export const channelEof = struct('channel-eof', { number: messageNumber(96), recipient: uint32 });

export const channelClose = struct('channel-close', { number: messageNumber(97), recipient: uint32 });

export const channelRequest = struct('channel-request', {
  number: messageNumber(98),
  recipient: uint32,
  request: name,
  wantReply: boolean,
  data: rest,
});

export const channelSuccess = struct('channel-success', { number: messageNumber(99), recipient: uint32 });

export const channelFailure = struct('channel-failure', { number: messageNumber(100), recipient: uint32 });
