/**
 * The transport layer of one connection: bytes to payloads for the layers above and back, with key exchange and its own messages done
 * here. What is above asks for the next payload; nothing is called back. Specification: RFC 4253; strict key exchange: OpenSSH
 * PROTOCOL 1.10.
 */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { Dialogue, type AnyCommand } from '../conversation.ts';
import type { ClientEvent, ServerEvent } from '../events.ts';
import * as messages from '../messages/transport.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { Tracer } from '../tracer.ts';
import { findCipher } from './algorithms/cipher/index.ts';
import { directionOf, openerFor, sealerFor } from './direction-keys.ts';
import { decodeExtensions, encodeOwnExtensions, isKnownExtension } from './extension-info.ts';
import { IdentificationReader } from './identification.ts';
import { InputBuffer } from './input-buffer.ts';
import { exchangeKeys, type Agreed } from './key-exchange.ts';
import { makeOffer } from './offer.ts';
import { PacketReader } from './packet-reader.ts';
import { PacketWriter } from './packet-writer.ts';
import { isRekeyingDue, type RekeyingBounds } from './rekeying.ts';
import type { TransportSettings } from './settings.ts';

type Tell = (event: ClientEvent | ServerEvent) => void;

/** Where what happens here goes. */
interface TransportSurroundings {
  readonly tell: Tell;
  readonly tracer: Tracer;
}

export class Transport {
  readonly #settings: TransportSettings;
  readonly #tell: Tell;
  readonly #tracer: Tracer;
  readonly #input = new InputBuffer();
  readonly #identificationReader: IdentificationReader;
  readonly #reader: PacketReader;
  readonly #writer: PacketWriter;
  #peerIdentification: string | undefined;
  #exchange: Dialogue<Agreed> | undefined;
  #agreed: Agreed | undefined;
  /** From our KEXINIT to our NEWKEYS only messages of the exchange may be sent; others wait here. */
  #heldBack: Uint8Array[] | undefined = [];
  #owedBytes = 0;
  #heldBackBytes = 0;
  /** The peer guessed wrong: the first message of its method is for another exchange. */
  #skipsGuess = false;
  #hasEnded = false;
  #isStarved = true;
  #lastSequenceNumber = 0;
  /** In the first exchange, once strict key exchange is agreed upon. */
  #isStrictlyFirst = false;
  #bounds: RekeyingBounds | undefined;
  /** Of the extensions that we know, those that the peer named. */
  readonly #peerExtensions = new Set<string>();
  #extensionMessages = 0;
  /** When authentication is over rekeying by limits begins, as in OpenSSH, and no more extensions are taken. */
  isUserIn = false;
  nowMilliseconds: number;

  constructor(settings: TransportSettings, surroundings: TransportSurroundings & { nowMilliseconds: number }) {
    this.#settings = settings;
    this.#tell = surroundings.tell;
    this.#tracer = surroundings.tracer;
    this.nowMilliseconds = surroundings.nowMilliseconds;
    this.#identificationReader = new IdentificationReader(settings.role, settings.limits);
    this.#reader = new PacketReader(this.#input, settings.limits);
    this.#writer = new PacketWriter(settings.random, this.#tracer.listenerFor('sent'));
    this.#writer.writeRaw(utf8Encode(`${settings.identification}\r\n`));
    this.#tracer.identification('sent', settings.identification);
    this.#tracer.state('transport', 'identification');
  }

  /** The first exchange hash; undefined before the first key exchange is done. */
  get sessionId(): Uint8Array | undefined {
    return this.#agreed?.source.sessionId;
  }

  get isExchangingKeys(): boolean {
    return this.#exchange !== undefined;
  }

  /** False while an answer of the owner is awaited, and after the peer's SSH_MSG_DISCONNECT. */
  get canProceed(): boolean {
    return !this.#hasEnded && this.#exchange?.waiting?.type !== 'command';
  }

  /** Whether application data may be sent now. */
  get canSend(): boolean {
    return this.#heldBack === undefined;
  }

  /** Bytes of messages, data of channels apart, that wait to be taken: what a flood of requests makes us owe. */
  get owedBytes(): number {
    return this.#owedBytes;
  }

  /** Whether `next` could find something without more input. */
  get hasInput(): boolean {
    return !this.#isStarved && this.#input.size > 0;
  }

