/** The connection once a user is in: sessions over channels, one poll for all (serverloop.c). */
import { channelOpenFailureReasons, type DisconnectedEvent, type ServerEvent } from '@seashell/protocol';
import type { SignalName, Wait } from '@seashell/system';
import { earliest } from '../connection/peer.ts';
import type { LoggedIn, ServedConnection } from './connection.ts';
import { ServerSession } from './session.ts';
import { signWithHostKey, type WantedSignature } from './sign-with-host-key.ts';

/** Serves until the connection ends; the exit status. */
export function serveSessions(connection: ServedConnection, loggedIn: LoggedIn): Promise<number> {
  return new SessionServer(connection, loggedIn).run();
}

class SessionServer {
  readonly #connection: ServedConnection;
  readonly #loggedIn: LoggedIn;
  readonly #sessions = new Map<number, ServerSession>();
  /** Their channel is closed and their program still runs: they count, and are waited for. */
  readonly #lingering = new Set<ServerSession>();
  /** Closed in this turn: told in the log unless the connection ends in the same turn. */
  #closed: ServerSession[] = [];
  #end: DisconnectedEvent | 'timeout' | 'signal' | undefined;
  #aliveDeadline: number | undefined;
  #aliveUnanswered = 0;

  constructor(connection: ServedConnection, loggedIn: LoggedIn) {
    this.#connection = connection;
    this.#loggedIn = loggedIn;
  }

  async run(): Promise<number> {
    const { system, peer, hostKeys, log } = this.#connection;
    await system.process.setDisposition('SIGTERM', 'handle');
    await log.debug1('Entering interactive session for SSH2.');
    if (system.host.openSsh === '10') peer.send({ type: 'announceHostKeys', keys: hostKeys.map((key) => key.blob) });
    this.#scheduleAlive();
    await this.#handleEvents();
    while (this.#end === undefined) await this.#step();
    return this.#finish(this.#end);
  }

  async #step(): Promise<void> {
    const { system, peer } = this.#connection;
    const { waits, isFinal } = this.#waits();
    const deadline = earliest(peer.connection.nextTimeout(), this.#aliveDeadline);
    const result = await system.streams.poll(waits, isFinal ? system.clock.monotonic() : deadline);
    const ready = waits.filter((_, index) => result.ready.includes(index));
    this.#takeSignals(result.signals);
    const received = peer.receivedBytes;
    await peer.advance(ready);
    if (peer.receivedBytes !== received) this.#scheduleAlive();
    await this.#handleEvents();
    await this.#reap();
    await this.#moveStreams(ready);
    await this.#sayClosed();
    await this.#checkAlive();
  }

  async #handleEvents(): Promise<void> {
    const { peer } = this.#connection;
    for (let events = peer.takeEvents(); events.length > 0; events = peer.takeEvents()) {
      for (const event of events) await this.#handle(event);
    }
  }

  /** What to poll for; `isFinal` if some session takes only what is there already. */
  #waits(): { readonly waits: readonly Wait[]; readonly isFinal: boolean } {
    const waits: Wait[] = [...this.#connection.peer.waits(), { type: 'signal' }];
    if (this.#running.some((session) => session.pid !== undefined)) waits.push({ type: 'child' });
    let isAnyFinal = false;
    for (const session of this.#sessions.values()) {
      const { readable, isFinal } = session.preparePoll();
      isAnyFinal ||= isFinal;
      for (const descriptor of readable) waits.push({ type: 'readable', descriptor });
      for (const descriptor of session.writableWanted()) waits.push({ type: 'writable', descriptor });
    }
    return { waits, isFinal: isAnyFinal };
  }

  /** All that count for MaxSessions. */
  get #running(): readonly ServerSession[] {
    return [...this.#sessions.values(), ...this.#lingering];
  }

  #takeSignals(signals: readonly SignalName[]): void {
    if (signals.includes('SIGTERM')) this.#end = 'signal';
  }

  async #moveStreams(ready: readonly Wait[]): Promise<void> {
    const of = (type: 'readable' | 'writable') =>
      new Set(ready.flatMap((wait) => (wait.type === type ? [wait.descriptor] : [])));
    const sets = { readable: of('readable'), writable: of('writable') };
    for (const session of this.#sessions.values()) await session.move(sets);
  }

  async #handle(event: ServerEvent): Promise<void> {
    const { peer } = this.#connection;
    switch (event.type) {
      case 'channelOpenRequested':
        return this.#openSession(event.channel);
      case 'channelRequest': {
        if (event.request.name === 'eow@openssh.com') return this.#sessions.get(event.channel)?.receiveEndOfWrite();
        const success = (await this.#sessions.get(event.channel)?.handleRequest(event.request)) ?? false;
        if (event.wantReply) peer.send({ type: 'answerChannelRequest', channel: event.channel, success });
        return;
      }
      case 'data':
        this.#sessions.get(event.channel)?.receive(event.bytes);
        return;
      case 'eof':
        this.#sessions.get(event.channel)?.receiveEof();
        return;
      case 'closeReceived':
        await this.#sessions.get(event.channel)?.handleClose();
        peer.send({ type: 'closeChannel', channel: event.channel });
        return;
      case 'channelClosed':
        return this.#forget(event.channel);
      case 'disconnected':
        this.#end = event;
        return;
      default:
        return this.#handleKeys(event);
    }
  }

