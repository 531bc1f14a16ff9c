/**
 * One key exchange, from both KEXINITs to both NEWKEYS, as a conversation; the first one of a connection and each rekey.
 * Specification: RFC 4253 7, 8; strict key exchange: OpenSSH PROTOCOL 1.10.
 */
import type { CryptoProvider } from '@seashell/core/crypto';
import { decodePublicKey, verifySignature } from '@seashell/core/keys';
import { concatBytes, equalBytes, string, utf8Encode } from '@seashell/core/wire';
import { awaitCommand, awaitMessage, type Conversation } from '../conversation.ts';
import type { ClientEvent, NegotiatedAlgorithms, ServerEvent } from '../events.ts';
import { ecdhInit, ecdhReply } from '../messages/key-exchange.ts';
import { keyExchangeInit, newKeys, type KeyExchangeInit } from '../messages/transport.ts';
import { disconnectReasons, ProtocolError } from '../protocol-error.ts';
import { keyTypeOfAlgorithm } from './algorithms/hostkey/index.ts';
import { findKex } from './algorithms/kex/index.ts';
import type { KeySource } from './key-derivation.ts';
import { isWrongGuess, negotiate, pseudoAlgorithms } from './negotiation.ts';

/** What the transport lends to a key exchange. */
interface KeyExchangeContext {
  readonly role: 'client' | 'server';
  readonly crypto: CryptoProvider;
  readonly random: (lengthBytes: number) => Uint8Array;
  /** Both identification strings, without CR LF. */
  readonly identifications: { readonly client: string; readonly server: string };
  /** Our offer. */
  readonly offer: KeyExchangeInit;
  /** Undefined in the first exchange. */
  readonly sessionId: Uint8Array | undefined;
  /** Whether the first exchange agreed on strict key exchange; undefined in it. */
  readonly strict: boolean | undefined;
  /** Server: our host keys' blobs. */
  readonly hostKeys: readonly Uint8Array[];
  /** Client: the host key of the first exchange. */
  readonly acceptedHostKey: Uint8Array | undefined;
  send(payload: Uint8Array): void;
  tell(event: ClientEvent | ServerEvent): void;
  /** The first exchange is strict: nothing but its messages may come, and KEXINIT was the first of all. */
  beStrict(): void;
  /** Ignores the first message of the peer's method, which it sent on a wrong guess. */
  skipGuess(): void;
  /** Our NEWKEYS has been sent: what follows is sealed by the new keys. */
  useForSending(agreed: Agreed): void;
  /** Their NEWKEYS has come. */
  useForReceiving(agreed: Agreed): void;
}

/** The result of an exchange. */
export interface Agreed {
  readonly algorithms: NegotiatedAlgorithms;
  readonly source: KeySource;
  /** The server's host key. */
  readonly hostKey: Uint8Array;
  /** The peer offered to take SSH_MSG_EXT_INFO. */
  readonly peerTakesExtensionInfo: boolean;
}

interface Payloads {
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
}

interface Secret {
  readonly sharedSecret: Uint8Array;
  readonly exchangeHash: Uint8Array;
  readonly hostKey: Uint8Array;
}

export function* exchangeKeys(context: KeyExchangeContext): Conversation<Agreed> {
  const ours = keyExchangeInit.encode(context.offer);
  context.send(ours);
  const theirs = yield* awaitMessage(20);
  const theirOffer = keyExchangeInit.decode(theirs);
  const algorithms = agree(context, theirOffer);
  context.tell({ type: 'algorithmsNegotiated', algorithms, localOffer: context.offer, remoteOffer: theirOffer });
  if (isWrongGuess(theirOffer, context.offer)) context.skipGuess();
  const half = context.role === 'client' ? clientHalf : serverHalf;
  const secret = yield* half({ context, algorithms, payloads: { ours, theirs } });
  const agreed: Agreed = {
    algorithms,
    source: {
      hash: context.crypto.hashes[findKex(algorithms.kex).hash],
      sharedSecret: secret.sharedSecret,
      exchangeHash: secret.exchangeHash,
      sessionId: context.sessionId ?? secret.exchangeHash,
    },
    hostKey: secret.hostKey,
    peerTakesExtensionInfo: theirOffer.kexAlgorithms.includes(extensionNameOf[context.role]),
  };
  context.send(newKeys.encode({ number: 21 }));
  context.useForSending(agreed);
  newKeys.decode(yield* awaitMessage(21));
  context.useForReceiving(agreed);
  return agreed;
}

/** How the peer of each role says that it takes SSH_MSG_EXT_INFO. */
const extensionNameOf = {
  client: pseudoAlgorithms.extensionInfoServer,
  server: pseudoAlgorithms.extensionInfoClient,
} as const;

function agree(context: KeyExchangeContext, theirs: KeyExchangeInit): NegotiatedAlgorithms {
  const isClient = context.role === 'client';
  const client = isClient ? context.offer : theirs;
  const server = isClient ? theirs : context.offer;
  const offeredByBoth =
    client.kexAlgorithms.includes(pseudoAlgorithms.strictClient) &&
    server.kexAlgorithms.includes(pseudoAlgorithms.strictServer);
  if (context.strict === undefined && offeredByBoth) context.beStrict();
  const strict = context.strict ?? offeredByBoth;
  return negotiate({ client, server, peer: isClient ? 'server' : 'client', strict });
}

