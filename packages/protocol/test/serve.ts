/** An ordinary server of the tests' own over TCP: real commands behind our server connection. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { ServerConnection, type ServerEvent, type ServerOptions } from '../src/index.ts';
import { hostKeys, serverOptions, sign } from './fixtures.ts';
import { portOf } from './openssh.ts';
import { driveServer, nodeRandom, type ServerDriver } from './tcp.ts';

export interface Serving {
  readonly port: number;
  readonly events: ServerEvent[];
  readonly stop: () => void;
}

interface Accepted {
  readonly password: string;
  readonly keys: readonly Uint8Array[];
}

/** Listens on loopback; every connection gets a server connection with these options. */
export async function serve(accepted: Accepted, options: Partial<ServerOptions> = {}): Promise<Serving> {
  const events: ServerEvent[] = [];
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    const connection = new ServerConnection(
      serverOptions({ random: nodeRandom, nowMilliseconds: performance.now(), ...options }),
    );
    const session = new Session(connection, accepted);
    driveServer(socket, connection, (event, driver) => {
      events.push(event);
      session.handle(event, driver);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  return {
    port,
    events,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** One connection's owner. One session at a time is enough for the tests. */
class Session {
  readonly #connection: ServerConnection;
  readonly #accepted: Accepted;
  #child: ChildProcessWithoutNullStreams | undefined;

  constructor(connection: ServerConnection, accepted: Accepted) {
    this.#connection = connection;
    this.#accepted = accepted;
  }

  handle(event: ServerEvent, driver: ServerDriver): void {
    switch (event.type) {
      case 'hostKeySignatureWanted':
        driver.send({ type: 'provideSignature', signature: signWith(event.hostKey, event.data, event.algorithm) });
        break;
      case 'hostKeyProofsWanted': {
        const signatures = event.proofs.map(({ hostKey, data, algorithm }) => signWith(hostKey, data, algorithm));
        driver.send({ type: 'provideHostKeyProofs', signatures });
        break;
      }
      case 'authenticationRequested':
        this.#authenticate(event, driver);
        break;
      case 'authenticationRefused':
        driver.send({ type: 'rejectAuthentication', methods: ['publickey', 'password'] });
        break;
      case 'authenticationSucceeded':
        driver.send({ type: 'announceHostKeys', keys: serverOptions().hostKeys });
        break;
      case 'channelOpenRequested':
        driver.send({ type: 'confirmChannel', channel: event.channel });
        break;
      case 'channelRequest':
        this.#request(event, driver);
        break;
      case 'data':
        this.#child?.stdin.write(event.bytes, () => {
          driver.send({ type: 'consume', channel: event.channel, bytes: event.bytes.length });
        });
        break;
      case 'eof':
        this.#child?.stdin.end();
        break;
      case 'closeReceived':
        driver.send({ type: 'closeChannel', channel: event.channel });
        break;
      case 'sendable':
        this.#child?.stdout.resume();
        break;
      case 'disconnected':
        this.#child?.kill();
        break;
      default:
        break;
    }
  }

  #authenticate(event: Extract<ServerEvent, { type: 'authenticationRequested' }>, driver: ServerDriver): void {
    const { offered } = event;
    const isPassword = offered.method === 'password' && offered.password === this.#accepted.password;
    const isKey =
      offered.method === 'publickey' && this.#accepted.keys.some((key) => key.join() === offered.key.join());
    if (!isPassword && !isKey) driver.send({ type: 'rejectAuthentication', methods: ['publickey', 'password'] });
    else if (offered.method === 'publickey' && offered.step === 'query') driver.send({ type: 'confirmPublicKey' });
    else driver.send({ type: 'acceptAuthentication' });
  }

  #request(event: Extract<ServerEvent, { type: 'channelRequest' }>, driver: ServerDriver): void {
    const { channel, request, wantReply } = event;
    if (wantReply) driver.send({ type: 'answerChannelRequest', channel, success: true });
    if (request.name === 'exec') this.#start(channel, request.command, driver);
  }

  #start(channel: number, command: string, driver: ServerDriver): void {
    const child = spawn('/bin/sh', ['-c', command]);
    this.#child = child;
    child.stdin.on('error', () => child.stdin.destroy());
    const pending: Uint8Array[] = [];
    const flush = (): void => {
      for (;;) {
        const [first] = pending;
        if (first === undefined) break;
        const size = Math.min(first.length, this.#connection.sendable(channel));
        if (size === 0) break;
        driver.send({ type: 'data', channel, bytes: first.subarray(0, size) });
        if (size === first.length) pending.shift();
        else pending[0] = first.subarray(size);
      }
      if (pending.length > 0) setTimeout(flush, 1);
    };
    child.stdout.on('data', (bytes: Buffer) => {
      pending.push(new Uint8Array(bytes));
      flush();
      if (pending.length > 0) child.stdout.pause();
    });
    child.stderr.on('data', (bytes: Buffer) => {
      driver.send({ type: 'data', channel, bytes: new Uint8Array(bytes), stream: 'stderr' });
    });
    child.on('close', (code) => {
      const finish = (): void => {
        if (pending.length > 0) {
          setTimeout(finish, 1);
          return;
        }
        driver.send({ type: 'eof', channel });
        const status = { name: 'exit-status', status: code ?? 255 } as const;
        driver.send({ type: 'channelRequest', channel, request: status, wantReply: false });
        driver.send({ type: 'closeChannel', channel });
      };
      finish();
    });
  }
}

function signWith(index: number, data: Uint8Array, algorithm: string): Uint8Array {
  const key = hostKeys[index];
  if (key === undefined) throw new Error(`no host key ${index}`);
  return sign(key, data, algorithm);
}