  async #handleKeys(event: ServerEvent): Promise<void> {
    const { peer, log } = this.#connection;
    switch (event.type) {
      case 'hostKeySignatureWanted':
        peer.send({ type: 'provideSignature', signature: await signWithHostKey(this.#connection, event) });
        return;
      case 'hostKeyProofsWanted':
        return this.#proveHostKeys(event.proofs);
      case 'globalRequest':
        await log.debug1(`server_input_global_request: rtype ${event.name} want_reply ${event.wantReply ? 1 : 0}`);
        return;
      default:
        return undefined;
    }
  }

  async #proveHostKeys(proofs: readonly WantedSignature[]): Promise<void> {
    const signatures: Uint8Array[] = [];
    for (const proof of proofs) signatures.push(await signWithHostKey(this.#connection, proof));
    this.#connection.peer.send({ type: 'provideHostKeyProofs', signatures });
  }

  async #openSession(channel: number): Promise<void> {
    const { peer, settings, log } = this.#connection;
    if (this.#running.length >= settings.get('MaxSessions')) {
      await log.error('no more sessions');
      const reason = channelOpenFailureReasons.connectFailed;
      peer.send({ type: 'refuseChannel', channel, reason, description: 'open failed' });
      return;
    }
    const used = new Set(this.#running.map((session) => session.id));
    let id = 0;
    while (used.has(id)) id += 1;
    this.#sessions.set(channel, new ServerSession(this.#connection, { loggedIn: this.#loggedIn, channel, id }));
    peer.send({ type: 'confirmChannel', channel });
  }

  async #forget(channel: number): Promise<void> {
    const session = this.#sessions.get(channel);
    if (session === undefined) return;
    session.isClosed = true;
    await session.closeDescriptors();
    this.#sessions.delete(channel);
    // session_close_by_channel(): a session whose program runs on is closed when that ends.
    if (session.pid === undefined) this.#closed.push(session);
    else this.#lingering.add(session);
  }

  async #reap(): Promise<void> {
    const { process } = this.#connection.system;
    for (const session of this.#running) {
      if (session.pid === undefined) continue;
      const status = await process.wait({ pid: session.pid, noHang: true });
      if (status === undefined || status.type === 'stopped') continue;
      await session.handleExit(status);
      if (this.#lingering.delete(session)) this.#closed.push(session);
    }
  }

  async #sayClosed(): Promise<void> {
    if (this.#end !== undefined) return;
    for (const session of this.#closed.splice(0)) await this.#sayClose(session);
  }

  async #sayClose(session: ServerSession): Promise<void> {
    const { texts, log, remote } = this.#connection;
    const line = texts.closeSession({ user: this.#loggedIn.account.name, peer: remote, id: session.id });
    if (line !== undefined) await log.verbose(line);
  }

  #scheduleAlive(): void {
    const interval = this.#connection.settings.get('ClientAliveInterval');
    this.#aliveUnanswered = 0;
    this.#aliveDeadline = interval > 0 ? this.#connection.system.clock.monotonic() + interval * 1000 : undefined;
  }

  async #checkAlive(): Promise<void> {
    const { system, settings, peer, log, texts, remote } = this.#connection;
    if (this.#aliveDeadline === undefined || system.clock.monotonic() < this.#aliveDeadline) return;
    this.#aliveUnanswered += 1;
    const limit = settings.get('ClientAliveCountMax');
    if (limit > 0 && this.#aliveUnanswered > limit) {
      await log.info(texts.clientDead(this.#loggedIn.account.name, remote));
      this.#end = 'timeout';
      return;
    }
    peer.send({ type: 'keepalive' });
    this.#aliveDeadline = system.clock.monotonic() + settings.get('ClientAliveInterval') * 1000;
  }

  async #finish(end: DisconnectedEvent | 'timeout' | 'signal'): Promise<number> {
    const { peer, system } = this.#connection;
    await peer.flush(system.clock.monotonic() + 1000);
    for (const session of this.#sessions.values()) await session.closeDescriptors();
    if (typeof end !== 'string') await this.#sayDisconnected(end);
    return 255;
  }

  async #sayDisconnected(event: DisconnectedEvent): Promise<void> {
    const { log, texts, remote, peer } = this.#connection;
    const { name } = this.#loggedIn.account;
    if (event.by === 'remote') {
      await log.info(texts.receivedDisconnect(remote, event.reason ?? 0, event.description));
      const line = texts.disconnected(name, remote);
      if (line !== undefined) await log.info(line);
      return;
    }
    if (event.by === 'local') {
      const why = event.error?.message ?? event.description;
      await log.info(`Disconnecting user ${name} ${remote.address} port ${remote.port}: ${why}`);
      return;
    }
    if (peer.failure === undefined) await log.info(texts.closed(remote));
    else {
      await log.info(`Read error from remote host ${remote.address} port ${remote.port}: ${peer.failure.message}`);
    }
    for (const session of [...this.#closed, ...this.#running]) await this.#sayClose(session);
    await log.verbose(`Transferred: sent ${peer.sentBytes}, received ${peer.receivedBytes} bytes`);
    await log.verbose(`Closing connection to ${remote.address} port ${remote.port}`);
  }
}
