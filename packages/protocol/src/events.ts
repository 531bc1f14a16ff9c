/**
 * Events: all that a connection tells its owner, as data, in the order in which it happened. Those marked "Asks" stop the
 * conversation that they belong to until the named command answers. Byte arrays are the receiver's.
 */
import type { AuthenticatorStatement } from '@seashell/core/keys';
import type { ChannelId } from './commands.ts';
import type { ChannelRequest, ChannelType } from './connection/channel-requests.ts';
import type { KeyExchangeInit } from './messages/transport.ts';
import type { ProtocolError } from './protocol-error.ts';

/** What one direction of packets is protected with. */
export interface DirectionAlgorithms {
  readonly cipher: string;
  /** `<implicit>` where the cipher authenticates itself, as OpenSSH prints it. */
  readonly mac: string;
  readonly compression: string;
}

/** What both sides agreed on, RFC 4253 7.1. */
export interface NegotiatedAlgorithms {
  readonly kex: string;
  /** The host key's signature algorithm: `rsa-sha2-512`, not `ssh-rsa`. */
  readonly hostKey: string;
  readonly clientToServer: DirectionAlgorithms;
  readonly serverToClient: DirectionAlgorithms;
  /** Whether the exchange resists a quantum computer; without it OpenSSH 10 warns. */
  readonly postQuantum: boolean;
  /** Strict key exchange (`kex-strict-c-v00@openssh.com`) is in force. */
  readonly strict: boolean;
}

/** How a connection ended. */
export interface DisconnectedEvent {
  readonly type: 'disconnected';
  /** `remote`: they sent SSH_MSG_DISCONNECT; `local`: we did; `transport`: the stream ended or the peer was cut off. */
  readonly by: 'local' | 'remote' | 'transport';
  /** RFC 4253 11.1; undefined when nobody said one. */
  readonly reason: number | undefined;
  /** From the peer when `by` is `remote`: untrusted text, unfiltered. */
  readonly description: string;
  /** The rule that was broken, if one was: by the peer, or by what we were given. */
  readonly error: ProtocolError | undefined;
}

/** Events of both roles. */
export type ConnectionEvent =
  /** The peer's identification string, without CR LF: `SSH-2.0-OpenSSH_10.5`. */
  | { readonly type: 'identified'; readonly identification: string }
  /** Both KEXINITs are there and agree; the two offers as they went over the wire, for what `-vv` prints. */
  | {
      readonly type: 'algorithmsNegotiated';
      readonly algorithms: NegotiatedAlgorithms;
      readonly localOffer: KeyExchangeInit;
      readonly remoteOffer: KeyExchangeInit;
    }
  /** Both sides use new keys. `first` is false after a rekey. `sessionId` is the first exchange hash and never changes. */
  | {
      readonly type: 'keyExchanged';
      readonly first: boolean;
      readonly algorithms: NegotiatedAlgorithms;
      readonly sessionId: Uint8Array;
    }
  /** SSH_MSG_EXT_INFO, RFC 8308: `server-sig-algs` as a list; all, by name, with their raw values. */
  | {
      readonly type: 'extensions';
      readonly serverSignatureAlgorithms: readonly string[] | undefined;
      readonly entries: readonly { readonly name: string; readonly value: Uint8Array }[];
    }
  /** SSH_MSG_DEBUG; untrusted text. */
  | { readonly type: 'debug'; readonly alwaysDisplay: boolean; readonly message: string }
  /** The peer refused to understand a message of ours (SSH_MSG_UNIMPLEMENTED). */
  | { readonly type: 'unimplemented'; readonly sequenceNumber: number }
  /** Asks when `wantReply`: `answerChannelRequest`, in the order of the events. */
  | {
      readonly type: 'channelRequest';
      readonly channel: ChannelId;
      readonly request: ChannelRequest;
      readonly wantReply: boolean;
    }
  /** The answer to the channel's oldest request of ours that wanted one. */
  | { readonly type: 'channelRequestAnswered'; readonly channel: ChannelId; readonly success: boolean }
  /** Data from the peer; `consume` it when used. */
  | {
      readonly type: 'data';
      readonly channel: ChannelId;
      readonly bytes: Uint8Array;
      readonly stream: 'stdout' | 'stderr';
    }
  /** The peer sends no more data. */
  | { readonly type: 'eof'; readonly channel: ChannelId }
  /** The peer closed the channel: close ours with `closeChannel`. */
  | { readonly type: 'closeReceived'; readonly channel: ChannelId }
  /** Both sides have closed; the number is free again. */
  | { readonly type: 'channelClosed'; readonly channel: ChannelId }
  /** More may be sent on the channel than before: `bytes` in all, at this moment. */
  | { readonly type: 'sendable'; readonly channel: ChannelId; readonly bytes: number }
  /** A global request that we do not know; it has been refused if it wanted a reply, as OpenSSH does. */
  | { readonly type: 'globalRequest'; readonly name: string; readonly wantReply: boolean; readonly data: Uint8Array }
  | {
      readonly type: 'globalRequestAnswered';
      readonly name: string;
      readonly success: boolean;
      readonly data: Uint8Array;
    }
  | { readonly type: 'keepaliveAnswered' }
  | { readonly type: 'pong'; readonly data: Uint8Array }
  /** The last event. */
  | DisconnectedEvent;

