/** Our KEXINIT: the preferences, with what only the first exchange says. Specification: RFC 4253 7.1. */
import { decodePublicKey } from '@seashell/core/keys';
import type { KeyExchangeInit } from '../messages/transport.ts';
import { keyTypeOfAlgorithm } from './algorithms/hostkey/index.ts';
import { pseudoAlgorithms } from './negotiation.ts';
import type { TransportSettings } from './settings.ts';

const cookieSizeBytes = 16;

/** What we offer; `isFirst` adds the pseudo-algorithms. */
export function makeOffer(settings: TransportSettings, isFirst: boolean): KeyExchangeInit {
  const { algorithms } = settings;
  return {
    number: 20,
    cookie: settings.random(cookieSizeBytes),
    kexAlgorithms: [...algorithms.kex, ...(isFirst ? abilities(settings) : [])],
    serverHostKeyAlgorithms: hostKeyAlgorithms(settings),
    encryptionAlgorithmsClientToServer: algorithms.cipher,
    encryptionAlgorithmsServerToClient: algorithms.cipher,
    macAlgorithmsClientToServer: algorithms.mac,
    macAlgorithmsServerToClient: algorithms.mac,
    compressionAlgorithmsClientToServer: algorithms.compression,
    compressionAlgorithmsServerToClient: algorithms.compression,
    languagesClientToServer: [],
    languagesServerToClient: [],
    firstKexPacketFollows: false,
    reserved: 0,
  };
}

function abilities({ role, algorithms }: TransportSettings): readonly string[] {
  const isClient = role === 'client';
  const extension = isClient ? pseudoAlgorithms.extensionInfoClient : pseudoAlgorithms.extensionInfoServer;
  const strict = isClient ? pseudoAlgorithms.strictClient : pseudoAlgorithms.strictServer;
  return [...(algorithms.extensionInfo ? [extension] : []), ...(algorithms.strictKeyExchange ? [strict] : [])];
}

/** A server offers only what its keys can sign. */
function hostKeyAlgorithms({ role, algorithms, hostKeys }: TransportSettings): readonly string[] {
  if (role === 'client') return algorithms.hostKey;
  const keyTypes = new Set<string>(hostKeys.map((blob) => decodePublicKey(blob).type));
  return algorithms.hostKey.filter((name) => keyTypes.has(keyTypeOfAlgorithm(name) ?? ''));
}
