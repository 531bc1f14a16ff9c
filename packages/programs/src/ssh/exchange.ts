/** From the identification strings to keys on both sides, with the question whether this is the right host in between. */
import { disconnectReasons, type ClientEvent, type KeyExchangeInit } from '@seashell/protocol';
import { isTooSmall, tooSmallWords } from '../identity/required-size.ts';
import type { Log } from '../logging/log.ts';
import { checkHostKey, describeHostKey, showFingerprint } from './host-key.ts';
import type { KnownHosts } from './known-hosts.ts';
import { nextEvent, type Login } from './login.ts';

/** Runs until authentication may begin. Ends the process when the host key is refused or the connection ends. */
export async function exchangeKeys(login: Login, known: KnownHosts): Promise<void> {
  await login.log.debug1(`Local version string ${login.identification}`);
  for (;;) {
    const event = await nextEvent(login);
    if (event.type === 'authenticationReady') {
      await login.log.debug1('SSH2_MSG_SERVICE_ACCEPT received');
      return;
    }
    await handle(login, known, event);
  }
}

async function handle(login: Login, known: KnownHosts, event: ClientEvent): Promise<void> {
  switch (event.type) {
    case 'identified':
      login.identified = true;
      return sayIdentified(login, event.identification);
    case 'algorithmsNegotiated':
      return sayAlgorithms(login, event);
    case 'hostKeyReceived':
      return answerHostKey(login, known, event.key);
    case 'keyExchanged':
      return sayKeyExchanged(login, event);
    default:
      return undefined;
  }
}

async function sayIdentified(login: Login, identification: string): Promise<void> {
  const { log, settings } = login;
  const [, version = '2.0', software = ''] = /^SSH-([^-]+)-(.*)$/.exec(identification) ?? [];
  await log.debug1(`Remote protocol version ${version}, remote software version ${software}`);
  if (software.startsWith('OpenSSH')) {
    await log.debug1(`compat_banner: match: ${software} pat OpenSSH* compat 0x04000000`);
  }
  await log.debug1(`Authenticating to ${settings.host}:${settings.port} as '${settings.user}'`);
  await log.debug1('SSH2_MSG_KEXINIT sent');
}

type Negotiated = Extract<ClientEvent, { readonly type: 'algorithmsNegotiated' }>;
type Exchanged = Extract<ClientEvent, { readonly type: 'keyExchanged' }>;

/** A key exchange in the middle of a session is told like the first. */
export async function sayRekey(login: Login, event: Negotiated | Exchanged): Promise<void> {
  if (event.type === 'keyExchanged') return sayKeyExchanged(login, event);
  await login.log.debug1('SSH2_MSG_KEXINIT sent');
  return sayAlgorithms(login, event);
}

async function sayAlgorithms(login: Login, { algorithms, localOffer, remoteOffer }: Negotiated): Promise<void> {
  const { log } = login;
  login.localOffer = localOffer;
  const { clientToServer: out, serverToClient: back } = algorithms;
  await log.debug1('SSH2_MSG_KEXINIT received');
  await sayProposal(log, 'local client KEXINIT proposal', localOffer);
  await sayProposal(log, 'peer server KEXINIT proposal', remoteOffer);
  await log.debug1(`kex: algorithm: ${algorithms.kex}`);
  await log.debug1(`kex: host key algorithm: ${algorithms.hostKey}`);
  await log.debug1(`kex: server->client cipher: ${back.cipher} MAC: ${back.mac} compression: ${back.compression}`);
  await log.debug1(`kex: client->server cipher: ${out.cipher} MAC: ${out.mac} compression: ${out.compression}`);
  if (algorithms.strict) await log.debug3('kex_choose_conf: will use strict KEX ordering');
  await log.debug1('expecting SSH2_MSG_KEX_ECDH_REPLY');
}

/** kex_prop2buf() and kex_buf2prop(). */
async function sayProposal(log: Log, title: string | undefined, offer: KeyExchangeInit): Promise<void> {
  if (!log.has('DEBUG2')) return;
  if (title !== undefined) await log.debug2(title);
  const lists = [
    ['KEX algorithms', offer.kexAlgorithms],
    ['host key algorithms', offer.serverHostKeyAlgorithms],
    ['ciphers ctos', offer.encryptionAlgorithmsClientToServer],
    ['ciphers stoc', offer.encryptionAlgorithmsServerToClient],
    ['MACs ctos', offer.macAlgorithmsClientToServer],
    ['MACs stoc', offer.macAlgorithmsServerToClient],
    ['compression ctos', offer.compressionAlgorithmsClientToServer],
    ['compression stoc', offer.compressionAlgorithmsServerToClient],
    ['languages ctos', offer.languagesClientToServer],
    ['languages stoc', offer.languagesServerToClient],
  ] as const;
  for (const [name, names] of lists) await log.debug2(`${name}: ${names.join(',')}`);
  await log.debug2(`first_kex_follows ${offer.firstKexPacketFollows ? 1 : 0} `);
  await log.debug2('reserved 0 ');
}

async function answerHostKey(login: Login, known: KnownHosts, blob: Uint8Array): Promise<void> {
  const { log, peer, system } = login;
  const checked = describeHostKey(login, blob);
  await log.debug1('SSH2_MSG_KEX_ECDH_REPLY received');
  if (isTooSmall(checked.key, login.settings.settings.get('RequiredRSASize'))) {
    await log.fatal(`Bad server host key: ${tooSmallWords}`);
  }
  await log.debug1(`Server host key: ${checked.key.type} ${showFingerprint(login, blob)}`);
  if (await checkHostKey(login, checked, known)) {
    peer.send({ type: 'acceptHostKey' });
    return;
  }
  const reason = disconnectReasons.hostKeyNotVerifiable;
  peer.send({ type: 'disconnect', reason, description: 'Host key verification failed.' });
  await peer.flush(system.clock.monotonic() + 1000);
  await log.fatal('Host key verification failed.');
}

async function sayKeyExchanged(login: Login, { algorithms, first }: Exchanged): Promise<void> {
  const { log, settings, texts } = login;
  await log.debug1('rekey out after 134217728 blocks');
  await log.debug1('SSH2_MSG_NEWKEYS sent');
  await log.debug1('expecting SSH2_MSG_NEWKEYS');
  await log.debug1('SSH2_MSG_NEWKEYS received');
  await log.debug1('rekey in after 134217728 blocks');
  // The proposal for the next exchange, which 10.5 makes at once.
  if (first && login.localOffer !== undefined && settings.settings.version === '10') {
    await sayProposal(log, undefined, login.localOffer);
  }
  const isWished = settings.settings.has('KexAlgorithms') || settings.settings.get('WarnWeakCrypto') === 'no';
  if (!first || algorithms.postQuantum || isWished) return;
  for (const line of texts.postQuantumWarning) await log.info(line);
}