interface HalfRequest {
  readonly context: KeyExchangeContext;
  readonly algorithms: NegotiatedAlgorithms;
  readonly payloads: Payloads;
}

function* clientHalf({ context, algorithms, payloads }: HalfRequest): Conversation<Secret> {
  const kex = findKex(algorithms.kex);
  const initiator = kex.initiate(context);
  context.send(ecdhInit.encode({ number: 30, clientPublic: initiator.clientPublic }));
  const reply = ecdhReply.decode(yield* awaitMessage(31));
  const sharedSecret = initiator.finish(reply.serverPublic);
  const exchangeHash = hashExchange(context, {
    kex: algorithms.kex,
    clientInit: payloads.ours,
    serverInit: payloads.theirs,
    hostKey: reply.hostKey,
    clientPublic: initiator.clientPublic,
    serverPublic: reply.serverPublic,
    sharedSecret,
  });
  checkHostKey({ context, algorithm: algorithms.hostKey, reply, exchangeHash });
  if (context.acceptedHostKey === undefined) yield* askForHostKey(context, reply.hostKey, algorithms.hostKey);
  return { sharedSecret, exchangeHash, hostKey: reply.hostKey };
}

interface HostKeyCheck {
  readonly context: KeyExchangeContext;
  readonly algorithm: string;
  readonly reply: { readonly hostKey: Uint8Array; readonly signature: Uint8Array };
  readonly exchangeHash: Uint8Array;
}

/** The key is of the agreed type, made this signature by the agreed algorithm, and is the one of the first exchange. */
function checkHostKey({ context, algorithm, reply, exchangeHash }: HostKeyCheck): void {
  const key = decodePublicKey(reply.hostKey);
  const keyType = keyTypeOfAlgorithm(algorithm);
  if (key.type !== keyType) throw hostKeyError(`expected a host key of type ${keyType}, found ${key.type}`);
  const { signature } = reply;
  const isRight = verifySignature({
    key,
    message: exchangeHash,
    signature,
    algorithms: [algorithm],
    crypto: context.crypto,
  });
  if (!isRight) throw hostKeyError('incorrect signature of the host key');
  if (context.acceptedHostKey !== undefined && !equalBytes(context.acceptedHostKey, reply.hostKey)) {
    throw new ProtocolError('host-key-changed', 'expected the same host key in a later key exchange, found another', {
      clause: 'RFC 4253 9',
      reason: disconnectReasons.hostKeyNotVerifiable,
    });
  }
}

function hostKeyError(message: string): ProtocolError {
  const reason = disconnectReasons.keyExchangeFailed;
  return new ProtocolError('host-key-signature', message, { clause: 'RFC 4253 8', reason });
}

function* askForHostKey(context: KeyExchangeContext, key: Uint8Array, algorithm: string): Conversation<void> {
  const keyType = keyTypeOfAlgorithm(algorithm) ?? algorithm;
  context.tell({ type: 'hostKeyReceived', key: key.slice(), keyType, algorithm });
  yield* awaitCommand('acceptHostKey');
}

function* serverHalf({ context, algorithms, payloads }: HalfRequest): Conversation<Secret> {
  const { clientPublic } = ecdhInit.decode(yield* awaitMessage(30));
  const { serverPublic, sharedSecret } = findKex(algorithms.kex).respond(context, clientPublic);
  const index = hostKeyFor(context.hostKeys, algorithms.hostKey);
  const hostKey = context.hostKeys[index] ?? new Uint8Array(0);
  const exchangeHash = hashExchange(context, {
    kex: algorithms.kex,
    clientInit: payloads.theirs,
    serverInit: payloads.ours,
    hostKey,
    clientPublic,
    serverPublic,
    sharedSecret,
  });
  const { hostKey: algorithm } = algorithms;
  context.tell({ type: 'hostKeySignatureWanted', hostKey: index, algorithm, data: exchangeHash.slice() });
  const { signature } = yield* awaitCommand('provideSignature');
  context.send(ecdhReply.encode({ number: 31, hostKey, serverPublic, signature }));
  return { sharedSecret, exchangeHash, hostKey };
}

/** The first host key that can sign with an algorithm; there is one, since only such algorithms are offered. */
function hostKeyFor(hostKeys: readonly Uint8Array[], algorithm: string): number {
  const keyType = keyTypeOfAlgorithm(algorithm);
  return hostKeys.findIndex((blob) => decodePublicKey(blob).type === keyType);
}

interface ExchangeTranscript {
  readonly kex: string;
  readonly clientInit: Uint8Array;
  readonly serverInit: Uint8Array;
  readonly hostKey: Uint8Array;
  readonly clientPublic: Uint8Array;
  readonly serverPublic: Uint8Array;
  readonly sharedSecret: Uint8Array;
}

/** H = hash(V_C, V_S, I_C, I_S, K_S, Q_C, Q_S, K), RFC 5656 4. */
function hashExchange(context: KeyExchangeContext, transcript: ExchangeTranscript): Uint8Array {
  const { client, server } = context.identifications;
  const strings = [
    utf8Encode(client),
    utf8Encode(server),
    transcript.clientInit,
    transcript.serverInit,
    transcript.hostKey,
    transcript.clientPublic,
    transcript.serverPublic,
  ];
  const hash = context.crypto.hashes[findKex(transcript.kex).hash];
  return hash.digest(concatBytes(...strings.map((each) => string.encode(each)), transcript.sharedSecret));
}
