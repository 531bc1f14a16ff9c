/**
 * What both roles' connections have in common: the transport below, authentication, then channels and global requests above it. Bytes
 * become events, commands become bytes; a broken rule ends the connection here, and nowhere else. Specification: RFC 4251 to 4254.
 */
import { DecodeError, utf8Encode } from '@seashell/core/wire';
import { ChannelTable } from './connection/channel-table.ts';
import { GlobalRequests, type TakeGlobalRequest } from './connection/global-requests.ts';
import type { ConnectionSurroundings } from './connection/surroundings.ts';
import type { ConnectionOptions } from './connection.ts';
import { Dialogue, type AnyCommand, type Conversation } from './conversation.ts';
import type { ClientEvent, DisconnectedEvent, ServerEvent } from './events.ts';
import { defaultLimits, type ProtocolLimits } from './limits.ts';
import { isKnownMessage } from './messages/table.ts';
import * as messages from './messages/transport.ts';
import { disconnectReasons, ProtocolError } from './protocol-error.ts';
import { Tracer } from './tracer.ts';
import type { TransportSettings } from './transport/settings.ts';
import { Transport } from './transport/transport.ts';

/** What a role adds to the common part. */
export interface RoleParts {
  readonly role: 'client' | 'server';
  readonly hostKeys: readonly Uint8Array[];
  readonly publicKeyAlgorithms: readonly string[];
  /** When authentication must be finished. */
  readonly authenticationDeadline: number | undefined;
  /** The conversation that ends when the user is in. */
  readonly authenticate: (engine: Engine) => Conversation<void>;
  /** A message that may come beside the conversation, like SSH_MSG_USERAUTH_BANNER. Gives whether it was taken. */
  readonly takeAside: (payload: Uint8Array, progress: AuthenticationProgress) => boolean;
  readonly takeGlobalRequest: TakeGlobalRequest;
  /** Whether authentication's own commands are awaited without reading on. */
  readonly answersBeforeReading: boolean;
}

export type AuthenticationProgress = 'not-begun' | 'under-way' | 'done';

const firstConnectionNumber = 80;
const lastConnectionNumber = 127;

export class Engine {
  readonly limits: ProtocolLimits;
  readonly transport: Transport;
  readonly channels: ChannelTable;
  readonly globals: GlobalRequests;
  readonly tracer: Tracer;
  readonly #role: RoleParts;
  #events: (ClientEvent | ServerEvent)[] = [];
  #authentication: Dialogue<void> | undefined;
  #isAuthenticated = false;
  #couldSend = false;
  #hasEnded = false;
  #disconnected: DisconnectedEvent | undefined;
  #nowMilliseconds: number;

  constructor(options: ConnectionOptions, role: RoleParts) {
    this.limits = { ...defaultLimits, ...options.limits };
    this.#role = role;
    this.#nowMilliseconds = options.nowMilliseconds ?? 0;
    this.tracer = new Tracer(options.trace);
    this.tracer.nowMilliseconds = this.#nowMilliseconds;
    const tell = (event: ClientEvent | ServerEvent): void => this.tell(event);
    const { tracer } = this;
    this.transport = new Transport(settingsOf(options, role, this.limits), {
      tell,
      tracer,
      nowMilliseconds: this.#nowMilliseconds,
    });
    const surroundings: ConnectionSurroundings = {
      role: role.role,
      limits: this.limits,
      tracer,
      tell,
      send: (payload) => this.transport.send(payload),
      sendWith: (payloadBytes, fill) => this.transport.sendWith(payloadBytes, fill),
      canSendData: () => this.transport.canSend && !this.isClosed,
    };
    this.channels = new ChannelTable(surroundings);
    this.globals = new GlobalRequests(surroundings, role.takeGlobalRequest);
  }

  get isClosed(): boolean {
    return this.#disconnected !== undefined;
  }

  get isAuthenticated(): boolean {
    return this.#isAuthenticated;
  }