  get rekeyAt(): number | undefined {
    return this.isUserIn && this.#exchange === undefined ? this.#bounds?.until : undefined;
  }

  /** Whether the peer's SSH_MSG_EXT_INFO named an extension. */
  peerHasExtension(name: string): boolean {
    return this.#peerExtensions.has(name);
  }

  append(bytes: Uint8Array): void {
    this.#isStarved = false;
    this.#input.append(bytes);
  }

  takeOutput(): Uint8Array {
    this.#owedBytes = 0;
    return this.#writer.take();
  }

  /** The next payload for the layers above, or undefined when there is none yet. Throws ProtocolError, DecodeError. */
  next(): Uint8Array | undefined {
    while (this.canProceed) {
      if (this.#peerIdentification === undefined) {
        if (!this.#readIdentification()) return this.#starve();
        continue;
      }
      this.#checkHeldBack();
      const packet = this.#reader.read();
      if (packet === undefined) return this.#starve();
      if (packet.sequenceNumber === 0xffffffff && this.#agreed === undefined) {
        throw new ProtocolError('sequence-wrapped', 'incoming sequence number wrapped during initial key exchange', {
          clause: 'PROTOCOL 1.10',
        });
      }
      this.#lastSequenceNumber = packet.sequenceNumber;
      this.#tracer.packet('received', packet);
      if (!this.#takeForTransport(packet.payload)) return packet.payload;
    }
    return undefined;
  }

  /** Sends a payload, or holds it back while keys are exchanged. */
  send(payload: Uint8Array): void {
    const bytes = payload.length + packetOverheadBytes;
    if (this.#heldBack === undefined) {
      this.#owedBytes += bytes;
      this.#writer.write(payload);
    } else {
      this.#heldBackBytes += bytes;
      this.#heldBack.push(payload);
    }
  }

  /** Sends a payload that `fill` writes into the packet. Only when `canSend`. */
  sendWith(payloadBytes: number, fill: (target: Uint8Array) => void): void {
    this.#writer.writeWith(payloadBytes, fill);
  }

  /** Sends at once, also while keys are exchanged: SSH_MSG_DISCONNECT and the exchange's own messages. */
  sendNow(payload: Uint8Array): void {
    this.#writer.write(payload);
  }

  /** Whether packets can be exchanged at all. */
  get isIdentified(): boolean {
    return this.#peerIdentification !== undefined;
  }

  /** Tells a client in plain text why its identification is refused, as OpenSSH does. */
  sayUnidentified(text: string): void {
    this.#writer.writeRaw(utf8Encode(`${text.charAt(0).toUpperCase()}${text.slice(1)}.\r\n`));
  }

  /** Answers the last packet: its message is unknown (RFC 4253 11.4). */
  sendUnimplemented(): void {
    const sequenceNumber = this.#lastSequenceNumber;
    this.send(messages.unimplemented.encode({ number: 3, sequenceNumber }));
  }

  awaitsCommand(type: AnyCommand['type']): boolean {
    return this.#exchange?.awaitsCommand(type) ?? false;
  }

  answer(command: AnyCommand): void {
    this.#exchange?.resume({ type: 'command', command });
  }

  /** Starts a key exchange, unless one is under way or none has been finished. */
  rekey(): void {
    if (this.#exchange === undefined && this.#agreed !== undefined) this.#startExchange();
  }

  /** Starts a key exchange when a limit is reached. */
  rekeyIfDue(): void {
    const { nowMilliseconds } = this;
    if (!this.isUserIn || this.#bounds === undefined || this.#exchange !== undefined) return;
    if (isRekeyingDue(this.#bounds, { reader: this.#reader, writer: this.#writer, nowMilliseconds })) {
      this.#startExchange();
    }
  }

  /** What has come is no whole line or packet: nothing to do until more comes. */
  #starve(): undefined {
    this.#isStarved = true;
    return undefined;
  }

  #readIdentification(): boolean {
    const line = this.#identificationReader.read(this.#input);
    if (line === undefined) return false;
    if (line.type === 'before') this.#tell({ type: 'lineBeforeIdentification', line: line.line });
    else {
      this.#peerIdentification = line.identification;
      this.#tracer.identification('received', line.identification);
      this.#tell({ type: 'identified', identification: line.identification });
      this.#startExchange();
    }
    return true;
  }

  #startExchange(): void {
    this.#heldBack ??= [];
    this.#tracer.state('transport', 'key-exchange');
    const conversation = exchangeKeys({
      role: this.#settings.role,
      crypto: this.#settings.crypto,
      random: this.#settings.random,
      identifications: this.#identifications(),
      offer: makeOffer(this.#settings, this.#agreed === undefined),
      sessionId: this.sessionId,
      strict: this.#agreed?.algorithms.strict,
      hostKeys: this.#settings.hostKeys,
      acceptedHostKey: this.#settings.role === 'client' ? this.#agreed?.hostKey : undefined,
      tell: this.#tell,
      send: (payload) => this.sendNow(payload),
      beStrict: () => this.#beStrict(),
      skipGuess: () => {
        this.#skipsGuess = true;
      },
      useForSending: (agreed) => this.#useForSending(agreed),
      useForReceiving: (agreed) => this.#useForReceiving(agreed),
    });
    this.#exchange = new Dialogue(conversation, (agreed) => this.#finishExchange(agreed));
  }

  #identifications(): { readonly client: string; readonly server: string } {
    const own = this.#settings.identification;
    const peer = this.#peerIdentification ?? '';
    return this.#settings.role === 'client' ? { client: own, server: peer } : { client: peer, server: own };
  }

  #useForSending(agreed: Agreed): void {
    const { role, crypto, algorithms } = this.#settings;
    const setup = directionOf(role === 'client' ? 'clientToServer' : 'serverToClient', agreed);
    this.#writer.useSealer(sealerFor({ ...setup, crypto }));
    if (agreed.algorithms.strict) this.#writer.resetSequenceNumber();
    this.#tracer.useKeys('sent', setup.algorithms);
    if (this.#agreed === undefined && algorithms.extensionInfo && agreed.peerTakesExtensionInfo) {
      this.sendNow(encodeOwnExtensions(this.#settings));
    }
    const held = this.#heldBack ?? [];
    this.#heldBack = undefined;
    for (const payload of held) this.#writer.write(payload);
    this.#owedBytes += this.#heldBackBytes;
    this.#heldBackBytes = 0;
  }

  #useForReceiving(agreed: Agreed): void {
    const { role, crypto } = this.#settings;
    const setup = directionOf(role === 'client' ? 'serverToClient' : 'clientToServer', agreed);
    this.#reader.useOpener(openerFor({ ...setup, crypto }));
    if (agreed.algorithms.strict) this.#reader.resetSequenceNumber();
    this.#tracer.useKeys('received', setup.algorithms);
  }

  #finishExchange(agreed: Agreed): void {
    const isFirst = this.#agreed === undefined;
    this.#agreed = agreed;
    this.#exchange = undefined;
    this.#isStrictlyFirst = false;
    this.#bounds = this.#boundsFor(agreed);
    this.#tracer.state('transport', 'encrypted');
    const { algorithms } = agreed;
    this.#tell({ type: 'keyExchanged', first: isFirst, algorithms, sessionId: agreed.source.sessionId.slice() });
  }

  #boundsFor({ algorithms }: Agreed): RekeyingBounds {
    const { role, rekeyBytes, rekeyMilliseconds } = this.#settings;
    const { clientToServer, serverToClient } = algorithms;
    const [sending, receiving] =
      role === 'client' ? [clientToServer, serverToClient] : [serverToClient, clientToServer];
    return {
      sendingBytes: Math.min(rekeyBytes, findCipher(sending.cipher).maximumBytes),
      receivingBytes: Math.min(rekeyBytes, findCipher(receiving.cipher).maximumBytes),
      until: rekeyMilliseconds === undefined ? undefined : this.nowMilliseconds + rekeyMilliseconds,
    };
  }

