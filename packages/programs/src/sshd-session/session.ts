/**
 * One session of a connection: its requests, the program that it runs on pipes or on a terminal, and the bytes between that and the
 * channel (session.c). RFC 4254 6.
 */
import { utf8Encode } from '@seashell/core/wire';
import type { ChannelRequest } from '@seashell/protocol';
import { isSystemError, type SignalName, type SystemError, type WaitStatus } from '@seashell/system';
import { ByteQueue } from '../connection/byte-queue.ts';
import { applyTerminalModes } from '../terminal/terminal-modes.ts';
import type { LoggedIn, ServedConnection } from './connection.ts';
import { acceptsVariable, sessionEnvironment } from './environment.ts';
import { greet } from './login-messages.ts';

type PtyRequest = Extract<ChannelRequest, { readonly name: 'pty-req' }>;

interface Pseudoterminal {
  readonly controller: number;
  /** Open until the program has it. */
  terminal: number | undefined;
  readonly path: string;
  readonly type: string;
}

/** A stream of the program on its way to the channel. */
interface ProgramOutput {
  readonly descriptor: number;
  readonly stream: 'stdout' | 'stderr';
  ended: boolean;
}

/** What is to run instead of what was asked for. */
interface Program {
  readonly command: string | undefined;
  /** As the log names it: `shell`, `command`, `subsystem 'sftp'`. */
  readonly shown: string;
  readonly originalCommand: string | undefined;
}

const maximumVariables = 1000;
const readBytes = 32_768;
const terminalGroup = 5;

export class ServerSession {
  readonly id: number;
  readonly channel: number;
  readonly #connection: ServedConnection;
  readonly #loggedIn: LoggedIn;
  readonly #variables = new Map<string, string>();
  readonly #input = new ByteQueue();
  #inputDescriptor: number | undefined;
  #inputEnded = false;
  #outputs: ProgramOutput[] = [];
  #terminal: Pseudoterminal | undefined;
  #pid: number | undefined;
  #started = false;
  #exited = false;
  #eofSent = false;
  /** Why the client may not send signals to the program: `forced-command`, `subsystem`. */
  #signalsRefusedFor: string | undefined;
  /** What greets on the terminal before the program runs there. */
  readonly #greeting = new ByteQueue();
  #afterGreeting: { readonly program: Program; readonly side: number } | undefined;
  /** What the last poll was asked to read after the program had ended. */
  #polledAfterExit: readonly number[] = [];
  isClosed = false;

  constructor(
    connection: ServedConnection,
    parts: { readonly loggedIn: LoggedIn; readonly channel: number; readonly id: number },
  ) {
    this.#connection = connection;
    this.#loggedIn = parts.loggedIn;
    this.channel = parts.channel;
    this.id = parts.id;
  }

  get pid(): number | undefined {
    return this.#pid;
  }

  /** Handles a channel request; whether it was granted. */
  async handleRequest(request: ChannelRequest): Promise<boolean> {
    await this.#connection.log.debug1(`session_input_channel_req: session ${this.id} req ${request.name}`);
    switch (request.name) {
      case 'pty-req':
        return this.#allocateTerminal(request);
      case 'env':
        return this.#takeVariable(request.variable, request.value);
      case 'shell':
        return this.#start({ command: undefined, shown: 'shell', originalCommand: undefined });
      case 'exec':
        return this.#start({ command: request.command, shown: 'command', originalCommand: request.command });
      case 'subsystem':
        return this.#startSubsystem(request.subsystem);
      case 'window-change':
        return this.#resize(request);
      case 'signal':
        return this.#signal(request.signal);
      case 'break':
        return this.#terminal !== undefined;
      default:
        return false;
    }
  }

