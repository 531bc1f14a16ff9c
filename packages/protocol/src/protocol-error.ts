/** `ProtocolError`: a rule of the RFC was broken, by us or by them. Carries the reason to disconnect with, and the clause. */

/** SSH_DISCONNECT codes, RFC 4253 11.1. */
export const disconnectReasons = {
  hostNotAllowedToConnect: 1,
  protocolError: 2,
  keyExchangeFailed: 3,
  reserved: 4,
  macError: 5,
  compressionError: 6,
  serviceNotAvailable: 7,
  protocolVersionNotSupported: 8,
  hostKeyNotVerifiable: 9,
  connectionLost: 10,
  byApplication: 11,
  tooManyConnections: 12,
  authCancelledByUser: 13,
  noMoreAuthMethodsAvailable: 14,
  illegalUserName: 15,
} as const;

/** SSH_OPEN failure codes, RFC 4254 5.1. */
export const channelOpenFailureReasons = {
  administrativelyProhibited: 1,
  connectFailed: 2,
  unknownChannelType: 3,
  resourceShortage: 4,
} as const;

/** What kind of rule was broken, for owners that print OpenSSH's words for it. */
export type ProtocolErrorCode =
  | 'identification'
  | 'no-common-algorithm'
  | 'packet-length'
  | 'padding'
  | 'mac'
  | 'decode'
  | 'unexpected-message'
  | 'key-exchange'
  | 'host-key-signature'
  | 'host-key-changed'
  | 'strict-kex'
  | 'authentication'
  | 'too-many-attempts'
  | 'channel'
  | 'limit'
  | 'timeout'
  | 'sequence-wrapped'
  | 'connection-lost';

/** What the message cannot say: which negotiation failed, and what each side offered. */
export interface ProtocolErrorDetail {
  /** `kex`, `hostKey`, `cipher`, `mac` or `compression`. */
  readonly algorithmKind?: string;
  /** The peer's list, untrusted. */
  readonly theirOffer?: string;
}

/** A rule of the protocol broken. `message` is lower case, what was expected and what was found. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;
  /** RFC 4253 11.1. */
  readonly reason: number;
  /** `RFC 4253 7.1`. */
  readonly clause: string;
  readonly detail: ProtocolErrorDetail;

  constructor(code: ProtocolErrorCode, message: string, where: ProtocolErrorWhere) {
    super(message);
    this.code = code;
    this.reason = where.reason ?? disconnectReasons.protocolError;
    this.clause = where.clause;
    this.detail = where.detail ?? {};
  }
}

interface ProtocolErrorWhere {
  readonly clause: string;
  readonly reason?: number;
  readonly detail?: ProtocolErrorDetail;
}
