/**
 * A session of ssh: one channel between the peer and this process's descriptors, driven by one poll (clientloop.c). Memory is
 * bounded by the channel's window on the way in and by what the peer allows on the way out.
 */
import { utf8Encode } from '@seashell/core/wire';
import { disconnectReasons, type ChannelRequest, type ClientCommand, type ClientEvent } from '@seashell/protocol';
import { isSystemError, signalNumbers, type SignalName, type System, type Wait } from '@seashell/system';
import { ByteQueue } from '../connection/byte-queue.ts';
import { earliest, type Peer } from '../connection/peer.ts';
import type { Log } from '../logging/log.ts';
import { writeAll } from '../storage/write-all.ts';
import { EscapeFilter, type FilteredInput } from './escapes.ts';
import { Keepalive, type KeepaliveOptions } from './keepalive.ts';
import { RawTerminal } from './raw-terminal.ts';
import { SessionOutput } from './session-output.ts';
import { openFailure, transferLines } from './session-words.ts';
import { escapeHelp } from './texts.ts';

export type SessionSystem = Pick<System, 'streams' | 'clock' | 'process' | 'terminal' | 'files'>;

/** What runs at the other end. */
export type SessionCommand =
  | { readonly type: 'shell' }
  | { readonly type: 'exec'; readonly command: string }
  | { readonly type: 'subsystem'; readonly name: string }
  | { readonly type: 'none' };

export interface SessionOptions {
  readonly command: SessionCommand;
  /** As messages name the host: what was typed, in lower case. */
  readonly host: string;
  readonly wantsTerminal: boolean;
  /** Without its own terminal, say nothing about it: `-tt`. */
  readonly terminalForced: boolean;
  readonly terminalType: string;
  readonly environment: readonly (readonly [string, string])[];
  readonly escape: number | undefined;
  readonly stdinDescriptor: number | undefined;
  readonly keepalive: KeepaliveOptions;
  /** Tells the packets of -vvv up to now. */
  readonly sayPackets: () => Promise<void>;
  /** Takes the events that are not the session's: host keys told after login. */
  readonly onEvent: (event: ClientEvent) => Promise<void>;
}

const handledSignals = ['SIGWINCH', 'SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP'] as const;
const readBytes = 16_384;

/** `refused`: the peer said goodbye, or broke a rule; all has been said. */
type EndReason = 'channel' | 'signal' | 'escape' | 'connection' | 'alive' | 'refused';

export class ClientSession {
  readonly #system: SessionSystem;
  readonly #peer: Peer<ClientCommand, ClientEvent>;
  readonly #log: Log;
  readonly #options: SessionOptions;
  readonly #stdout: SessionOutput;
  readonly #stderr: SessionOutput;
  readonly #terminal: RawTerminal;
  readonly #keepalive: Keepalive;
  readonly #input = new ByteQueue();
  readonly #escapes: EscapeFilter | undefined;
  readonly #pendingRequests: string[] = [];
  #channel: number | undefined;
  #channelOpen = false;
  #stdin: number | undefined;
  #inputEnded = false;
  #eofSent = false;
  #exitStatus = 255;
  #end: EndReason | undefined;
  #endSignal: SignalName | undefined;

  constructor(
    system: SessionSystem,
    parts: { readonly peer: Peer<ClientCommand, ClientEvent>; readonly log: Log; readonly options: SessionOptions },
  ) {
    this.#system = system;
    this.#peer = parts.peer;
    this.#log = parts.log;
    this.#options = parts.options;
    this.#stdout = new SessionOutput(system.streams, 1);
    this.#stderr = new SessionOutput(system.streams, 2);
    this.#terminal = new RawTerminal(system);
    this.#keepalive = new Keepalive(parts.options.keepalive);
    this.#stdin = parts.options.stdinDescriptor;
    this.#escapes = parts.options.escape === undefined ? undefined : new EscapeFilter(parts.options.escape);
  }

