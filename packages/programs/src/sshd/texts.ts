/** What sshd and sshd-session say and log, by OpenSSH version: lists/messages.tsv (sshd.c, auth.c, session.c, packet.c) and lists-6.6. */
import type { HostFacts } from '@seashell/system';
import { usage10, usage66 } from './usage.ts';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface Caller {
  /** `demo`, or `invalid user demo`. */
  readonly shown: string;
  readonly peer: Endpoint;
}

export interface SshdTexts {
  readonly usage: string;
  readonly needsAbsolutePath: string;
  connection(remote: Endpoint, local: Endpoint): string;
  /** One line, or two in 6.6. */
  invalidUser(user: string, peer: Endpoint): readonly string[];
  refusedUserExtra(user: string): readonly string[];
  rootRefused(peer: Endpoint): string;
  closedBeforeLogin(peer: Endpoint, who: string): string;
  resetBeforeLogin(peer: Endpoint, who: string): string;
  tooManyFailures(user: string, caller: Caller): readonly { readonly level: 'ERROR' | 'INFO'; readonly text: string }[];
  noIdentification(peer: Endpoint): string;
  badIdentification(peer: Endpoint): string;
  unableToNegotiate(peer: Endpoint, what: { readonly kind: string; readonly theirOffer: string }): string;
  receivedDisconnect(peer: Endpoint, reason: number, description: string): string;
  disconnected(user: string, peer: Endpoint): string | undefined;
  closed(peer: Endpoint): string;
  startingSession(session: {
    readonly what: string;
    readonly user: string;
    readonly peer: Endpoint;
    readonly id: number;
  }): string;
  closeSession(session: { readonly user: string; readonly peer: Endpoint; readonly id: number }): string | undefined;
  graceExceeded(remote: Endpoint, local: Endpoint, pid: number): string;
  clientDead(user: string, peer: Endpoint): string;
  notPermittedHost(facts: NotPermitted): string;
}

export interface NotPermitted {
  readonly place: string;
  readonly user: string;
  readonly host: string;
  readonly address: string;
  readonly required: string;
}

const endpoint = ({ address, port }: Endpoint) => `${address} port ${port}`;

const negotiationWords: Readonly<Record<string, string>> = {
  kex: 'key exchange method',
  hostKey: 'host key type',
  cipher: 'cipher',
  mac: 'MAC',
  compression: 'compression method',
};

const texts10: SshdTexts = {
  usage: usage10,
  needsAbsolutePath: 'sshd requires execution with an absolute path',
  connection: (remote, local) => `Connection from ${endpoint(remote)} on ${endpoint(local)} rdomain ""`,
  invalidUser: (user, peer) => [`Invalid user ${user} from ${endpoint(peer)}`],
  refusedUserExtra: () => [],
  rootRefused: (peer) => `ROOT LOGIN REFUSED FROM ${endpoint(peer)}`,
  closedBeforeLogin: (peer, who) => `Connection closed by ${who}${endpoint(peer)}`,
  resetBeforeLogin: (peer, who) => `Connection reset by ${who}${endpoint(peer)}`,
  tooManyFailures: (_, { shown, peer }) => [
    { level: 'ERROR', text: `maximum authentication attempts exceeded for ${shown} from ${endpoint(peer)} ssh2` },
    { level: 'INFO', text: `Disconnecting ${whoOf(shown)}${endpoint(peer)}: Too many authentication failures` },
  ],
  noIdentification: (peer) => `Connection closed by ${endpoint(peer)}`,
  badIdentification: (peer) => `banner exchange: Connection from ${endpoint(peer)}: invalid format`,
  unableToNegotiate: (peer, { kind, theirOffer }) =>
    `Unable to negotiate with ${endpoint(peer)}: no matching ${negotiationWords[kind] ?? kind} found. Their offer: ${theirOffer}`,
  receivedDisconnect: (peer, reason, description) =>
    `Received disconnect from ${endpoint(peer)}:${reason}: ${description}`,
  disconnected: (user, peer) => `Disconnected from user ${user} ${endpoint(peer)}`,
  closed: (peer) => `Connection closed by ${endpoint(peer)}`,
  startingSession: ({ what, user, peer, id }) =>
    `Starting session: ${what} for ${user} from ${endpoint(peer)} id ${id}`,
  closeSession: ({ user, peer, id }) => `Close session: user ${user} from ${endpoint(peer)} id ${id}`,
  graceExceeded: (remote, local, pid) =>
    `Timeout before authentication for connection from ${remote.address} to ${local.address}, pid = ${pid}`,
  clientDead: (user, peer) => `Timeout, client not responding from user ${user} ${endpoint(peer)}`,
  notPermittedHost: ({ place, user, host, address, required }) =>
    `${place}: Authentication tried for ${user} with correct key but not from a permitted host (host=${host}, ip=${address}, required=${required}).`,
};

/** `authenticating user demo ` or `invalid user demo `, as remote ids are built before login. */
function whoOf(shown: string): string {
  return shown.startsWith('invalid user ') ? `${shown} ` : `authenticating user ${shown} `;
}

const texts66: SshdTexts = {
  ...texts10,
  usage: usage66,
  needsAbsolutePath: 'sshd re-exec requires execution with an absolute path',
  connection: (remote, local) => `Connection from ${endpoint(remote)} on ${endpoint(local)}`,
  invalidUser: (user, peer) => [`Invalid user ${user} from ${peer.address}`],
  refusedUserExtra: (user) => [`input_userauth_request: invalid user ${user}`],
  rootRefused: (peer) => `ROOT LOGIN REFUSED FROM ${peer.address}`,
  closedBeforeLogin: (peer) => `Connection closed by ${peer.address}`,
  resetBeforeLogin: () => 'Read from socket failed: Connection reset by peer',
  tooManyFailures: (user) => [{ level: 'INFO', text: `Disconnecting: Too many authentication failures for ${user}` }],
  noIdentification: (peer) => `Did not receive identification string from ${peer.address}`,
  badIdentification: (peer) => `Bad protocol version identification from ${endpoint(peer)}`,
  unableToNegotiate: (_, { kind }) =>
    kind === 'hostKey' ? 'no hostkey alg' : `no matching ${negotiationWords[kind] ?? kind} found`,
  receivedDisconnect: (peer, reason, description) =>
    `Received disconnect from ${peer.address}: ${reason}: ${description}`,
  disconnected: () => undefined,
  closed: (peer) => `Connection closed by ${peer.address}`,
  startingSession: ({ what, user, peer }) => `Starting session: ${what} for ${user} from ${endpoint(peer)}`,
  closeSession: () => undefined,
  graceExceeded: (remote) => `Timeout before authentication for ${remote.address}`,
  clientDead: () => 'Timeout, client not responding.',
  notPermittedHost: ({ user, host, address }) =>
    `Authentication tried for ${user} with correct key but not from a permitted host (host=${host}, ip=${address}).`,
};

export const texts: Readonly<Record<HostFacts['openSsh'], SshdTexts>> = { '10': texts10, '6.6': texts66 };
