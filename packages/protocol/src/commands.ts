/**
 * Commands: all that the owner of a connection can tell it, as data. Events ask (`events.ts`), commands answer; there are no
 * callbacks. Byte arrays in a command are read before `send` returns and stay the caller's. Specification: RFC 4252, 4253, 4254.
 */
import type { ChannelRequest, ChannelType } from './connection/channel-requests.ts';

/** A channel's number on our side (`localId`); the owner never sees the peer's. */
export type ChannelId = number;

/** What the client proves itself with, RFC 4252. */
export type ClientAuthenticationMethod =
  /** Answered by a failure that lists the methods, or by success where no proof is asked (RFC 4252 5.2). */
  | { readonly type: 'none' }
  /** RFC 4252 8. */
  | { readonly type: 'password'; readonly password: string; readonly newPassword?: string }
  /**
   * RFC 4252 7. `query` asks whether the key would do (event `publicKeyAccepted`, or `authenticationFailed`); `sign` asks the owner
   * for the signature (event `signatureWanted`) and sends the request. `key` is the public key blob, `algorithm` the signature
   * algorithm (`rsa-sha2-512` for an `ssh-rsa` key).
   */
  | {
      readonly type: 'publickey';
      readonly step: 'query' | 'sign';
      readonly algorithm: string;
      readonly key: Uint8Array;
    };

/** Commands of both roles. */
export type ConnectionCommand =
  /** Sends SSH_MSG_DISCONNECT and ends the connection. Reasons: `disconnectReasons`. Description ''  and `byApplication` for `exit`. */
  | { readonly type: 'disconnect'; readonly reason: number; readonly description: string }
  /** Starts a key exchange, as OpenSSH's `~R`. Does nothing while one is under way. */
  | { readonly type: 'rekey' }
  /**
   * Data for the peer. Never more than `sendable(channel)` gives at that moment; more is the owner's mistake (assertion).
   * `stderr` is extended data of type 1 (only a server of sessions sends it).
   */
  | { readonly type: 'data'; readonly channel: ChannelId; readonly bytes: Uint8Array; readonly stream?: 'stderr' }
  /** No more data from us. */
  | { readonly type: 'eof'; readonly channel: ChannelId }
  /** Closes the channel; the event `channelClosed` follows when the peer has closed it too. Twice does nothing. */
  | { readonly type: 'closeChannel'; readonly channel: ChannelId }
  /** The owner has used `bytes` of the data it was given: the peer may send as many again. Without it the window runs dry. */
  | { readonly type: 'consume'; readonly channel: ChannelId; readonly bytes: number }
  /** Sends a channel request; with `wantReply` the event `channelRequestAnswered` follows, in the order of the requests. */
  | {
      readonly type: 'channelRequest';
      readonly channel: ChannelId;
      readonly request: ChannelRequest;
      readonly wantReply: boolean;
    }
  /** Answers the channel's oldest `channelRequest` event that has `wantReply`. */
  | { readonly type: 'answerChannelRequest'; readonly channel: ChannelId; readonly success: boolean }
  /** Sends a global request; with `wantReply` the event `globalRequestAnswered` follows. `data` is what follows `want reply` (RFC 4254 4). */
  | { readonly type: 'globalRequest'; readonly name: string; readonly wantReply: boolean; readonly data?: Uint8Array }
  /** A `keepalive@openssh.com` that wants a reply; whatever the answer, `keepaliveAnswered` follows. */
  | { readonly type: 'keepalive' }
  /** SSH_MSG_DEBUG: a text for the peer's user, as sshd's "Remote: ..." lines (RFC 4253 11.3). */
  | { readonly type: 'debug'; readonly alwaysDisplay: boolean; readonly message: string }
  /** SSH2_MSG_PING (OpenSSH PROTOCOL 1.9); `pong` follows. Only if the peer's `extensions` named `ping@openssh.com`. */
  | { readonly type: 'ping'; readonly data: Uint8Array };

/** Commands of a client. */
export type ClientCommand =
  | ConnectionCommand
  /** Answers `hostKeyReceived`. To refuse it, `disconnect`. */
  | { readonly type: 'acceptHostKey' }
  /** One attempt; at most one at a time, after `authenticationReady`. Events: see `ClientAuthenticationMethod`. */
  | {
      readonly type: 'authenticate';
      readonly user: string;
      readonly method: ClientAuthenticationMethod;
      /** The service wanted after it: `ssh-connection` if left out. */
      readonly service?: string;
    }
  /** Answers `signatureWanted`: the signature blob (algorithm name and value), RFC 4253 6.6. */
  | { readonly type: 'provideSignature'; readonly signature: Uint8Array }
  /** Answers `signatureWanted`: no signature is to be had; the attempt is given up and nothing was sent. */
  | { readonly type: 'refuseSignature' }
  /** Opens a channel, numbered `channel`, as `freeChannel()` told. `channelOpened` or `channelOpenFailed` follows. */
  | { readonly type: 'openChannel'; readonly channel: ChannelId; readonly channelType: ChannelType }
  /** Answers `hostKeysAnnounced`: asks the server to prove that it holds these keys (OpenSSH PROTOCOL 2.5); `hostKeysProved` follows. */
  | { readonly type: 'proveHostKeys'; readonly keys: readonly Uint8Array[] };

/** Commands of a server. */
export type ServerCommand =
  | ConnectionCommand
  /** Answers `hostKeySignatureWanted`: one signature blob. */
  | { readonly type: 'provideSignature'; readonly signature: Uint8Array }
  /** Answers `hostKeyProofsWanted`: as many signature blobs as were asked for. */
  | { readonly type: 'provideHostKeyProofs'; readonly signatures: readonly Uint8Array[] }
  /** Answers `authenticationRequested`: the user is in. After it only the connection service runs. */
  | { readonly type: 'acceptAuthentication' }
  /** Answers `authenticationRequested` of a `publickey` query: this key would do (SSH_MSG_USERAUTH_PK_OK). */
  | { readonly type: 'confirmPublicKey' }
  /** Answers `authenticationRequested`. `methods`: names of those that can continue. */
  | {
      readonly type: 'rejectAuthentication';
      readonly methods: readonly string[];
      readonly partialSuccess?: boolean;
      /** Whether it counts against `maximumAuthenticationAttempts`: by default all but partial success and `none` as the first request. */
      readonly counts?: boolean;
    }
  /** Shows a text before authentication is finished (SSH_MSG_USERAUTH_BANNER), sshd_config Banner. */
  | { readonly type: 'banner'; readonly message: string }
  /** Answers `channelOpenRequested`. */
  | { readonly type: 'confirmChannel'; readonly channel: ChannelId }
  /** Answers `channelOpenRequested`. Reasons: `channelOpenFailureReasons`. */
  | {
      readonly type: 'refuseChannel';
      readonly channel: ChannelId;
      readonly reason: number;
      readonly description: string;
    }
  /** Tells all host keys after authentication (`hostkeys-00@openssh.com`, OpenSSH PROTOCOL 2.5), as sshd does on its own. */
  | { readonly type: 'announceHostKeys'; readonly keys: readonly Uint8Array[] };
