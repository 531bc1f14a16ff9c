/** A client's connection. Specification: RFC 4251 to 4254, OpenSSH PROTOCOL. */
import { decodePublicKey, signatureAlgorithmsOf, verifySignature } from '@seashell/core/keys';
import { DecodeError, utf8DecodeLossy } from '@seashell/core/wire';
import type { ChannelId, ClientCommand } from './commands.ts';
import { sendCommonCommand } from './common-commands.ts';
import type { GlobalReply, GlobalRequest } from './connection/global-requests.ts';
import type { ClientOptions, Connection } from './connection.ts';
import { Engine, type AuthenticationProgress } from './engine.ts';
import type { ClientEvent, ServerEvent } from './events.ts';
import { hostKeyList, hostKeyProofData, hostKeysAnnouncement, hostKeysProof } from './messages/host-keys.ts';
import { userauthBanner } from './messages/userauth.ts';
import { authenticateClient } from './userauth/client.ts';

/**
 * The client's end of a connection.
 *
 * @example
 * const identification = 'SSH-2.0-OpenSSH_10.5';
 * const algorithms = defaultPreferences('10');
 * const client = new ClientConnection({ identification, crypto: nobleProvider, random, algorithms });
 * client.receive(bytes, now);
 * for (const event of client.takeEvents()) if (event.type === 'hostKeyReceived') client.send({ type: 'acceptHostKey' }, now);
 * socket.write(client.takeOutput());
 */
export class ClientConnection implements Connection<ClientCommand, ClientEvent> {
  readonly #engine: Engine;
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#engine = new Engine(options, {
      role: 'client',
      hostKeys: [],
      publicKeyAlgorithms: [],
      authenticationDeadline: undefined,
      answersBeforeReading: false,
      authenticate: (engine) =>
        authenticateClient({
          sessionId: engine.transport.sessionId ?? new Uint8Array(0),
          crypto: options.crypto,
          send: (payload) => engine.transport.send(payload),
          tell: (event) => engine.tell(event),
        }),
      takeAside: (payload, progress) => this.#takeBanner(payload, progress),
      takeGlobalRequest: (request) => this.#takeGlobalRequest(request),
    });
  }

  get wantsInput(): boolean {
    return this.#engine.canProceed;
  }

  get isClosed(): boolean {
    return this.#engine.isClosed;
  }

  receive(bytes: Uint8Array, nowMilliseconds: number): void {
    this.#engine.receive(bytes, nowMilliseconds);
  }

  receiveEnd(nowMilliseconds: number): void {
    this.#engine.receiveEnd(nowMilliseconds);
  }

  advance(nowMilliseconds: number): void {
    this.#engine.advance(nowMilliseconds);
  }

  nextTimeout(): number | undefined {
    return this.#engine.nextTimeout();
  }

  takeOutput(): Uint8Array {
    return this.#engine.transport.takeOutput();
  }

  takeEvents(): readonly ClientEvent[] {
    return this.#engine.takeEvents().filter(isClientEvent);
  }

  sendable(channel: ChannelId): number {
    return this.#engine.channels.sendable(channel);
  }

  freeChannel(): ChannelId {
    return this.#engine.channels.freeChannel();
  }

  send(command: ClientCommand, nowMilliseconds: number): void {
    this.#engine.act(nowMilliseconds, () => this.#do(command));
  }

  #do(command: ClientCommand): void {
    if (sendCommonCommand(this.#engine, command)) return;
    if (command.type === 'openChannel') this.#engine.channels.open(command.channel, command.channelType);
    else if (command.type === 'proveHostKeys') this.#askForProofs(command.keys);
    else this.#engine.answer(command);
  }

  #takeBanner(payload: Uint8Array, progress: AuthenticationProgress): boolean {
    if (payload[0] !== 53 || progress !== 'under-way') return false;
    const { message, language } = userauthBanner.decode(payload);
    this.#engine.tell({ type: 'banner', message: utf8DecodeLossy(message), language: utf8DecodeLossy(language) });
    return true;
  }

  #takeGlobalRequest({ name, data }: GlobalRequest): GlobalReply | 'asked' | undefined {
    if (name !== hostKeysAnnouncement) return undefined;
    this.#engine.tell({ type: 'hostKeysAnnounced', keys: hostKeyList.decode(data).map((key) => key.slice()) });
    return { success: true, data: new Uint8Array(0) };
  }

  #askForProofs(asked: readonly Uint8Array[]): void {
    const keys = asked.map((key) => key.slice());
    this.#engine.globals.send(hostKeysProof, hostKeyList.encode(keys), (reply) => {
      const proved = reply.success ? this.#provedKeys(keys, hostKeyList.decode(reply.data)) : [];
      this.#engine.tell({ type: 'hostKeysProved', keys: proved });
    });
  }

  #provedKeys(keys: readonly Uint8Array[], signatures: readonly Uint8Array[]): readonly Uint8Array[] {
    if (keys.length !== signatures.length) return [];
    return keys.filter((blob, index) => this.#isProved(blob, signatures[index] ?? new Uint8Array(0)));
  }

  #isProved(blob: Uint8Array, signature: Uint8Array): boolean {
    const sessionId = this.#engine.transport.sessionId ?? new Uint8Array(0);
    const message = hostKeyProofData.encode({ request: hostKeysProof, sessionId, key: blob });
    try {
      const key = decodePublicKey(blob);
      const able = new Set(signatureAlgorithmsOf(key));
      const algorithms = this.#options.algorithms.hostKey.filter((name) => able.has(name));
      return verifySignature({ key, message, signature, algorithms, crypto: this.#options.crypto });
    } catch (error) {
      if (error instanceof DecodeError) return false;
      throw error;
    }
  }
}

const serverOnly: ReadonlySet<string> = new Set([
  'hostKeySignatureWanted',
  'hostKeyProofsWanted',
  'authenticationRequested',
  'authenticationRefused',
  'channelOpenRequested',
] satisfies ServerEvent['type'][]);

function isClientEvent(event: ClientEvent | ServerEvent): event is ClientEvent {
  return !serverOnly.has(event.type);
}