  async #allocateTerminal(request: PtyRequest): Promise<boolean> {
    const { settings, system, log } = this.#connection;
    if (this.#loggedIn.keyOptions?.pty === false || !settings.get('PermitTTY')) {
      await log.debug1('Allocating a pty not permitted for this connection.');
      return false;
    }
    if (this.#terminal !== undefined || this.#started) return false;
    try {
      const opened = await system.terminal.openPseudoTerminal(sizeOf(request));
      this.#terminal = { ...opened, type: request.terminal };
      const attributes = await system.terminal.getAttributes(opened.terminal);
      await system.terminal.setAttributes(opened.terminal, applyTerminalModes(attributes, request.modes));
      await this.#giveTerminal(opened.path);
      return true;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      await log.error(`session_pty_req: session ${this.id} alloc failed`);
      return this.#terminal !== undefined;
    }
  }

  /** pty_setowner(). */
  async #giveTerminal(path: string): Promise<void> {
    const { files } = this.#connection.system;
    await files.changeOwner(path, this.#loggedIn.account.uid, terminalGroup);
    await files.changeMode(path, 0o620);
  }

  #takeVariable(name: string, value: string): boolean {
    if (!acceptsVariable(this.#connection, name) || this.#variables.size >= maximumVariables) return false;
    this.#variables.set(name, value);
    return true;
  }

  async #startSubsystem(name: string): Promise<boolean> {
    const { settings, log } = this.#connection;
    const subsystem = (settings.get('Subsystem') ?? []).find((each) => each.name === name);
    const why = subsystem === undefined ? 'subsystem not found' : 'not available yet';
    if (subsystem === undefined || subsystem.command.startsWith('internal-sftp')) {
      await log.info(`subsystem request for ${name} by user ${this.#loggedIn.account.name} failed, ${why}`);
      return false;
    }
    this.#signalsRefusedFor ??= 'subsystem';
    return this.#start({
      command: subsystem.command,
      shown: `subsystem '${name}'`,
      originalCommand: subsystem.command,
    });
  }

  async #start(asked: Program): Promise<boolean> {
    if (this.#started) return false;
    this.#started = true;
    const program = this.#force(asked);
    const { texts, log, remote } = this.#connection;
    const { account } = this.#loggedIn;
    const on = this.#terminal === undefined ? '' : ` on ${this.#terminal.path.replace(/^\/dev\//, '')}`;
    const session = { what: `${program.shown}${on}`, user: account.name, peer: remote, id: this.id };
    await log.verbose(texts.startingSession(session));
    await (this.#terminal === undefined ? this.#runOnPipes(program) : this.#runOnTerminal(program, this.#terminal));
    return true;
  }

  /** ForceCommand, or the command of the authorized_keys line. */
  #force(asked: Program): Program {
    const configured = this.#connection.settings.get('ForceCommand');
    const byKey = this.#loggedIn.keyOptions?.command;
    const original = asked.command === undefined ? undefined : (asked.originalCommand ?? asked.command);
    if (configured.toLowerCase() !== 'none') {
      this.#signalsRefusedFor = 'forced-command';
      return { command: configured, shown: `forced-command (config) '${configured}'`, originalCommand: original };
    }
    if (byKey !== undefined) {
      this.#signalsRefusedFor = 'forced-command';
      return { command: byKey, shown: `forced-command (key-option) '${byKey}'`, originalCommand: original };
    }
    return { ...asked, originalCommand: undefined };
  }

  async #runOnTerminal(program: Program, terminal: Pseudoterminal): Promise<void> {
    this.#inputDescriptor = terminal.controller;
    this.#outputs = [{ descriptor: terminal.controller, stream: 'stdout', ended: false }];
    const side = terminal.terminal ?? terminal.controller;
    const line = terminal.path.replace(/^\/dev\//, '');
    const text = await greet(this.#connection, this.#loggedIn.account, {
      line,
      isQuiet: program.command !== undefined,
    });
    this.#greeting.append(utf8Encode(text));
    this.#afterGreeting = { program, side };
    await this.#greetOn(side);
  }

  /**
   * Writes of the greeting what the terminal takes, and runs the program once it has taken all: more than fits waits until the client
   * has read. To the terminal itself, whose line discipline gives each line its carriage return.
   */
  async #greetOn(side: number): Promise<void> {
    const { streams } = this.#connection.system;
    try {
      if (this.#greeting.sizeBytes > 0) this.#greeting.drop(await streams.write(side, this.#greeting.peek()));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code !== 'EINTR' && error.code !== 'EAGAIN') this.#greeting.clear();
    }
    if (this.#greeting.sizeBytes > 0 || this.#afterGreeting === undefined) return;
    const { program } = this.#afterGreeting;
    this.#afterGreeting = undefined;
    await this.#spawn(program, { 0: side, 1: side, 2: side });
    if (this.#terminal?.terminal === undefined) return;
    await streams.close(this.#terminal.terminal);
    this.#terminal.terminal = undefined;
  }

  async #runOnPipes(program: Program): Promise<void> {
    const { streams } = this.#connection.system;
    const input = await streams.pipe();
    const output = await streams.pipe();
    const errors = await streams.pipe();
    this.#inputDescriptor = input.writer;
    this.#outputs = [
      { descriptor: output.reader, stream: 'stdout', ended: false },
      { descriptor: errors.reader, stream: 'stderr', ended: false },
    ];
    await this.#spawn(program, { 0: input.reader, 1: output.writer, 2: errors.writer });
    for (const descriptor of [input.reader, output.writer, errors.writer]) await streams.close(descriptor);
  }

  async #spawn(program: Program, descriptors: Readonly<Record<number, number>>): Promise<void> {
    const { account } = this.#loggedIn;
    const shell = account.shell === '' ? '/bin/sh' : account.shell;
    const name = shell.slice(shell.lastIndexOf('/') + 1);
    const terminal = this.#terminal;
    const environment = await sessionEnvironment(this.#connection, this.#loggedIn, {
      sent: this.#variables,
      terminal,
      originalCommand: program.originalCommand,
    });
    const workingDirectory = await this.#findHome(account.home, descriptors[2] ?? 2);
    try {
      this.#pid = await this.#connection.system.process.spawn({
        path: shell,
        argv: program.command === undefined ? [`-${name}`] : [name, '-c', program.command],
        environment,
        workingDirectory,
        descriptors,
        newSession: terminal === undefined ? {} : { controllingTerminal: 0 },
        credentials: { uid: account.uid, gid: account.gid, groups: account.groups.map((group) => group.gid) },
        signals: { SIGPIPE: 'default', SIGHUP: 'default', SIGTERM: 'default', SIGINT: 'default', SIGQUIT: 'default' },
      });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      await this.#failToRun(shell, error, descriptors[2] ?? 2);
    }
  }

  /** perror() of the child that could not become the shell. */
  async #failToRun(shell: string, error: SystemError, stderr: number): Promise<void> {
    await this.#connection.system.streams.write(stderr, utf8Encode(`${shell}: ${error.message}\n`));
    this.#sendExit({ name: 'exit-status', status: 1 });
  }

  async #findHome(home: string, stderr: number): Promise<string> {
    const { files, streams } = this.#connection.system;
    try {
      const status = await files.status(home);
      if (status.type === 'directory') return home;
      await streams.write(stderr, utf8Encode(`Could not chdir to home directory ${home}: Not a directory\n`));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      await streams.write(stderr, utf8Encode(`Could not chdir to home directory ${home}: ${error.message}\n`));
    }
    return '/';
  }

  async #resize(request: Parameters<typeof sizeOf>[0]): Promise<boolean> {
    if (this.#terminal === undefined) return true;
    try {
      await this.#connection.system.terminal.setWindowSize(this.#terminal.controller, sizeOf(request));
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
    return true;
  }

  /** session_signal_req(): to the whole process group. 6.6 does not know the request. */
  async #signal(name: string): Promise<boolean> {
    const { system, log } = this.#connection;
    if (system.host.openSsh === '6.6') return false;
    const signal = signalsByName.get(name);
    const refusal = this.#refuseSignal(name, signal);
    if (refusal !== undefined) await log.error(`session_signal_req: ${refusal}`);
    if (refusal !== undefined || signal === undefined || this.#pid === undefined) return false;
    try {
      await system.process.kill(-this.#pid, signal);
      return true;
    } catch (error) {
      if (isSystemError(error)) return false;
      throw error;
    }
  }

  #refuseSignal(name: string, signal: SignalName | undefined): string | undefined {
    if (signal === undefined) return `unsupported signal "${name}"`;
    if (this.#pid === undefined) return `no pid for session ${this.id}`;
    if (this.#signalsRefusedFor === undefined) return undefined;
    return `refusing to send signal ${name} to ${this.#signalsRefusedFor} session`;
  }

  /** The program has ended. */
  async handleExit(status: WaitStatus): Promise<void> {
    this.#pid = undefined;
    if (status.type === 'exited') this.#sendExit({ name: 'exit-status', status: status.status });
    else {
      const signal = exitSignals.has(status.signal) ? status.signal.replace(/^SIG/, '') : 'SIG@openssh.com';
      this.#sendExit({ name: 'exit-signal', signal, coreDumped: false, message: '', language: '' });
    }
    await this.#closeInput();
  }

  #sendExit(request: ChannelRequest): void {
    this.#exited = true;
    const { peer } = this.#connection;
    if (this.isClosed) return;
    peer.send({ type: 'channelRequest', channel: this.channel, request, wantReply: false });
    const eow: ChannelRequest = { name: 'eow@openssh.com' };
    if (!this.#inputEnded) peer.send({ type: 'channelRequest', channel: this.channel, request: eow, wantReply: false });
  }

  /** Bytes from the client for the program. */
  receive(bytes: Uint8Array): void {
    if (this.#inputDescriptor === undefined || this.#exited) this.#consume(bytes.length);
    else this.#input.append(bytes);
  }

  receiveEof(): void {
    this.#inputEnded = true;
  }

  /** Nobody reads the output over there: chan_rcvd_eow(). A program that writes more gets SIGPIPE; its errors still pass. */
  async receiveEndOfWrite(): Promise<void> {
    const output = this.#outputs.find(({ stream, ended }) => stream === 'stdout' && !ended);
    if (output === undefined) return;
    output.ended = true;
    if (this.#terminal !== undefined) return;
    this.#outputs = this.#outputs.filter((each) => each !== output);
    await this.#connection.system.streams.close(output.descriptor);
  }

  #consume(bytes: number): void {
    if (!this.isClosed && bytes > 0) this.#connection.peer.send({ type: 'consume', channel: this.channel, bytes });
  }

  /** The descriptors that wait for input, if there is some, or for the greeting; who does not read holds them up. */
  writableWanted(): readonly number[] {
    const wanted = this.#input.sizeBytes > 0 && this.#inputDescriptor !== undefined ? [this.#inputDescriptor] : [];
    return this.#afterGreeting === undefined ? wanted : [...wanted, this.#afterGreeting.side];
  }

  /** What a poll is to read; whether there is nothing to wait for, since only what is there already counts. */
  preparePoll(): { readonly readable: readonly number[]; readonly isFinal: boolean } {
    const readable = this.#readableWanted();
    this.#polledAfterExit = this.#exited && this.#terminal !== undefined ? readable : [];
    return { readable, isFinal: this.#polledAfterExit.length > 0 };
  }

  /** The descriptors that may be read: there is room in the channel. */
  #readableWanted(): readonly number[] {
    const { peer } = this.#connection;
    if (this.isClosed || peer.isFull || peer.connection.sendable(this.channel) === 0) return [];
    return this.#outputs.filter((output) => !output.ended).map((output) => output.descriptor);
  }

  /** Moves what `ready` allows. */
  async move(ready: { readonly readable: ReadonlySet<number>; readonly writable: ReadonlySet<number> }): Promise<void> {
    const greeted = this.#afterGreeting?.side;
    if (greeted !== undefined && ready.writable.has(greeted)) await this.#greetOn(greeted);
    const input = this.#inputDescriptor;
    if (input !== undefined && this.#input.sizeBytes > 0 && ready.writable.has(input)) await this.#writeInput(input);
    for (const output of this.#outputs) {
      if (!output.ended && ready.readable.has(output.descriptor)) await this.#readOutput(output);
      else if (this.#isAbandoned(output)) output.ended = true;
    }
    if (this.#inputEnded && this.#input.sizeBytes === 0 && this.#terminal === undefined) await this.#closeInput();
    await this.#finish();
  }

  /**
   * A terminal whose program has ended shows no more than what it wrote until then, even if something in its background still holds
   * it: nothing was there to read at a poll after the end.
   */
  #isAbandoned(output: ProgramOutput): boolean {
    return this.#polledAfterExit.includes(output.descriptor);
  }

  async #writeInput(descriptor: number): Promise<void> {
    try {
      const written = await this.#connection.system.streams.write(descriptor, this.#input.peek());
      this.#input.drop(written);
      this.#consume(written);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code !== 'EINTR' && error.code !== 'EAGAIN') await this.#closeInput();
    }
  }

  async #readOutput(output: ProgramOutput): Promise<void> {
    const { peer, system } = this.#connection;
    const room = Math.min(readBytes, peer.connection.sendable(this.channel));
    if (room === 0) return;
    try {
      const bytes = await system.streams.read(output.descriptor, room);
      if (bytes.length === 0) output.ended = true;
      else {
        const stream = output.stream === 'stderr' ? { stream: 'stderr' as const } : {};
        peer.send({ type: 'data', channel: this.channel, bytes, ...stream });
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code !== 'EINTR' && error.code !== 'EAGAIN') output.ended = true;
    }
  }

  async #closeInput(): Promise<void> {
    this.#consume(this.#input.sizeBytes);
    this.#input.clear();
    const descriptor = this.#inputDescriptor;
    this.#inputDescriptor = undefined;
    if (descriptor !== undefined && this.#terminal === undefined)
      await this.#connection.system.streams.close(descriptor);
  }

  /** All output is sent and the program has ended: no more from here. */
  async #finish(): Promise<void> {
    if (this.isClosed || !this.#started || this.#eofSent) return;
    if (!this.#exited || this.#outputs.some((output) => !output.ended)) return;
    this.#eofSent = true;
    this.#connection.peer.send({ type: 'eof', channel: this.channel });
    this.#connection.peer.send({ type: 'closeChannel', channel: this.channel });
    await this.closeDescriptors();
  }

  /** The client has closed the channel: the program is left without its streams. */
  async handleClose(): Promise<void> {
    this.isClosed = true;
    await this.closeDescriptors();
  }

  async closeDescriptors(): Promise<void> {
    const { streams } = this.#connection.system;
    await this.#closeInput();
    const terminal = this.#terminal;
    const descriptors =
      terminal === undefined ? this.#outputs.map((output) => output.descriptor) : [terminal.controller];
    if (terminal?.terminal !== undefined) descriptors.push(terminal.terminal);
    this.#outputs = [];
    this.#polledAfterExit = [];
    this.#terminal = undefined;
    this.#greeting.clear();
    this.#afterGreeting = undefined;
    for (const descriptor of descriptors) await streams.close(descriptor);
  }
}

function sizeOf(request: {
  readonly columns: number;
  readonly rows: number;
  readonly widthPixels: number;
  readonly heightPixels: number;
}) {
  const { columns, rows, widthPixels, heightPixels } = request;
  return { columns, rows, widthPixels, heightPixels };
}

/** sig2name() of session.c: those of RFC 4254 6.10; all others share one name. */
const exitSignals: ReadonlySet<SignalName> = new Set([
  'SIGABRT',
  'SIGALRM',
  'SIGFPE',
  'SIGHUP',
  'SIGILL',
  'SIGINT',
  'SIGKILL',
  'SIGPIPE',
  'SIGQUIT',
  'SIGSEGV',
  'SIGTERM',
  'SIGUSR1',
  'SIGUSR2',
]);

/** name2sig() of session.c, as far as the System knows the signals. */
const signalsByName: ReadonlyMap<string, SignalName> = new Map([
  ['ALRM', 'SIGALRM'],
  ['HUP', 'SIGHUP'],
  ['INT', 'SIGINT'],
  ['KILL', 'SIGKILL'],
  ['PIPE', 'SIGPIPE'],
  ['QUIT', 'SIGQUIT'],
  ['TERM', 'SIGTERM'],
  ['USR1', 'SIGUSR1'],
  ['USR2', 'SIGUSR2'],
]);
