/**
 * Choosing algorithms: for each kind the first of the client's names that the server has too. Specification: RFC 4253 7.1; the
 * pseudo-algorithms are those of RFC 8308 2.1 and of OpenSSH PROTOCOL 1.10 (strict key exchange).
 */
import type { NegotiatedAlgorithms } from '../events.ts';
import type { KeyExchangeInit } from '../messages/transport.ts';
import { disconnectReasons, ProtocolError } from '../protocol-error.ts';
import { findCipher } from './algorithms/cipher/index.ts';
import { findKex } from './algorithms/kex/index.ts';

/** Names in a kex list that say what a side can do, and are never chosen. */
export const pseudoAlgorithms = {
  extensionInfoClient: 'ext-info-c',
  extensionInfoServer: 'ext-info-s',
  strictClient: 'kex-strict-c-v00@openssh.com',
  strictServer: 'kex-strict-s-v00@openssh.com',
} as const;

const pseudoNames = new Set<string>(Object.values(pseudoAlgorithms));

/** The two offers; `peer` says whose list is shown in errors. */
export interface Offers {
  readonly client: KeyExchangeInit;
  readonly server: KeyExchangeInit;
  readonly peer: 'client' | 'server';
  /** Strict key exchange was agreed in the first exchange, or is offered by both in this first one. */
  readonly strict: boolean;
}

/** What both agree on. Throws ProtocolError `no-common-algorithm`. */
export function negotiate(offers: Offers): NegotiatedAlgorithms {
  const kex = choose(offers, 'kex', (init) => init.kexAlgorithms.filter((name) => !pseudoNames.has(name)));
  const hostKey = choose(offers, 'hostKey', (init) => init.serverHostKeyAlgorithms);
  return {
    kex,
    hostKey,
    clientToServer: chooseDirection(offers, {
      ciphers: (init) => init.encryptionAlgorithmsClientToServer,
      macs: (init) => init.macAlgorithmsClientToServer,
      compressions: (init) => init.compressionAlgorithmsClientToServer,
    }),
    serverToClient: chooseDirection(offers, {
      ciphers: (init) => init.encryptionAlgorithmsServerToClient,
      macs: (init) => init.macAlgorithmsServerToClient,
      compressions: (init) => init.compressionAlgorithmsServerToClient,
    }),
    postQuantum: findKex(kex).isPostQuantum,
    strict: offers.strict,
  };
}

/** Whether the packet that follows a KEXINIT is for an exchange that was not agreed upon, and must be ignored (RFC 4253 7). */
export function isWrongGuess(theirs: KeyExchangeInit, ours: KeyExchangeInit): boolean {
  if (!theirs.firstKexPacketFollows) return false;
  const sameKex = theirs.kexAlgorithms[0] === ours.kexAlgorithms[0];
  return !(sameKex && theirs.serverHostKeyAlgorithms[0] === ours.serverHostKeyAlgorithms[0]);
}

type ListOf = (init: KeyExchangeInit) => readonly string[];

interface DirectionLists {
  readonly ciphers: ListOf;
  readonly macs: ListOf;
  readonly compressions: ListOf;
}

function chooseDirection(offers: Offers, lists: DirectionLists): NegotiatedAlgorithms['clientToServer'] {
  const cipher = choose(offers, 'cipher', lists.ciphers);
  const mac = findCipher(cipher).hasOwnMac ? '<implicit>' : choose(offers, 'mac', lists.macs);
  return { cipher, mac, compression: choose(offers, 'compression', lists.compressions) };
}

function choose(offers: Offers, algorithmKind: string, listOf: ListOf): string {
  const serverNames = new Set(listOf(offers.server));
  const chosen = listOf(offers.client).find((name) => serverNames.has(name));
  if (chosen !== undefined) return chosen;
  throw new ProtocolError('no-common-algorithm', `no matching ${words[algorithmKind] ?? algorithmKind} found`, {
    clause: 'RFC 4253 7.1',
    reason: disconnectReasons.keyExchangeFailed,
    detail: { algorithmKind, theirOffer: listOf(offers[offers.peer]).join(',') },
  });
}

/** OpenSSH's words for the kinds. */
const words: Readonly<Record<string, string>> = {
  kex: 'key exchange method',
  hostKey: 'host key type',
  cipher: 'cipher',
  mac: 'MAC',
  compression: 'compression method',
};
