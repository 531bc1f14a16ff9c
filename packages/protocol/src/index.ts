/** SSH-2 without I/O: the package's entry. */
export type * from './commands.ts';
export type * from './events.ts';
export type * from './connection/channel-requests.ts';
export type * from './connection.ts';
export type { KeyExchangeInit } from './messages/transport.ts';
export type { TraceEntry, TraceListener } from './trace.ts';
export { ClientConnection } from './client-connection.ts';
export { defaultLimits, type ProtocolLimits } from './limits.ts';
export { messageName, messageSpans } from './messages/table.ts';
export {
  channelOpenFailureReasons,
  disconnectReasons,
  ProtocolError,
  type ProtocolErrorCode,
  type ProtocolErrorDetail,
} from './protocol-error.ts';
export { ServerConnection } from './server-connection.ts';
export {
  chooseSignatureAlgorithm,
  keyTypeOfAlgorithm,
  type SignatureAlgorithmChoice,
} from './transport/algorithms/hostkey/index.ts';
export type { OpenSshVersion } from './transport/algorithms/offered.ts';
export {
  defaultPreferences,
  supportedAlgorithms,
  type AlgorithmPreferences,
} from './transport/algorithms/preferences.ts';
