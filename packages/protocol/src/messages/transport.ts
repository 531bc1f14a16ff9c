/** Messages of the transport layer, numbers 1 to 21. Specification: RFC 4253 11, 7.1, 7.3; RFC 8308 2.3; OpenSSH PROTOCOL 1.9. */
import {
  boolean,
  countedList,
  fixed,
  messageNumber,
  name,
  nameList,
  string,
  struct,
  uint32,
  type ValueOf,
} from '@seashell/core/wire';

export const disconnect = struct('disconnect', {
  number: messageNumber(1),
  reason: uint32,
  /** Bytes, not text: some servers send no UTF-8 here, and a farewell is no reason for an error. */
  description: string,
  language: string,
});

export const ignore = struct('ignore', { number: messageNumber(2), data: string });

export const unimplemented = struct('unimplemented', { number: messageNumber(3), sequenceNumber: uint32 });

export const debug = struct('debug', {
  number: messageNumber(4),
  alwaysDisplay: boolean,
  message: string,
  language: string,
});

export const serviceRequest = struct('service-request', { number: messageNumber(5), service: name });

export const serviceAccept = struct('service-accept', { number: messageNumber(6), service: name });

/** More extensions than anyone knows are refused before they are read. */
const maximumExtensions = 1024;

export const extensionInfo = struct('ext-info', {
  number: messageNumber(7),
  extensions: countedList(struct('extension', { name, value: string }), { maximum: maximumExtensions }),
});

export const keyExchangeInit = struct('kexinit', {
  number: messageNumber(20),
  cookie: fixed(16),
  kexAlgorithms: nameList,
  serverHostKeyAlgorithms: nameList,
  encryptionAlgorithmsClientToServer: nameList,
  encryptionAlgorithmsServerToClient: nameList,
  macAlgorithmsClientToServer: nameList,
  macAlgorithmsServerToClient: nameList,
  compressionAlgorithmsClientToServer: nameList,
  compressionAlgorithmsServerToClient: nameList,
  languagesClientToServer: nameList,
  languagesServerToClient: nameList,
  firstKexPacketFollows: boolean,
  reserved: uint32,
});

/** What one side offers. */
export type KeyExchangeInit = ValueOf<typeof keyExchangeInit>;

export const newKeys = struct('newkeys', { number: messageNumber(21) });

export const ping = struct('ping', { number: messageNumber(192), data: string });

export const pong = struct('pong', { number: messageNumber(193), data: string });
