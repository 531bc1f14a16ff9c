/** A server's connection. Specification: RFC 4251 to 4254, OpenSSH PROTOCOL. */
import { utf8Encode } from '@seashell/core/wire';
import type { ChannelId, ServerCommand } from './commands.ts';
import { sendCommonCommand } from './common-commands.ts';
import { plainSuccess, refusal, type GlobalReply, type GlobalRequest } from './connection/global-requests.ts';
import type { Connection, ServerOptions } from './connection.ts';
import type { Conversation } from './conversation.ts';
import { Engine, type AuthenticationProgress } from './engine.ts';
import type { ClientEvent, ServerEvent } from './events.ts';
import { hostKeyList, hostKeyProofData, hostKeysAnnouncement, hostKeysProof } from './messages/host-keys.ts';
import { userauthBanner } from './messages/userauth.ts';
import { proofsFor } from './connection/host-key-proofs.ts';
import { encodeExtensionsInAuthentication, extensionNames } from './transport/extension-info.ts';
import { authenticateServer } from './userauth/server.ts';

const defaultMaximumAttempts = 6;

/** The server's end of a connection. */
export class ServerConnection implements Connection<ServerCommand, ServerEvent> {
  readonly #engine: Engine;
  readonly #options: ServerOptions;

  constructor(options: ServerOptions) {
    this.#options = options;
    const { loginGraceMilliseconds, hostKeys, publicKeyAlgorithms, nowMilliseconds = 0 } = options;
    this.#engine = new Engine(options, {
      role: 'server',
      hostKeys,
      publicKeyAlgorithms,
      authenticationDeadline:
        loginGraceMilliseconds === undefined ? undefined : nowMilliseconds + loginGraceMilliseconds,
      answersBeforeReading: true,
      authenticate: (engine) => this.#authenticate(engine),
      takeAside: isLateRequest,
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

  takeEvents(): readonly ServerEvent[] {
    return this.#engine.takeEvents().filter(isServerEvent);
  }

  sendable(channel: ChannelId): number {
    return this.#engine.channels.sendable(channel);
  }

  freeChannel(): ChannelId {
    return this.#engine.channels.freeChannel();
  }

  send(command: ServerCommand, nowMilliseconds: number): void {
    this.#engine.act(nowMilliseconds, () => this.#do(command));
  }

  #do(command: ServerCommand): void {
    if (sendCommonCommand(this.#engine, command)) return;
    switch (command.type) {
      case 'banner':
        this.#sendBanner(command.message);
        break;
      case 'confirmChannel':
        this.#engine.channels.confirm(command.channel);
        break;
      case 'refuseChannel':
        this.#engine.channels.refuse(command.channel, command);
        break;
      case 'announceHostKeys':
        this.#engine.globals.send(hostKeysAnnouncement, hostKeyList.encode(command.keys));
        break;
      case 'provideHostKeyProofs':
        this.#engine.globals.answer({ success: true, data: hostKeyList.encode(command.signatures) });
        break;
      default:
        this.#engine.answer(command);
    }
  }

  #authenticate(engine: Engine): Conversation<void> {
    const { crypto, publicKeyAlgorithms, maximumAuthenticationAttempts = defaultMaximumAttempts } = this.#options;
    return authenticateServer({
      sessionId: engine.transport.sessionId ?? new Uint8Array(0),
      crypto,
      publicKeyAlgorithms,
      maximumFailures: maximumAuthenticationAttempts,
      maximumRequests: engine.limits.authenticationRequests,
      send: (payload) => engine.transport.send(payload),
      tell: (event) => engine.tell(event),
      beforeFirstAnswer() {
        if (!engine.transport.peerHasExtension(extensionNames.infoInAuthentication)) return;
        engine.transport.send(encodeExtensionsInAuthentication(publicKeyAlgorithms));
      },
    });
  }

  #sendBanner(message: string): void {
    if (this.#engine.isAuthenticated) throw new Error('assertion failed: a banner after authentication');
    const language = new Uint8Array(0);
    this.#engine.transport.send(userauthBanner.encode({ number: 53, message: utf8Encode(message), language }));
  }

  #takeGlobalRequest({ name, data }: GlobalRequest): GlobalReply | 'asked' | undefined {
    if (name === noMoreSessions) {
      this.#engine.channels.refusesSessions = true;
      return plainSuccess;
    }
    if (name !== hostKeysProof) return undefined;
    const { hostKeys, algorithms } = this.#options;
    const proofs = proofsFor(hostKeyList.decode(data), { hostKeys, algorithms: algorithms.hostKey });
    if (proofs === undefined) return refusal;
    const sessionId = this.#engine.transport.sessionId ?? new Uint8Array(0);
    this.#engine.tell({
      type: 'hostKeyProofsWanted',
      proofs: proofs.map(({ hostKey, algorithm, key }) => ({
        hostKey,
        algorithm,
        data: hostKeyProofData.encode({ request: hostKeysProof, sessionId, key }),
      })),
    });
    return 'asked';
  }
}

const noMoreSessions = 'no-more-sessions@openssh.com';

/** Requests after the user is in are ignored, RFC 4252 5.1. */
function isLateRequest(payload: Uint8Array, progress: AuthenticationProgress): boolean {
  return payload[0] === 50 && progress === 'done';
}

const clientOnly: ReadonlySet<string> = new Set([
  'lineBeforeIdentification',
  'hostKeyReceived',
  'authenticationReady',
  'banner',
  'authenticationFailed',
  'publicKeyAccepted',
  'signatureWanted',
  'passwordChangeRequested',
  'channelOpened',
  'channelOpenFailed',
  'hostKeysAnnounced',
  'hostKeysProved',
] satisfies ClientEvent['type'][]);

function isServerEvent(event: ClientEvent | ServerEvent): event is ServerEvent {
  return !clientOnly.has(event.type);
}
