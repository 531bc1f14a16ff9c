/** What the steps of a login share: the connection, the settings, and who is at the other end. */
import type { CryptoProvider } from '@seashell/core/crypto';
import type { ClientCommand, ClientEvent, DisconnectedEvent, KeyExchangeInit } from '@seashell/protocol';
import type { System } from '@seashell/system';
import type { Peer } from '../connection/peer.ts';
import type { FindSecurityKeyDevice } from '../identity/security-key-device.ts';
import type { Log } from '../logging/log.ts';
import type { Identity } from './identities.ts';
import type { ClientSettings } from './settings.ts';
import type { PacketLog } from './packet-log.ts';
import type { PeerName, SshTexts } from './texts.ts';

export type LoginSystem = Pick<
  System,
  'files' | 'streams' | 'process' | 'terminal' | 'clock' | 'random' | 'host' | 'network'
>;

export interface Login {
  readonly system: LoginSystem;
  readonly log: Log;
  readonly texts: SshTexts;
  /** Our identification string. */
  readonly identification: string;
  readonly crypto: CryptoProvider;
  /** The way to an authenticator, if the machine has one. */
  readonly findSecurityKeyDevice: FindSecurityKeyDevice | undefined;
  readonly settings: ClientSettings;
  readonly peer: Peer<ClientCommand, ClientEvent>;
  readonly peerName: PeerName;
  readonly connectDeadlineMilliseconds: number | undefined;
  /** Whether the peer's identification string has come. */
  identified: boolean;
  /** After a changed host key that is let through: no passwords to it. */
  passwordsDisabled: boolean;
  /** UpdateHostKeys is off: the key is not trusted, or a name is missing. */
  updatesDisabled: boolean;
  serverSignatureAlgorithms: readonly string[] | undefined;
  readonly identities: readonly Identity[];
  /** What was proposed last. */
  localOffer: KeyExchangeInit | undefined;
  /** Only with -vvv. */
  readonly packetLog: PacketLog | undefined;
}

/** `sent`: an answer of the server is awaited. `exhausted`: nothing was sent, and the method is done with. */
export type Attempt = 'sent' | 'exhausted';

/** The next event; ends the process in ssh's words when there is none to come, or it is the end of the connection. */
export async function nextEvent(login: Login): Promise<Exclude<ClientEvent, DisconnectedEvent>> {
  for (;;) {
    const event = await login.peer.nextEvent(bannerDeadline(login));
    await login.packetLog?.write(login.log);
    if (event === undefined) return endOnTimeout(login);
    if (event.type === 'disconnected') return endDisconnected(login, event);
    if (!(await handleEverywhere(login, event))) return event;
  }
}

/** ConnectTimeout also covers the wait for the identification string. */
function bannerDeadline(login: Login): number | undefined {
  return login.identified ? undefined : login.connectDeadlineMilliseconds;
}

async function endOnTimeout(login: Login): Promise<never> {
  for (const line of login.texts.timedOut(login.peerName)) await login.log.error(line);
  return login.system.process.exit(255);
}

/** Events that may come at any time and change nothing of the order of things. */
async function handleEverywhere(login: Login, event: ClientEvent): Promise<boolean> {
  switch (event.type) {
    case 'debug':
      await login.log.write(event.alwaysDisplay ? 'INFO' : 'DEBUG1', `Remote: ${event.message}`);
      return true;
    case 'extensions':
      return handleExtensions(login, event);
    case 'lineBeforeIdentification':
      await login.log.debug1(`kex_exchange_identification: banner line 0: ${event.line}`);
      return true;
    case 'globalRequest':
      await login.log.debug1(`client_input_global_request: rtype ${event.name} want_reply ${event.wantReply ? 1 : 0}`);
      return true;
    default:
      return false;
  }
}

async function handleExtensions(login: Login, event: Extract<ClientEvent, { readonly type: 'extensions' }>) {
  await login.log.debug1('SSH2_MSG_EXT_INFO received');
  const algorithms = event.serverSignatureAlgorithms;
  if (algorithms !== undefined) {
    login.serverSignatureAlgorithms = algorithms;
    await login.log.debug1(`kex_ext_info_client_parse: server-sig-algs=<${algorithms.join(',')}>`);
  }
  for (const entry of event.entries) {
    if (entry.name === 'server-sig-algs') continue;
    await login.log.debug1(
      `kex_ext_info_check_ver: ${entry.name}=<${String.fromCharCode(...entry.value.slice(0, 64))}>`,
    );
  }
  return true;
}

/** The end of a connection before the session: says why, and ends the process with status 255. */
export async function endDisconnected(login: Login, event: DisconnectedEvent): Promise<never> {
  await login.peer.flush(login.system.clock.monotonic() + 1000);
  for (const line of disconnectionLines(login, event)) await login.log.error(line);
  return login.system.process.exit(255);
}

/** What ssh says about the end of a connection, line by line. */
export function disconnectionLines(login: Login, event: DisconnectedEvent): readonly string[] {
  const { texts, peerName } = login;
  const failure = login.peer.failure?.message;
  if (event.by === 'remote') return texts.receivedDisconnect(peerName, event.reason ?? 0, event.description);
  if (event.by === 'transport') {
    if (!login.identified) return texts.closedEarly(peerName, failure);
    return [failure === undefined ? texts.closed(peerName) : texts.reset(peerName, failure)];
  }
  const { error } = event;
  if (error === undefined) return [];
  const { algorithmKind: kind, theirOffer } = error.detail;
  if (error.code === 'no-common-algorithm' && kind !== undefined) {
    return [texts.noCommonAlgorithm(peerName, { kind, theirOffer: theirOffer ?? '', ourOffer: '' })];
  }
  return [
    `ssh_dispatch_run_fatal: Connection to ${peerName.address} port ${peerName.port}: ${errorWords(login, event)}`,
  ];
}

/** ssherr.c's words where it has some for the error, ours where it has not. */
function errorWords(login: Login, event: DisconnectedEvent): string {
  const words: Readonly<Record<string, string>> = {
    mac: 'message authentication code incorrect',
    decode: 'invalid format',
    'packet-length': 'Connection corrupted',
    padding: 'Connection corrupted',
    'host-key-signature': 'incorrect signature',
    identification: 'could not read protocol version',
  };
  const { error } = event;
  if (error === undefined) return 'Protocol error';
  return words[error.code] ?? (login.log.has('DEBUG1') ? error.message : 'Protocol error');
}
