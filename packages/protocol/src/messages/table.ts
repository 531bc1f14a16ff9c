/**
 * All messages by number: name, struct, and between which ends of a conversation they may pass. Specification: RFC 4250 4.1.2. A
 * number can stand for several messages (30 to 49 by key exchange, 60 to 79 by method); then all structs stand here, tried in order.
 */
import type { Codec, Span } from '@seashell/core/wire';
import * as connection from './connection.ts';
import * as keyExchange from './key-exchange.ts';
import * as transport from './transport.ts';
import * as userauth from './userauth.ts';

/** What the table needs of a struct: nothing about its values. */
type AnyStruct = Pick<Codec<never>, 'spans' | 'type'> & { decode(bytes: Uint8Array): unknown };

interface MessageRow {
  readonly number: number;
  /** As in the RFC, without SSH_MSG_. */
  readonly name: string;
  readonly structs: readonly AnyStruct[];
}

const rows: readonly MessageRow[] = [
  { number: 1, name: 'DISCONNECT', structs: [transport.disconnect] },
  { number: 2, name: 'IGNORE', structs: [transport.ignore] },
  { number: 3, name: 'UNIMPLEMENTED', structs: [transport.unimplemented] },
  { number: 4, name: 'DEBUG', structs: [transport.debug] },
  { number: 5, name: 'SERVICE_REQUEST', structs: [transport.serviceRequest] },
  { number: 6, name: 'SERVICE_ACCEPT', structs: [transport.serviceAccept] },
  { number: 7, name: 'EXT_INFO', structs: [transport.extensionInfo] },
  { number: 20, name: 'KEXINIT', structs: [transport.keyExchangeInit] },
  { number: 21, name: 'NEWKEYS', structs: [transport.newKeys] },
  { number: 30, name: 'KEX_ECDH_INIT', structs: [keyExchange.ecdhInit] },
  { number: 31, name: 'KEX_ECDH_REPLY', structs: [keyExchange.ecdhReply] },
  { number: 50, name: 'USERAUTH_REQUEST', structs: [userauth.userauthRequest] },
  { number: 51, name: 'USERAUTH_FAILURE', structs: [userauth.userauthFailure] },
  { number: 52, name: 'USERAUTH_SUCCESS', structs: [userauth.userauthSuccess] },
  { number: 53, name: 'USERAUTH_BANNER', structs: [userauth.userauthBanner] },
  { number: 60, name: 'USERAUTH_PK_OK', structs: [userauth.publicKeyOk, userauth.passwordChangeRequest] },
  { number: 80, name: 'GLOBAL_REQUEST', structs: [connection.globalRequest] },
  { number: 81, name: 'REQUEST_SUCCESS', structs: [connection.requestSuccess] },
  { number: 82, name: 'REQUEST_FAILURE', structs: [connection.requestFailure] },
  { number: 90, name: 'CHANNEL_OPEN', structs: [connection.channelOpen] },
  { number: 91, name: 'CHANNEL_OPEN_CONFIRMATION', structs: [connection.channelOpenConfirmation] },
  { number: 92, name: 'CHANNEL_OPEN_FAILURE', structs: [connection.channelOpenFailure] },
  { number: 93, name: 'CHANNEL_WINDOW_ADJUST', structs: [connection.channelWindowAdjust] },
  { number: 94, name: 'CHANNEL_DATA', structs: [connection.channelData] },
  { number: 95, name: 'CHANNEL_EXTENDED_DATA', structs: [connection.channelExtendedData] },
  { number: 96, name: 'CHANNEL_EOF', structs: [connection.channelEof] },
  { number: 97, name: 'CHANNEL_CLOSE', structs: [connection.channelClose] },
  { number: 98, name: 'CHANNEL_REQUEST', structs: [connection.channelRequest] },
  { number: 99, name: 'CHANNEL_SUCCESS', structs: [connection.channelSuccess] },
  { number: 100, name: 'CHANNEL_FAILURE', structs: [connection.channelFailure] },
  { number: 192, name: 'PING', structs: [transport.ping] },
  { number: 193, name: 'PONG', structs: [transport.pong] },
];

const byNumber = new Map(rows.map((row) => [row.number, row]));

/** The message's name, or `unknown` for a number that no kept specification has. */
export function messageName(number: number): string {
  return byNumber.get(number)?.name ?? 'unknown';
}

/** Whether a kept specification has a message of this number. */
export function isKnownMessage(number: number): boolean {
  return byNumber.has(number);
}

/** The rows, for reference pages and tests. */
export function messageRows(): readonly MessageRow[] {
  return rows;
}

/** Where the fields of a payload lie. Of several structs the first that fits; of a malformed payload, as far as it goes. */
export function messageSpans(payload: Uint8Array): readonly Span[] {
  const structs = byNumber.get(payload[0] ?? 0)?.structs ?? [];
  const fitting = structs.find((each) => decodes(each, payload)) ?? structs[0];
  return fitting?.spans(payload) ?? [];
}

function decodes(each: AnyStruct, payload: Uint8Array): boolean {
  try {
    each.decode(payload);
    return true;
  } catch {
    return false;
  }
}