  /** False while the peer's next message must wait: for an answer, or for what is owed to be taken. */
  get canProceed(): boolean {
    if (this.isClosed || !this.transport.canProceed) return false;
    if (this.#role.answersBeforeReading && this.#authentication?.waiting?.type === 'command') return false;
    if (this.transport.owedBytes > this.limits.owedOutputBytes) return false;
    if (this.#events.length >= this.limits.waitingEvents) return false;
    return !this.channels.owesTooMuch && !this.globals.owesTooMuch;
  }

  tell(event: ClientEvent | ServerEvent): void {
    if (this.isClosed) return;
    this.#events.push(event);
    if (event.type !== 'disconnected') return;
    this.#disconnected = event;
    this.tracer.state('transport', 'closed');
  }

  takeEvents(): readonly (ClientEvent | ServerEvent)[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  receive(bytes: Uint8Array, nowMilliseconds: number): void {
    if (this.isClosed) return;
    this.transport.append(bytes);
    this.#run(nowMilliseconds);
  }

  /** What has come before the end is still read, as far as the owner lets it. */
  receiveEnd(nowMilliseconds: number): void {
    this.#hasEnded = true;
    this.#run(nowMilliseconds);
  }

  /** Does something that commands ask for, then goes on reading. What a closed connection is asked is ignored. */
  act(nowMilliseconds: number, action: () => void): void {
    if (this.isClosed) return;
    this.#setNow(nowMilliseconds);
    this.#guard(action);
    this.#run(nowMilliseconds);
  }

  advance(nowMilliseconds: number): void {
    if (this.isClosed) return;
    const deadline = this.#role.authenticationDeadline;
    if (!this.#isAuthenticated && deadline !== undefined && nowMilliseconds >= deadline) {
      const error = new ProtocolError('timeout', 'timeout before authentication', { clause: 'RFC 4252 4' });
      this.tell({ type: 'disconnected', by: 'local', reason: undefined, description: error.message, error });
      return;
    }
    this.#run(nowMilliseconds);
  }

  nextTimeout(): number | undefined {
    if (this.isClosed) return undefined;
    if (this.canProceed && this.transport.hasInput) return this.#nowMilliseconds;
    const deadline = this.#isAuthenticated ? undefined : this.#role.authenticationDeadline;
    const moments = [deadline, this.transport.rekeyAt].filter((moment) => moment !== undefined);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  /** Sends SSH_MSG_DISCONNECT and ends. */
  disconnect(reason: number, description: string): void {
    this.#sendDisconnect(reason, description);
    this.tell({ type: 'disconnected', by: 'local', reason, description, error: undefined });
  }

  /** Whether a conversation waits for this command. */
  awaitsCommand(type: AnyCommand['type']): boolean {
    return this.transport.awaitsCommand(type) || this.#authentication?.awaitsCommand(type) === true;
  }

  /** Hands an answer to the conversation that waits for it. */
  answer(command: AnyCommand): void {
    if (this.transport.awaitsCommand(command.type)) this.transport.answer(command);
    else if (this.#authentication?.awaitsCommand(command.type) === true) {
      this.#authentication.resume({ type: 'command', command });
    } else throw new Error(`assertion failed: nothing waits for the command ${command.type}`);
  }

  #setNow(nowMilliseconds: number): void {
    this.#nowMilliseconds = nowMilliseconds;
    this.transport.nowMilliseconds = nowMilliseconds;
    this.tracer.nowMilliseconds = nowMilliseconds;
  }

  #run(nowMilliseconds: number): void {
    this.#setNow(nowMilliseconds);
    this.#guard(() => {
      while (this.canProceed) {
        const payload = this.transport.next();
        this.#beginAuthentication();
        this.#noteSending();
        if (payload === undefined) break;
        if (!this.isClosed) this.#dispatch(payload);
        this.transport.rekeyIfDue();
      }
      this.transport.rekeyIfDue();
      this.#noteSending();
    });
    if (this.#hasEnded && !this.transport.hasInput) this.#loseConnection();
  }

  #loseConnection(): void {
    const error = new ProtocolError('connection-lost', 'connection closed by the peer', {
      clause: 'RFC 4253 11.1',
      reason: disconnectReasons.connectionLost,
    });
    this.tell({ type: 'disconnected', by: 'transport', reason: undefined, description: '', error });
  }

  /** After a key exchange the owner is told that data may flow again. */
  #noteSending(): void {
    const { canSend } = this.transport;
    if (canSend && !this.#couldSend) this.channels.tellSendable();
    this.#couldSend = canSend;
  }

  /** A broken rule ends the connection; anything else that is thrown is our own bug. */
  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#fail(asProtocolError(error));
    }
  }

  #fail(error: ProtocolError): void {
    if (this.transport.isIdentified) this.#sendDisconnect(error.reason, error.message);
    else if (this.#role.role === 'server') this.transport.sayUnidentified(error.message);
    const { reason, message: description } = error;
    this.tell({ type: 'disconnected', by: 'local', reason, description, error });
  }

  #sendDisconnect(reason: number, text: string): void {
    if (!this.transport.isIdentified) return;
    const description = utf8Encode(text);
    this.transport.sendNow(messages.disconnect.encode({ number: 1, reason, description, language: new Uint8Array(0) }));
  }

  #beginAuthentication(): void {
    if (this.#authentication !== undefined || this.transport.sessionId === undefined || this.isClosed) return;
    this.tracer.state('userauth', 'begun');
    this.#authentication = new Dialogue(this.#role.authenticate(this), () => {
      this.#isAuthenticated = true;
      this.transport.isUserIn = true;
      this.tracer.state('userauth', 'done');
    });
  }

  #dispatch(payload: Uint8Array): void {
    const number = payload[0] ?? 0;
    if (this.#authentication?.awaitsMessage(number) === true) {
      this.#authentication.resume({ type: 'message', payload });
      return;
    }
    if (this.#role.takeAside(payload, this.#progress())) return;
    if (number >= firstConnectionNumber && number <= lastConnectionNumber) {
      if (!this.#isAuthenticated) throw unexpected(number, 'RFC 4252 6');
      if (this.globals.dispatch(payload) || this.channels.dispatch(payload)) return;
    }
    if (isKnownMessage(number)) throw unexpected(number, 'RFC 4252 5');
    this.transport.sendUnimplemented();
  }

  #progress(): AuthenticationProgress {
    if (this.#isAuthenticated) return 'done';
    return this.#authentication === undefined ? 'not-begun' : 'under-way';
  }
}

function settingsOf(options: ConnectionOptions, role: RoleParts, limits: ProtocolLimits): TransportSettings {
  const { identification, crypto, random, algorithms, rekeyBytes = Infinity, rekeyMilliseconds } = options;
  const { hostKeys, publicKeyAlgorithms } = role;
  return {
    role: role.role,
    identification,
    crypto,
    random,
    algorithms,
    limits,
    rekeyBytes,
    rekeyMilliseconds,
    hostKeys,
    publicKeyAlgorithms,
  };
}

function unexpected(number: number, clause: string): ProtocolError {
  return new ProtocolError('unexpected-message', `expected no message ${number} now`, { clause });
}

function asProtocolError(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  if (error instanceof DecodeError) return new ProtocolError('decode', error.message, { clause: 'RFC 4251 5' });
  throw error;
}