/** Events of a client. */
export type ClientEvent =
  | ConnectionEvent
  /** A line that the server sent before its identification string, without its end; untrusted text. */
  | { readonly type: 'lineBeforeIdentification'; readonly line: string }
  /**
   * Asks: `acceptHostKey`, or `disconnect` with `hostKeyNotVerifiable`. The server holds the private half: its signature was
   * verified. Not asked again when a rekey shows the same key; another key then ends the connection.
   */
  | { readonly type: 'hostKeyReceived'; readonly key: Uint8Array; readonly keyType: string; readonly algorithm: string }
  /** The server accepted the service `ssh-userauth`: `authenticate` may begin. */
  | { readonly type: 'authenticationReady' }
  /** Untrusted text, unfiltered. */
  | { readonly type: 'banner'; readonly message: string; readonly language: string }
  /** The attempt failed, or was one of several that are needed. `methods` can continue; untrusted names. */
  | {
      readonly type: 'authenticationFailed';
      readonly method: string;
      readonly methods: readonly string[];
      readonly partialSuccess: boolean;
    }
  /** SSH_MSG_USERAUTH_PK_OK for the key that was queried. */
  | { readonly type: 'publicKeyAccepted'; readonly algorithm: string; readonly key: Uint8Array }
  /** Asks: `provideSignature` over `data` by the private half of `key`, or `refuseSignature`. */
  | {
      readonly type: 'signatureWanted';
      readonly algorithm: string;
      readonly key: Uint8Array;
      readonly data: Uint8Array;
    }
  /** The account's password is too old (RFC 4252 8): `authenticate` again with `newPassword`. */
  | { readonly type: 'passwordChangeRequested'; readonly prompt: string; readonly language: string }
  | { readonly type: 'authenticationSucceeded'; readonly user: string; readonly method: string }
  | { readonly type: 'channelOpened'; readonly channel: ChannelId }
  | {
      readonly type: 'channelOpenFailed';
      readonly channel: ChannelId;
      readonly reason: number;
      readonly description: string;
    }
  /** The server's host keys, as blobs; for what is not known yet, `proveHostKeys`. */
  | { readonly type: 'hostKeysAnnounced'; readonly keys: readonly Uint8Array[] }
  /** The server's answer to `proveHostKeys`: the keys whose signature over the session is right. Empty when it refused. */
  | { readonly type: 'hostKeysProved'; readonly keys: readonly Uint8Array[] };

/** What a client offers as proof. Keys come with an already verified signature, or as a mere query. */
export type OfferedAuthentication =
  | { readonly method: 'none' }
  | { readonly method: 'password'; readonly password: string; readonly newPassword: string | undefined }
  | {
      readonly method: 'publickey';
      /** `query`: would this key do? `signature`: the client holds the private half; its signature was verified. */
      readonly step: 'query' | 'signature';
      readonly algorithm: string;
      readonly keyType: string;
      readonly key: Uint8Array;
      /** What the authenticator that signed says; whether that is enough is for the answer to decide. */
      readonly statement: AuthenticatorStatement | undefined;
    };

/** Events of a server. */
export type ServerEvent =
  | ConnectionEvent
  /** Asks: `provideSignature` with the host key `key` (an index into the `hostKeys` given) by `algorithm`. */
  | {
      readonly type: 'hostKeySignatureWanted';
      readonly hostKey: number;
      readonly algorithm: string;
      readonly data: Uint8Array;
    }
  /** Asks: `provideHostKeyProofs`. `hostKey` are indexes into the `hostKeys` given. */
  | {
      readonly type: 'hostKeyProofsWanted';
      readonly proofs: readonly { readonly hostKey: number; readonly algorithm: string; readonly data: Uint8Array }[];
    }
  /**
   * Asks: `acceptAuthentication`, `rejectAuthentication`, or (for a key's query) `confirmPublicKey`. `banner` may come before.
   * What the protocol itself refuses (a wrong signature, an unknown method, a changed user) is `authenticationRefused`.
   */
  | {
      readonly type: 'authenticationRequested';
      readonly user: string;
      readonly service: string;
      readonly offered: OfferedAuthentication;
      /** Failures counted so far. */
      readonly failures: number;
    }
  /**
   * Asks: `rejectAuthentication`, for the methods that can continue. A request that cannot be granted: the method is unknown, or
   * the signature is wrong.
   */
  | {
      readonly type: 'authenticationRefused';
      readonly user: string;
      readonly service: string;
      readonly method: string;
      readonly cause: 'unknown-method' | 'wrong-signature' | 'algorithm-not-allowed' | 'malformed-key';
    }
  | { readonly type: 'authenticationSucceeded'; readonly user: string; readonly method: string }
  /** Asks: `confirmChannel` or `refuseChannel`. Unknown types are refused without asking. */
  | { readonly type: 'channelOpenRequested'; readonly channel: ChannelId; readonly channelType: ChannelType };
