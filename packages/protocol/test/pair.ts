/** A client and a server in memory, with owners that answer what is asked. */
import type {
  ChannelId,
  ClientCommand,
  ClientConnection,
  ClientEvent,
  ServerCommand,
  ServerConnection,
  ServerEvent,
} from '../src/index.ts';
import { blob, hostKeys, makeClient, makeServer, sign, userKey } from './fixtures.ts';

type Answer<Event, Command> = (event: Event) => readonly Command[];

/** Answers of an ordinary server: takes the password `seashell` and the user's key, confirms channels and requests. */
export const ordinaryServer: Answer<ServerEvent, ServerCommand> = (event) => {
  switch (event.type) {
    case 'hostKeySignatureWanted': {
      const key = hostKeys[event.hostKey];
      if (key === undefined) return [];
      return [{ type: 'provideSignature', signature: sign(key, event.data, event.algorithm) }];
    }
    case 'hostKeyProofsWanted': {
      const signatures = event.proofs.flatMap(({ hostKey, algorithm, data }) => {
        const key = hostKeys[hostKey];
        return key === undefined ? [] : [sign(key, data, algorithm)];
      });
      return [{ type: 'provideHostKeyProofs', signatures }];
    }
    case 'authenticationRequested': {
      const { offered } = event;
      if (offered.method === 'password' && offered.password === 'seashell') return [{ type: 'acceptAuthentication' }];
      if (offered.method === 'publickey' && isUserKey(offered.key)) {
        return [{ type: offered.step === 'query' ? 'confirmPublicKey' : 'acceptAuthentication' }];
      }
      return [{ type: 'rejectAuthentication', methods: ['publickey', 'password'] }];
    }
    case 'authenticationRefused':
      return [{ type: 'rejectAuthentication', methods: ['publickey', 'password'] }];
    case 'channelOpenRequested':
      return [{ type: 'confirmChannel', channel: event.channel }];
    case 'channelRequest':
      return event.wantReply ? [{ type: 'answerChannelRequest', channel: event.channel, success: true }] : [];
    default:
      return [];
  }
};

function isUserKey(key: Uint8Array): boolean {
  return key.join() === blob(userKey).join();
}

/** Answers of an ordinary client: takes any host key, signs with the user's key. */
export const ordinaryClient: Answer<ClientEvent, ClientCommand> = (event) => {
  switch (event.type) {
    case 'hostKeyReceived':
      return [{ type: 'acceptHostKey' }];
    case 'signatureWanted':
      return [{ type: 'provideSignature', signature: sign(userKey, event.data, event.algorithm) }];
    default:
      return [];
  }
};

export interface PairParts {
  readonly client?: ClientConnection;
  readonly server?: ServerConnection;
  readonly answerClient?: Answer<ClientEvent, ClientCommand>;
  readonly answerServer?: Answer<ServerEvent, ServerCommand>;
  /** Cuts what goes over the wire into pieces. */
  readonly cut?: (bytes: Uint8Array) => readonly Uint8Array[];
  /** Changes what goes over the wire. */
  readonly tamper?: (bytes: Uint8Array, sender: 'client' | 'server') => Uint8Array;
}

export class Pair {
  readonly client: ClientConnection;
  readonly server: ServerConnection;
  readonly clientEvents: ClientEvent[] = [];
  readonly serverEvents: ServerEvent[] = [];
  readonly #parts: PairParts;
  now = 0;

  constructor(parts: PairParts = {}) {
    this.#parts = parts;
    this.client = parts.client ?? makeClient();
    this.server = parts.server ?? makeServer();
  }

  /** Carries bytes and answers events until both are quiet. */
  settle(): void {
    while (this.#stepClient() || this.#stepServer()) this.now += 1;
  }

  tellClient(command: ClientCommand): void {
    this.client.send(command, this.now);
    this.settle();
  }

  tellServer(command: ServerCommand): void {
    this.server.send(command, this.now);
    this.settle();
  }

  logIn(): void {
    this.settle();
    this.tellClient({ type: 'authenticate', user: 'demo', method: { type: 'password', password: 'seashell' } });
  }

  /** A session channel, open on both sides. */
  openSession(): ChannelId {
    const channel = this.client.freeChannel();
    this.tellClient({ type: 'openChannel', channel, channelType: { type: 'session' } });
    return channel;
  }

  #stepClient(): boolean {
    const { answerClient = ordinaryClient } = this.#parts;
    const events = this.client.takeEvents();
    this.clientEvents.push(...events);
    for (const command of events.flatMap((event) => answerClient(event))) this.client.send(command, this.now);
    const output = this.client.takeOutput();
    for (const piece of this.#carry(output, 'client')) this.server.receive(piece, this.now);
    return events.length > 0 || output.length > 0 || this.#continues(this.client);
  }

  #stepServer(): boolean {
    const { answerServer = ordinaryServer } = this.#parts;
    const events = this.server.takeEvents();
    this.serverEvents.push(...events);
    for (const command of events.flatMap((event) => answerServer(event))) this.server.send(command, this.now);
    const output = this.server.takeOutput();
    for (const piece of this.#carry(output, 'server')) this.client.receive(piece, this.now);
    return events.length > 0 || output.length > 0 || this.#continues(this.server);
  }

  #continues(connection: ClientConnection | ServerConnection): boolean {
    const due = connection.nextTimeout();
    if (due === undefined || due > this.now) return false;
    connection.advance(this.now);
    return true;
  }

  #carry(bytes: Uint8Array, sender: 'client' | 'server'): readonly Uint8Array[] {
    if (bytes.length === 0) return [];
    const { cut = (whole) => [whole], tamper = (whole) => whole } = this.#parts;
    return cut(tamper(bytes, sender));
  }
}
