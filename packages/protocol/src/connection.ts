/**
 * What both roles' connections offer: bytes in, events out; commands in, bytes out. No I/O, clock or randomness of its own, so the
 * same options, inputs and moments give the same bytes. The two roles: `new ClientConnection(options: ClientOptions)` in
 * `client-connection.ts` is a `Connection<ClientCommand, ClientEvent>`, `new ServerConnection(options: ServerOptions)` in
 * `server-connection.ts` a `Connection<ServerCommand, ServerEvent>`.
 */
import type { CryptoProvider } from '@seashell/core/crypto';
import type { ChannelId } from './commands.ts';
import type { ProtocolLimits } from './limits.ts';
import type { AlgorithmPreferences } from './transport/algorithms/preferences.ts';
import type { TraceListener } from './trace.ts';

/**
 * A connection, seen by its owner. The loop of a program: give what was read to `receive`, act on `takeEvents`, write
 * `takeOutput`, and wait for the socket (reading only while `wantsInput`), for its own sources, or for `nextTimeout`.
 * Times are milliseconds on a clock of the caller that only moves forward.
 */
export interface Connection<Command, Event> {
  /** Bytes from the peer, cut anywhere. They are copied where they must be kept. */
  receive(bytes: Uint8Array, nowMilliseconds: number): void;
  /** The peer's stream has ended. */
  receiveEnd(nowMilliseconds: number): void;
  /** Does what the command says. Output and events may follow. A command out of turn is the owner's mistake: an assertion. */
  send(command: Command, nowMilliseconds: number): void;
  /** Time has passed: to be called at `nextTimeout`. Earlier or later does no harm. */
  advance(nowMilliseconds: number): void;
  /** The moment at which `advance` has something to do; undefined when only bytes or commands can change anything. */
  nextTimeout(): number | undefined;
  /** All bytes for the peer since the last call; empty when there are none. The array is the caller's. */
  takeOutput(): Uint8Array;
  /** All events since the last call, oldest first. */
  takeEvents(): readonly Event[];
  /** False while reading on would only fill memory: an answer is awaited, replies wait to be taken, or the connection is over. */
  readonly wantsInput: boolean;
  /** True after `disconnected`; output may remain to be taken. */
  readonly isClosed: boolean;
  /** How many bytes of data may be sent on the channel now: what the peer's window allows, 0 during a key exchange. */
  sendable(channel: ChannelId): number;
  /** The number that the next channel gets: the lowest free one. */
  freeChannel(): ChannelId;
}

/** What a connection of either role is made from. */
export interface ConnectionOptions {
  /** Our identification string, without CR LF: `SSH-2.0-OpenSSH_10.5`. */
  readonly identification: string;
  readonly crypto: CryptoProvider;
  /** Bytes fit for keys: ephemeral secrets, cookies, padding. */
  readonly random: (lengthBytes: number) => Uint8Array;
  /** Names in order of preference, each an implemented one: `defaultPreferences('10')` and what the configuration makes of it. */
  readonly algorithms: AlgorithmPreferences;
  readonly limits?: Partial<ProtocolLimits>;
  /** Bytes that one key may protect before a rekey, per direction (RekeyLimit); RFC 4344 3.2 and the cipher's own bound always hold. */
  readonly rekeyBytes?: number;
  /** Time that one key may be used (RekeyLimit's second argument). */
  readonly rekeyMilliseconds?: number;
  /** Start of the conversation on the caller's clock; 0 if left out. */
  readonly nowMilliseconds?: number;
  /** Gets every packet and state change while it is given; nothing is built otherwise. */
  readonly trace?: TraceListener;
}

/** What a client is made from. */
export type ClientOptions = ConnectionOptions;

/** What a server is made from. */
export interface ServerOptions extends ConnectionOptions {
  /** Public key blobs; an RSA key serves each of the RSA signature algorithms that are allowed. */
  readonly hostKeys: readonly Uint8Array[];
  /** Signature algorithms of users' keys that are taken and told in `server-sig-algs` (PubkeyAcceptedAlgorithms). */
  readonly publicKeyAlgorithms: readonly string[];
  /** Failures after which the connection ends: MaxAuthTries, 6 if left out. */
  readonly maximumAuthenticationAttempts?: number;
  /** From the start until authentication must be finished: LoginGraceTime; no limit if left out. */
  readonly loginGraceMilliseconds?: number;
}