  /** Runs the session to its end; the exit status of ssh. */
  async run(): Promise<number> {
    await this.#start();
    while (this.#end === undefined) await this.#step();
    return this.#finish();
  }

  async #start(): Promise<void> {
    if (this.#options.command.type !== 'none') {
      this.#channel = this.#peer.connection.freeChannel();
      this.#peer.send({ type: 'openChannel', channel: this.#channel, channelType: { type: 'session' } });
      await this.#log.debug1(`channel ${this.#channel}: new session [client-session] (inactive timeout: 0)`);
    }
    this.#peer.send({ type: 'globalRequest', name: 'no-more-sessions@openssh.com', wantReply: false });
    await this.#log.debug1('Requesting no-more-sessions@openssh.com');
    await this.#log.debug1('Entering interactive session.');
    for (const signal of handledSignals) await this.#system.process.setDisposition(signal, 'handle');
    if (this.#options.wantsTerminal) await this.#terminal.enter(this.#options.terminalForced);
    this.#keepalive.heard(this.#system.clock.monotonic());
  }

  async #step(): Promise<void> {
    const waits = this.#waits();
    const deadline = earliest(this.#peer.connection.nextTimeout(), this.#keepalive.deadline);
    const result = await this.#system.streams.poll(waits, deadline);
    const ready = waits.filter((_, index) => result.ready.includes(index));
    for (const signal of result.signals) await this.#handleSignal(signal);
    const received = this.#peer.receivedBytes;
    await this.#peer.advance(ready);
    if (this.#peer.receivedBytes !== received) this.#keepalive.heard(this.#system.clock.monotonic());
    await this.#handleEvents();
    await this.#moveStreams(ready);
    await this.#checkAlive();
    this.#checkEnd();
  }

  /** Until there are none, so that what they bring forth goes out in one write. */
  async #handleEvents(): Promise<void> {
    for (let events = this.#peer.takeEvents(); events.length > 0; events = this.#peer.takeEvents()) {
      for (const event of events) await this.#handleEvent(event);
    }
  }

  #waits(): readonly Wait[] {
    const waits: Wait[] = [...this.#peer.waits(), { type: 'signal' }];
    if (this.#wantsInput()) waits.push({ type: 'readable', descriptor: this.#stdin ?? 0 });
    for (const output of [this.#stdout, this.#stderr]) {
      if (!output.isEmpty) waits.push({ type: 'writable', descriptor: output.descriptor });
    }
    return waits;
  }

  #wantsInput(): boolean {
    if (this.#stdin === undefined || this.#inputEnded || this.#channel === undefined || !this.#channelOpen)
      return false;
    return this.#input.sizeBytes === 0 && !this.#peer.isFull && this.#peer.connection.sendable(this.#channel) > 0;
  }

  async #moveStreams(ready: readonly Wait[]): Promise<void> {
    const has = (type: 'readable' | 'writable', descriptor: number) =>
      ready.some((wait) => wait.type === type && wait.descriptor === descriptor);
    if (this.#wantsInput() && has('readable', this.#stdin ?? 0)) await this.#readInput();
    if (has('writable', 1)) await this.#writeOutput(this.#stdout);
    if (has('writable', 2)) await this.#writeOutput(this.#stderr);
    this.#sendInput();
  }

  async #readInput(): Promise<void> {
    const bytes = await this.#readStdin();
    if (bytes === undefined) return;
    if (bytes.length === 0) {
      this.#inputEnded = true;
      return;
    }
    if (this.#escapes === undefined) this.#input.append(bytes);
    else for (const part of this.#escapes.feed(bytes)) await this.#handleInput(part);
  }

  /** Bytes of stdin, none at its end; `undefined` when interrupted. An error is its end too, as in clientloop.c. */
  async #readStdin(): Promise<Uint8Array | undefined> {
    try {
      return await this.#system.streams.read(this.#stdin ?? 0, readBytes);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return error.code === 'EINTR' || error.code === 'EAGAIN' ? undefined : new Uint8Array(0);
    }
  }

  #sendInput(): void {
    const channel = this.#channel;
    if (channel === undefined || !this.#channelOpen) return;
    while (this.#input.sizeBytes > 0 && !this.#peer.isFull) {
      const piece = this.#input.peek();
      const count = Math.min(piece.length, this.#peer.connection.sendable(channel));
      if (count === 0) return;
      this.#peer.send({ type: 'data', channel, bytes: piece.subarray(0, count) });
      this.#input.drop(count);
    }
    const noInput = this.#stdin === undefined || this.#inputEnded;
    if (noInput && this.#input.sizeBytes === 0 && !this.#eofSent) {
      this.#eofSent = true;
      this.#peer.send({ type: 'eof', channel });
    }
  }

  async #writeOutput(output: SessionOutput): Promise<void> {
    const wasBroken = output.isBroken;
    this.#consume(await output.write());
    // Nobody reads it any more, and the peer is told to stop.
    if (output === this.#stdout && output.isBroken && !wasBroken) this.#request({ name: 'eow@openssh.com' }, false);
  }

  #consume(bytes: number): void {
    if (this.#channel !== undefined && this.#channelOpen && bytes > 0) {
      this.#peer.send({ type: 'consume', channel: this.#channel, bytes });
    }
  }

  #request(request: ChannelRequest, wantReply: boolean): void {
    if (this.#channel === undefined || !this.#channelOpen) return;
    if (wantReply) this.#pendingRequests.push(request.name);
    this.#peer.send({ type: 'channelRequest', channel: this.#channel, request, wantReply });
  }

  async #handleEvent(event: ClientEvent): Promise<void> {
    await this.#options.sayPackets();
    switch (event.type) {
      case 'channelOpened':
        return this.#setUp();
      case 'channelOpenFailed':
        await this.#log.error(
          `channel ${event.channel}: open failed: ${openFailure(event.reason)}: ${event.description}`,
        );
        this.#end = 'channel';
        return;
      case 'channelRequestAnswered':
        return this.#handleAnswer(event.success);
      case 'channelRequest':
        return this.#handleRequest(event);
      case 'data':
        return this.#receiveData(event.bytes, event.stream);
      case 'closeReceived':
        this.#peer.send({ type: 'closeChannel', channel: event.channel });
        return;
      case 'channelClosed':
        await this.#log.debug1(`channel ${event.channel}: free: client-session, nchannels 1`);
        this.#channelOpen = false;
        this.#channel = undefined;
        await this.#leaveRawMode();
        return;
      case 'disconnected':
        this.#end = event.by === 'transport' ? 'connection' : 'refused';
        await this.#sayDisconnected(event);
        return;
      default:
        return this.#options.onEvent(event);
    }
  }

  /** client_session2_setup(): terminal, environment, then the program. */
  async #setUp(): Promise<void> {
    this.#channelOpen = true;
    if (this.#options.wantsTerminal) await this.#requestTerminal();
    for (const [variable, value] of this.#options.environment) {
      await this.#log.debug1(`channel ${this.#channel ?? 0}: setting env ${variable} = "${value}"`);
      this.#request({ name: 'env', variable, value }, false);
    }
    const { command } = this.#options;
    if (command.type === 'exec') {
      await this.#log.debug1(`Sending command: ${command.command}`);
      this.#request({ name: 'exec', command: command.command }, true);
    } else if (command.type === 'subsystem') {
      await this.#log.debug1(`Sending subsystem: ${command.name}`);
      this.#request({ name: 'subsystem', subsystem: command.name }, true);
    } else {
      this.#request({ name: 'shell' }, true);
    }
  }

  async #requestTerminal(): Promise<void> {
    const size = (await this.#terminal.windowSize()) ?? { columns: 0, rows: 0, widthPixels: 0, heightPixels: 0 };
    const { terminalType: terminal } = this.#options;
    this.#request({ name: 'pty-req', terminal, ...size, modes: this.#terminal.modes() }, true);
  }

  async #handleAnswer(success: boolean): Promise<void> {
    const name = this.#pendingRequests.shift();
    if (success || name === undefined) return;
    const channel = this.#channel ?? 0;
    if (name === 'pty-req') {
      await this.#log.error(`PTY allocation request failed on channel ${channel}`);
      await this.#leaveRawMode();
      return;
    }
    await this.#leaveRawMode();
    await this.#log.fatal(`${name} request failed on channel ${channel}`);
  }

