/** A client and a server of @seashell/protocol in memory: logs in, carries data. */
import { randomBytes } from 'node:crypto';
import { nobleProvider } from '@seashell/core/crypto';
import { encodePublicKey, generateKey, runAtOnce, signMessage } from '@seashell/core/keys';
import {
  ClientConnection,
  defaultPreferences,
  ServerConnection,
  type ClientEvent,
  type ServerEvent,
} from '@seashell/protocol';

const random = (lengthBytes: number): Uint8Array => new Uint8Array(randomBytes(lengthBytes));
const hostKey = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
const channel = 0;

/** Two ends and their owners; no time passes between them. */
export class SeashellPair {
  readonly #client: ClientConnection;
  readonly #server: ServerConnection;
  #isLoggedIn = false;
  #receivedBytes = 0;

  constructor(cipher: string) {
    const common = {
      identification: 'SSH-2.0-OpenSSH_10.5',
      crypto: nobleProvider,
      random,
      algorithms: {
        ...defaultPreferences('10'),
        kex: ['curve25519-sha256'],
        hostKey: ['ssh-ed25519'],
        cipher: [cipher],
      },
    };
    this.#client = new ClientConnection(common);
    this.#server = new ServerConnection({
      ...common,
      hostKeys: [encodePublicKey(hostKey)],
      publicKeyAlgorithms: ['ssh-ed25519'],
    });
  }

  logIn(): void {
    this.#settle();
    if (!this.#isLoggedIn) throw new Error('the login failed');
  }

  /** Sends `bytes` over and over until `total` have arrived, over a session channel. */
  send(bytes: Uint8Array, total: number): void {
    for (let sent = 0; sent < total;) {
      const room = Math.min(this.#client.sendable(channel), bytes.length, total - sent);
      if (room > 0) this.#client.send({ type: 'data', channel, bytes: bytes.subarray(0, room) }, 0);
      sent += room;
      this.#settle();
    }
    if (this.#receivedBytes !== total) throw new Error(`${this.#receivedBytes} of ${total} bytes arrived`);
  }

  openSession(): void {
    this.#client.send({ type: 'openChannel', channel, channelType: { type: 'session' } }, 0);
    this.#settle();
  }

  #settle(): void {
    for (let isBusy = true; isBusy;) {
      const toServer = this.#client.takeOutput();
      if (toServer.length > 0) this.#server.receive(toServer, 0);
      const serverEvents = this.#server.takeEvents();
      for (const event of serverEvents) this.#serve(event);
      const toClient = this.#server.takeOutput();
      if (toClient.length > 0) this.#client.receive(toClient, 0);
      const clientEvents = this.#client.takeEvents();
      for (const event of clientEvents) this.#use(event);
      isBusy = toServer.length + serverEvents.length + toClient.length + clientEvents.length > 0;
    }
  }

  #serve(event: ServerEvent): void {
    if (event.type === 'hostKeySignatureWanted') {
      const signature = signMessage({ key: hostKey, message: event.data, algorithm: event.algorithm, random });
      this.#server.send({ type: 'provideSignature', signature }, 0);
    }
    if (event.type === 'authenticationRequested') {
      const isRight = event.offered.method === 'password' && event.offered.password === 'seashell';
      if (isRight) this.#server.send({ type: 'acceptAuthentication' }, 0);
    }
    if (event.type === 'channelOpenRequested') {
      this.#server.send({ type: 'confirmChannel', channel: event.channel }, 0);
    }
    if (event.type === 'data') {
      this.#receivedBytes += event.bytes.length;
      this.#server.send({ type: 'consume', channel: event.channel, bytes: event.bytes.length }, 0);
    }
  }

  #use(event: ClientEvent): void {
    if (event.type === 'hostKeyReceived') this.#client.send({ type: 'acceptHostKey' }, 0);
    if (event.type === 'authenticationReady') {
      const method = { type: 'password', password: 'seashell' } as const;
      this.#client.send({ type: 'authenticate', user: 'demo', method }, 0);
    }
    if (event.type === 'authenticationSucceeded') this.#isLoggedIn = true;
  }
}
