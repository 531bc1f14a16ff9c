/** SSH-2 without I/O: the package's entry. */
export type * from './commands.ts';
export type * from './events.ts';
export type * from './connection/channel-requests.ts';
export type * from './connection.ts';
export type { TraceEntry, TraceListener, TraceSpan } from './trace.ts';
export type { AlgorithmPreferences } from './transport/algorithms/preferences.ts';
export { defaultLimits, type ProtocolLimits } from './limits.ts';
export {
  channelOpenFailureReasons,
  disconnectReasons,
  ProtocolError,
  type ProtocolErrorCode,
  type ProtocolErrorDetail,
} from './protocol-error.ts';
