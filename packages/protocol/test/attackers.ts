/** Raw peers at work on a server and on a client of ours, up to the point where each attack begins. */
import type {
  ClientCommand,
  ClientEvent,
  ClientOptions,
  ServerCommand,
  ServerEvent,
  ServerOptions,
} from '../src/index.ts';
import { makeClient, makeServer } from './fixtures.ts';
import { ordinaryClient, ordinaryServer } from './pair.ts';
import { payload, RawPeer, text, type ExchangeChanges } from './raw-peer.ts';

export type RawClient = RawPeer<ServerEvent, ServerCommand>;
export type RawServer = RawPeer<ClientEvent, ClientCommand>;

/** A raw client before it has said anything to our server. */
export function rawClient(options: Partial<ServerOptions> = {}): RawClient {
  return new RawPeer({ target: makeServer(options), answer: ordinaryServer, role: 'client' });
}

/** A raw server before it has said anything to our client. */
export function rawServer(options: Partial<ClientOptions> = {}): RawServer {
  return new RawPeer({ target: makeClient(options), answer: ordinaryClient, role: 'server' });
}

export const serviceRequest = (service: string): Uint8Array => payload(5, (writer) => text(writer, service));

/** A raw client after key exchange and `ssh-userauth`. */
export function clientInService(options: Partial<ServerOptions> = {}, changes: ExchangeChanges = {}): RawClient {
  const peer = rawClient(options);
  peer.exchange(changes);
  peer.send(serviceRequest('ssh-userauth'));
  peer.take(6);
  return peer;
}

export function passwordRequest(user: string, password: string, service = 'ssh-connection'): Uint8Array {
  return payload(50, (writer) => {
    for (const each of [user, service, 'password']) text(writer, each);
    writer.byte(0);
    text(writer, password);
  });
}

/** A raw client that is logged in. */
export function clientLoggedIn(options: Partial<ServerOptions> = {}): RawClient {
  const peer = clientInService(options);
  peer.send(passwordRequest('demo', 'seashell'));
  peer.take(52);
  return peer;
}

export interface OpenFields {
  readonly type?: string;
  readonly sender?: number;
  readonly window?: number;
  readonly maximumPacket?: number;
}

export function channelOpen({
  type = 'session',
  sender = 0,
  window = 65_536,
  maximumPacket = 32_768,
}: OpenFields = {}): Uint8Array {
  return payload(90, (writer) => {
    text(writer, type);
    writer.uint32(sender);
    writer.uint32(window);
    writer.uint32(maximumPacket);
  });
}

/** A raw client with an open session channel: 0 on both sides. */
export function clientInSession(options: Partial<ServerOptions> = {}, fields: OpenFields = {}): RawClient {
  const peer = clientLoggedIn(options);
  peer.send(channelOpen(fields));
  peer.take(91);
  return peer;
}

/** A raw server that has accepted `ssh-userauth`. */
export function serverInService(options: Partial<ClientOptions> = {}): RawServer {
  const peer = rawServer(options);
  peer.exchange();
  peer.take(5);
  peer.send(payload(6, (writer) => text(writer, 'ssh-userauth')));
  return peer;
}

/** A raw server whose client has logged in. */
export function serverLoggedIn(options: Partial<ClientOptions> = {}): RawServer {
  const peer = serverInService(options);
  peer.target.send({ type: 'authenticate', user: 'demo', method: { type: 'none' } }, 0);
  peer.pump();
  peer.take(50);
  peer.send(payload(52));
  return peer;
}

export function channelConfirmation(recipient = 0, window = 65_536, maximumPacket = 32_768): Uint8Array {
  return payload(91, (writer) => {
    for (const each of [recipient, 0, window, maximumPacket]) writer.uint32(each);
  });
}

/** A raw server with an open session channel: 0 on both sides. */
export function serverInSession(options: Partial<ClientOptions> = {}): RawServer {
  const peer = serverLoggedIn(options);
  peer.target.send({ type: 'openChannel', channel: 0, channelType: { type: 'session' } }, 0);
  peer.pump();
  peer.take(90);
  peer.send(channelConfirmation());
  return peer;
}

/** A message about channel 0 with more after it. */
export function onChannel(number: number, ...more: readonly (number | Uint8Array | string)[]): Uint8Array {
  return payload(number, (writer) => {
    writer.uint32(0);
    for (const each of more) {
      if (typeof each === 'number') writer.uint32(each);
      else if (typeof each === 'string') text(writer, each);
      else writer.string(each);
    }
  });
}

/** How the target ended: the code of the broken rule, `remote`, or undefined while it goes on. */
export function endingOf(peer: RawClient | RawServer): string | undefined {
  const ending = peer.events.find((event) => event.type === 'disconnected');
  return ending?.type === 'disconnected' ? (ending.error?.code ?? ending.by) : undefined;
}