  async #handleRequest(event: Extract<ClientEvent, { readonly type: 'channelRequest' }>): Promise<void> {
    const { request } = event;
    await this.#log.debug1(
      `client_input_channel_req: channel ${event.channel} rtype ${request.name} reply ${event.wantReply ? 1 : 0}`,
    );
    if (request.name === 'exit-status') this.#exitStatus = request.status & 0xff;
    if (request.name === 'eow@openssh.com') this.#endInput();
    if (!event.wantReply) return;
    const known = request.name === 'exit-status' || request.name === 'exit-signal';
    this.#peer.send({ type: 'answerChannelRequest', channel: event.channel, success: known });
  }

  /** Nobody reads there any more: the input is closed without an EOF (chan_shutdown_read()). */
  #endInput(): void {
    this.#inputEnded = true;
    this.#eofSent = true;
    this.#input.clear();
  }

  #receiveData(bytes: Uint8Array, stream: 'stdout' | 'stderr'): void {
    const output = stream === 'stdout' ? this.#stdout : this.#stderr;
    if (!output.take(bytes)) this.#consume(bytes.length);
  }

  async #handleSignal(signal: SignalName): Promise<void> {
    if (signal !== 'SIGWINCH') {
      this.#endSignal = signal;
      this.#end = 'signal';
      return;
    }
    const size = this.#options.wantsTerminal ? await this.#terminal.windowSize() : undefined;
    if (size !== undefined) this.#request({ name: 'window-change', ...size }, false);
  }

  async #handleInput(part: FilteredInput): Promise<void> {
    if (part.type === 'bytes') {
      this.#input.append(part.bytes);
      return;
    }
    const escape = String.fromCharCode(this.#options.escape ?? 0);
    switch (part.action) {
      case 'terminate':
        this.#end = 'escape';
        return;
      case 'suspend':
        return this.#suspend(escape);
      case 'rekey':
        this.#peer.send({ type: 'rekey' });
        return;
      case 'break':
        this.#say(`${escape}B\r\n`);
        this.#request({ name: 'break', lengthMilliseconds: 1000 }, false);
        return;
      case 'more-verbose':
      case 'less-verbose':
        this.#log.change(part.action === 'more-verbose' ? 1 : -1);
        this.#say(`${escape}${part.key} [LogLevel ${this.#log.level}]\r\n`);
        return;
      case 'help':
        this.#say(escapeHelp(escape));
        return;
      case 'command-line':
        this.#say('commandline disabled\r\n');
        return;
      case 'later':
        this.#say(`${escape}${part.key} is not available yet\r\n`);
    }
  }

  /** Text of ssh's own, between the output of the session. */
  #say(text: string): void {
    this.#stderr.say(utf8Encode(text));
  }

  async #suspend(escape: string): Promise<void> {
    this.#say(`${escape}^Z [suspend ssh]\r\n`);
    await this.#drain();
    await this.#leaveRawMode();
    await this.#system.process.kill(this.#system.process.pid, 'SIGTSTP');
    await this.#terminal.enter(this.#options.terminalForced);
    await this.#handleSignal('SIGWINCH');
  }

  async #drain(): Promise<void> {
    for (const output of [this.#stdout, this.#stderr]) {
      while (!output.isEmpty) await this.#writeOutput(output);
    }
  }

  #leaveRawMode(): Promise<void> {
    return this.#terminal.leave(() => this.#drain());
  }

  async #checkAlive(): Promise<void> {
    const due = this.#keepalive.check(this.#system.clock.monotonic());
    if (due === 'ask') this.#peer.send({ type: 'keepalive' });
    if (due !== 'give-up') return;
    await this.#log.info(`Timeout, server ${this.#options.host} not responding.`);
    this.#end = 'alive';
  }

  #checkEnd(): void {
    if (this.#end !== undefined || this.#channel !== undefined || this.#options.command.type === 'none') return;
    if (this.#stdout.isEmpty && this.#stderr.isEmpty) this.#end = 'channel';
  }

  async #sayDisconnected(event: Extract<ClientEvent, { readonly type: 'disconnected' }>): Promise<void> {
    const { host } = this.#options;
    if (event.by === 'transport' && this.#peer.failure !== undefined) {
      this.#say(`Read from remote host ${host}: ${this.#peer.failure.message}\r\n`);
    } else if (event.by === 'transport') {
      this.#say(`Connection to ${host} closed by remote host.\r\n`);
    } else {
      await this.#drain();
      await this.#leaveRawMode();
      await this.#options.onEvent(event);
    }
  }

  async #finish(): Promise<number> {
    await this.#options.sayPackets();
    await this.#drain();
    if (this.#end === 'alive' || this.#end === 'refused') {
      await this.#leaveRawMode();
      return 255;
    }
    if (!this.#peer.connection.isClosed) {
      this.#peer.send({
        type: 'disconnect',
        reason: disconnectReasons.byApplication,
        description: 'disconnected by user',
      });
    }
    await this.#peer.flush(this.#system.clock.monotonic() + 1000);
    await this.#options.sayPackets();
    const status = await this.#sayEnd();
    if (this.#end === 'connection' && this.#peer.failure !== undefined) {
      // The peer reset the connection, so writing the farewell would fail with EPIPE.
      await this.#log.error('client_loop: send disconnect: Broken pipe');
    }
    await this.#leaveRawMode();
    return status;
  }

  async #sayEnd(): Promise<number> {
    if (this.#endSignal === 'SIGTERM' && this.#options.command.type === 'none') return 0;
    if (this.#endSignal !== undefined) await this.#sayKilled(this.#endSignal);
    else if (this.#options.wantsTerminal && this.#log.has('INFO')) {
      await writeAll(this.#system.streams, 2, `Connection to ${this.#options.host} closed.\r\n`);
    }
    if (this.#end === 'channel') await this.#sayTransferred();
    return this.#end === 'channel' ? this.#exitStatus : 255;
  }

  async #sayKilled(signal: SignalName): Promise<void> {
    await this.#leaveRawMode();
    await this.#log.verbose(`Killed by signal ${signalNumbers[signal]}.`);
  }

  async #sayTransferred(): Promise<void> {
    if (!this.#log.has('VERBOSE')) return;
    const { sentBytes, receivedBytes, startedMilliseconds } = this.#peer;
    const seconds = (this.#system.clock.monotonic() - startedMilliseconds) / 1000;
    for (const line of transferLines({ sentBytes, receivedBytes, seconds })) await this.#log.verbose(line);
    await this.#log.debug1(`Exit status ${this.#exitStatus}`);
  }
}
