/** A tiny driver over Node's TCP, of the tests' own: carries bytes between a socket and a connection, and hands on events. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type {
  ChannelId,
  ClientCommand,
  ClientConnection,
  ClientEvent,
  ServerCommand,
  ServerConnection,
  ServerEvent,
} from '../src/index.ts';

export const nodeRandom = (lengthBytes: number): Uint8Array => new Uint8Array(randomBytes(lengthBytes));

interface Driven<Command, Event> {
  receive(bytes: Uint8Array, now: number): void;
  receiveEnd(now: number): void;
  send(command: Command, now: number): void;
  takeOutput(): Uint8Array;
  takeEvents(): readonly Event[];
  advance(now: number): void;
  nextTimeout(): number | undefined;
  readonly wantsInput: boolean;
  readonly isClosed: boolean;
}

/** Runs a connection over a socket. `handle` may send commands; it is called in the order of the events. */
export class TcpDriver<Command, Event> {
  readonly #socket: Socket;
  readonly #connection: Driven<Command, Event>;
  readonly #handle: (event: Event) => void;
  #isPumping = false;

  constructor(socket: Socket, connection: Driven<Command, Event>, handle: (event: Event) => void) {
    this.#socket = socket;
    this.#connection = connection;
    this.#handle = handle;
    socket.on('data', (bytes: Buffer) => {
      connection.receive(new Uint8Array(bytes), performance.now());
      this.pump();
    });
    socket.on('end', () => {
      connection.receiveEnd(performance.now());
      this.pump();
    });
    socket.on('error', () => this.#socket.destroy());
    socket.on('drain', () => this.pump());
    this.pump();
  }

  get isCongested(): boolean {
    return this.#socket.writableNeedDrain;
  }

  send(command: Command): void {
    this.#connection.send(command, performance.now());
    this.pump();
  }

  /** Until nothing moves: events out, commands in, bytes to the socket. */
  pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    for (;;) {
      const events = this.#connection.takeEvents();
      for (const event of events) this.#handle(event);
      const output = this.#connection.takeOutput();
      if (output.length > 0) this.#socket.write(output);
      const due = this.#connection.nextTimeout();
      const isDue = due !== undefined && due <= performance.now();
      if (isDue) this.#connection.advance(performance.now());
      if (events.length === 0 && output.length === 0 && !isDue) break;
    }
    this.#isPumping = false;
    if (this.#connection.isClosed) this.#socket.end();
    else if (this.#connection.wantsInput) this.#socket.resume();
    else this.#socket.pause();
  }
}

export type ClientDriver = TcpDriver<ClientCommand, ClientEvent>;
export type ServerDriver = TcpDriver<ServerCommand, ServerEvent>;

export interface CommandResult {
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly status: number | undefined;
  readonly events: readonly ClientEvent[];
}

export interface CommandRequest {
  readonly socket: Socket;
  readonly client: ClientConnection;
  readonly command: string;
  readonly input?: Uint8Array;
  /** What the client answers; sent commands come back here. */
  readonly answer: (event: ClientEvent) => readonly ClientCommand[];
  /** Rekeys when so much output has come. */
  readonly rekeyAfterBytes?: number;
}

/** Runs one command on a server, from the handshake to the exit status. */
export function runCommand(request: CommandRequest): Promise<CommandResult> {
  const { socket, client } = request;
  const input = request.input ?? new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  const errors: Uint8Array[] = [];
  const events: ClientEvent[] = [];
  let status: number | undefined;
  let sent = 0;
  let received = 0;
  let hasEnded = false;
  return new Promise((resolve, reject) => {
    const feed = (channel: ChannelId): void => {
      while (sent < input.length && !driver.isCongested) {
        const size = Math.min(client.sendable(channel), input.length - sent, 65_536);
        if (size === 0) break;
        const bytes = input.subarray(sent, sent + size);
        sent += size;
        client.send({ type: 'data', channel, bytes }, performance.now());
      }
      if (sent === input.length && !hasEnded) {
        hasEnded = true;
        driver.send({ type: 'eof', channel });
      }
    };
    const act: Partial<Record<ClientEvent['type'], (event: ClientEvent) => void>> = {
      authenticationSucceeded: () => driver.send({ type: 'openChannel', channel: 0, channelType: { type: 'session' } }),
      channelOpened: () => {
        const exec = { name: 'exec', command: request.command } as const;
        driver.send({ type: 'channelRequest', channel: 0, request: exec, wantReply: true });
      },
      channelRequestAnswered: () => feed(0),
      sendable: () => (hasEnded || events.some(({ type }) => type === 'channelRequestAnswered') ? feed(0) : undefined),
      closeReceived: () => driver.send({ type: 'closeChannel', channel: 0 }),
      channelClosed: () => driver.send({ type: 'disconnect', reason: 11, description: 'disconnected by user' }),
      disconnected: (event) => {
        if (event.type === 'disconnected' && event.error !== undefined) {
          reject(event.error);
          return;
        }
        const stdout = new Uint8Array(Buffer.concat(chunks));
        resolve({ stdout, stderr: Buffer.concat(errors).toString(), status, events });
      },
    };
    const handle = (event: ClientEvent): void => {
      events.push(event);
      if (event.type === 'data') {
        (event.stream === 'stdout' ? chunks : errors).push(event.bytes);
        driver.send({ type: 'consume', channel: event.channel, bytes: event.bytes.length });
        const before = received;
        received += event.bytes.length;
        const { rekeyAfterBytes = Infinity } = request;
        if (before < rekeyAfterBytes && received >= rekeyAfterBytes) driver.send({ type: 'rekey' });
      }
      if (event.type === 'channelRequest' && event.request.name === 'exit-status') status = event.request.status;
      for (const command of request.answer(event)) driver.send(command);
      act[event.type]?.(event);
    };
    const driver: ClientDriver = new TcpDriver(socket, client, handle);
    socket.on('drain', () => feed(0));
  });
}

/** For servers: the connection and what drives it. */
export function driveServer(
  socket: Socket,
  server: ServerConnection,
  handle: (event: ServerEvent, driver: ServerDriver) => void,
): ServerDriver {
  const driver: ServerDriver = new TcpDriver(socket, server, (event: ServerEvent) => handle(event, driver));
  return driver;
}