  /** Whether the payload was the transport's own affair. Throws ProtocolError when it may not come now. */
  #takeForTransport(payload: Uint8Array): boolean {
    const number = payload[0] ?? 0;
    if (this.#skipsGuess && number >= guessNumbers.first && number <= guessNumbers.last) {
      this.#skipsGuess = false;
      return true;
    }
    if (number === 20 && this.#exchange === undefined) this.#startExchange();
    if (this.#exchange?.awaitsMessage(number) === true) {
      this.#exchange.resume({ type: 'message', payload });
      return true;
    }
    this.#checkMayCome(number);
    const take = this.#ownMessages[number];
    take?.(payload);
    return take !== undefined;
  }

  /** Refuses what may not come at this moment. The message is not the one that the exchange awaits. */
  #checkMayCome(number: number): void {
    if (number === disconnectNumber) return;
    if (this.#isStrictlyFirst) {
      throw new ProtocolError('strict-kex', `expected only key exchange in strict mode, found message ${number}`, {
        clause: 'PROTOCOL 1.10',
      });
    }
    if (number > lastGenericNumber && this.#allowsOnlyExchange()) {
      throw unexpected(`expected only key exchange, found message ${number}`, 'RFC 4253 7.1');
    }
    if (number >= keyExchangeNumbers.first && number <= keyExchangeNumbers.last) {
      throw unexpected(`expected no message ${number} of key exchange`, 'RFC 4253 7');
    }
  }

  /** From the peer's KEXINIT to its NEWKEYS, and before any keys. */
  #allowsOnlyExchange(): boolean {
    if (this.#agreed === undefined) return true;
    return this.#exchange !== undefined && !this.#exchange.awaitsMessage(20);
  }

  /**
   * What is held back must wait for the peer's part of the exchange, so reading goes on; a peer that asks for more instead is gone.
   * OpenSSH holds back without a bound.
   */
  #checkHeldBack(): void {
    const { owedOutputBytes } = this.#settings.limits;
    if (this.#heldBackBytes <= owedOutputBytes) return;
    throw new ProtocolError('limit', `expected a key exchange before ${owedOutputBytes} bytes of answers wait for it`, {
      clause: 'RFC 4253 9',
    });
  }

  #beStrict(): void {
    if (this.#reader.sequenceNumber !== 1) {
      throw new ProtocolError('strict-kex', 'expected KEXINIT as the first message in strict mode', {
        clause: 'PROTOCOL 1.10',
      });
    }
    this.#isStrictlyFirst = true;
  }

  /** One message from a client, two from a server, until the user is in (RFC 8308 2.4); more are unknown, as to OpenSSH. */
  #takeExtensions(payload: Uint8Array): void {
    if (this.isUserIn || this.#extensionMessages >= extensionMessagesTo[this.#settings.role]) {
      this.sendUnimplemented();
      return;
    }
    this.#extensionMessages += 1;
    const event = decodeExtensions(payload);
    for (const { name } of event.entries) if (isKnownExtension(name)) this.#peerExtensions.add(name);
    this.#tell(event);
  }

  /** The transport's own messages outside of key exchanges. */
  readonly #ownMessages: Readonly<Record<number, (payload: Uint8Array) => void>> = {
    [disconnectNumber]: (payload) => {
      const { reason, description } = messages.disconnect.decode(payload);
      const text = utf8DecodeLossy(description);
      this.#hasEnded = true;
      this.#tell({ type: 'disconnected', by: 'remote', reason, description: text, error: undefined });
    },
    2: (payload) => void messages.ignore.decode(payload),
    3: (payload) => {
      this.#tell({ type: 'unimplemented', sequenceNumber: messages.unimplemented.decode(payload).sequenceNumber });
    },
    4: (payload) => {
      const { alwaysDisplay, message } = messages.debug.decode(payload);
      this.#tell({ type: 'debug', alwaysDisplay, message: utf8DecodeLossy(message) });
    },
    7: (payload) => this.#takeExtensions(payload),
    192: (payload) => this.send(messages.pong.encode({ number: 193, data: messages.ping.decode(payload).data })),
    193: (payload) => this.#tell({ type: 'pong', data: messages.pong.decode(payload).data.slice() }),
  };
}

/** Length, padding and tag of a packet, for what a short message costs. */
const packetOverheadBytes = 32;
/** How many SSH_MSG_EXT_INFO each role takes. */
const extensionMessagesTo = { client: 2, server: 1 } as const;
const disconnectNumber = 1;
/** DISCONNECT, IGNORE, UNIMPLEMENTED, DEBUG may come at any time. */
const lastGenericNumber = 4;
const keyExchangeNumbers = { first: 20, last: 49 } as const;
/** Messages of a key exchange method, the only ones that a guess can be. */
const guessNumbers = { first: 30, last: 49 } as const;

function unexpected(message: string, clause: string): ProtocolError {
  return new ProtocolError('unexpected-message', message, { clause });
}
