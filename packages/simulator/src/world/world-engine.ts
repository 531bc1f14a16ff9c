/** A world as it runs: hosts, sessions, inputs and events around one scheduler. `createWorld` makes it. */
import type { FileStatus } from '@seashell/system';
import { kernelCaller } from '../filesystem/caller.ts';
import type { FileSystem } from '../filesystem/file-system.ts';
import { Host } from '../kernel/host.ts';
import { PluggedAuthenticator } from '../kernel/plugged-authenticator.ts';
import type { Process } from '../kernel/process.ts';
import { Scheduler } from '../kernel/scheduler.ts';
import { Network } from '../network/network.ts';
import { defaultWindowSize } from '../tty/attributes.ts';
import type { BuiltHost } from '../world-definition/build-host.ts';
import type { HostDefinition, WorldDefinition } from '../world-definition/definition.ts';
import { OpenCommand } from './command-session.ts';
import { Driver } from './driver.ts';
import { hostEvents, networkEvents } from './event-sources.ts';
import type { WorldEvent, WorldEventBody } from './events.ts';
import { exists, prepareFiles, programsByName } from './host-setup.ts';
import type { InputLog, WorldInput } from './input-log.ts';
import { requireAccount } from './login.ts';
import { OutsideStream } from './outside-connection.ts';
import { Sleepers } from './sleepers.ts';
import { CommandHandle, TerminalHandle } from './session-handles.ts';
import type { WorldSnapshot } from './snapshot.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { OpenTerminal } from './terminal-session.ts';
import { isWaitingForPerson } from './waiting.ts';
import type {
  OutsideConnection,
  OutsideConnectionOptions,
  RunOptions,
  RunResult,
  World,
  WorldOptions,
} from './world.ts';

/** What makes of a host's definition. */
export interface HostBuilder {
  openSshOf(host: HostDefinition): '10' | '6.6';
  /** `now` is the world's clock. */
  build(host: HostDefinition, now: () => number): BuiltHost;
}

const firstOutsidePort = 40_000;

export class WorldEngine implements World {
  readonly definition: WorldDefinition;
  readonly seed: number;
  readonly hosts: readonly Host[];
  readonly files: World['files'];
  readonly #scheduler = new Scheduler();
  readonly #network: Network;
  readonly #driver: Driver;
  readonly #sleepers: Sleepers;
  readonly #sessions = new Map<number, TerminalHandle | CommandHandle>();
  readonly #observers = new Set<(event: WorldEvent) => void>();
  #outsideConnections = 0;

  constructor(options: WorldOptions, builder: HostBuilder) {
    this.definition = options.definition;
    this.seed = options.seed;
    const sink = {
      emit: (event: WorldEventBody) => this.#emit(event),
      processEnded: (_host: Host, process: Process) => this.#processEnded(process),
      crashed: (error: unknown) => {
        if (options.goesOnAfterCrash !== true) this.#driver.crashed(error);
      },
      reached: (host: string) => this.#sleepers.wake(host),
    };
    this.#network = new Network(this.#scheduler, options.definition, networkEvents(sink));
    const programs = programsByName(options.programs);
    this.#sleepers = new Sleepers(this.#scheduler);
    this.hosts = options.definition.hosts.map((definition) => {
      const { fileSystem, addKeys } = builder.build(definition, () => this.nowMilliseconds);
      const host = new Host({
        name: definition.name,
        openSsh: builder.openSshOf(definition),
        seed: options.seed,
        startsAtMilliseconds: options.definition.startsAtMilliseconds,
        fileSystem,
        scheduler: this.#scheduler,
        network: this.#network,
        programs,
        events: hostEvents(sink),
        ...(definition.securityKey === true && {
          authenticator: new PluggedAuthenticator(this.#scheduler, options.seed, definition.name),
        }),
      });
      this.#sleepers.add({ host, services: definition.services ?? [], addKeys });
      return host;
    });
    this.#driver = new Driver({
      scheduler: this.#scheduler,
      startsAtMilliseconds: options.definition.startsAtMilliseconds,
      watchdog: options.watchdog,
      replay: options.replay ?? [],
      isReadyFor: (input) => !isFileInput(input) || this.#sleepers.isAwake(input.host),
      apply: (input) => this.#apply(input),
      current: () => this.#currentProcess(),
    });
    this.files = this.#fileViews();
    for (const host of this.hosts) prepareFiles(host, options.programs);
    this.#sleepers.wakeRestless();
  }

  get step(): number {
    return this.#scheduler.step;
  }

  get nowMilliseconds(): number {
    return this.definition.startsAtMilliseconds + Math.floor(this.#scheduler.now / 1000);
  }

  get nextMilliseconds(): number | undefined {
    const next = this.#scheduler.queue.nextMicroseconds;
    return next === undefined ? undefined : this.definition.startsAtMilliseconds + Math.ceil(next / 1000);
  }

  get quiet(): boolean {
    return this.#scheduler.queue.activityCount === 0 && !this.#driver.isStepping;
  }

  get log(): InputLog {
    return this.#driver.log;
  }

  run(options?: RunOptions): Promise<RunResult> {
    return this.#driver.run(options);
  }

  openTerminal(options: Parameters<World['openTerminal']>[0]): TerminalHandle {
    const { host, user, size = defaultWindowSize } = options;
    requireAccount(this.#host(host), user);
    const session = this.#sessions.size + 1;
    const handle = this.#terminalHandle({ session, host, user });
    this.#deliver({ type: 'openTerminal', session, host, user, size });
    return handle;
  }

  openCommand(options: Parameters<World['openCommand']>[0]): CommandHandle {
    const { host, user, commandLine } = options;
    requireAccount(this.#host(host), user);
    const session = this.#sessions.size + 1;
    const handle = this.#commandHandle({ session, host, user });
    this.#deliver({ type: 'openCommand', session, host, user, commandLine });
    return handle;
  }

  session(number: number): TerminalHandle | CommandHandle | undefined {
    return this.#sessions.get(number);
  }

  connectFromOutside(options: OutsideConnectionOptions): OutsideConnection {
    this.#host(options.host);
    this.#outsideConnections += 1;
    return new OutsideStream(this.#network, { ...options, localPort: firstOutsidePort + this.#outsideConnections });
  }

  writeFile(host: string, path: string, content: Uint8Array): Promise<void> {
    return this.#driver.deliver({ type: 'writeFile', host, path, content: content.slice() });
  }

  removeFile(host: string, path: string): Promise<void> {
    return this.#driver.deliver({ type: 'removeFile', host, path });
  }

  setLink(host: string, up: boolean): void {
    this.#host(host);
    this.#deliver({ type: 'setLink', host, up });
  }

  connections(): ReturnType<Network['connections']> {
    return this.#network.connections();
  }

  snapshot(): WorldSnapshot {
    return takeSnapshot(this);
  }

  observe(listener: (event: WorldEvent) => void): () => void {
    this.#observers.add(listener);
    return () => this.#observers.delete(listener);
  }

  #emit(event: WorldEventBody): void {
    if (this.#observers.size === 0) return;
    const dated = { ...event, step: this.step, timeMilliseconds: this.nowMilliseconds };
    for (const observer of this.#observers) observer(dated);
  }

  #host(name: string): Host {
    const host = this.hosts.find((each) => each.name === name);
    if (host === undefined) throw new Error(`assertion: the world has no host ${name}`);
    return host;
  }

  /** Inputs that nobody waits for: if one fails, the next run tells. */
  #deliver(input: WorldInput): void {
    this.#driver.deliver(input).catch((error: unknown) => this.#driver.crashed(error));
  }

  #apply(input: WorldInput): void {
    switch (input.type) {
      case 'writeFile':
      case 'removeFile':
        return applyFile(this.#host(input.host).fileSystem, input);
      case 'setLink':
        this.#network.setUp(input.host, input.up);
        return this.#emit({ type: 'linkChanged', host: input.host, up: input.up });
      case 'expire':
        return this.#expire(input);
      default:
        return this.#applyToSession(input);
    }
  }

  #applyToSession(input: SessionInput): void {
    if (input.type === 'openTerminal') return this.#openTerminal(input);
    if (input.type === 'openCommand') return this.#openCommand(input);
    const handle = this.#sessions.get(input.session);
    const open = handle?.open;
    if (open === undefined || open.status !== undefined) return;
    if (input.type === 'hangUp') return open.hangUp();
    if (open instanceof OpenTerminal) {
      if (input.type === 'bytes') open.type(input.bytes);
      if (input.type === 'resize') open.terminal.setWindowSize(input.size);
      return;
    }
    if (input.type === 'bytes') open.write(input.bytes);
    if (input.type === 'end') open.end();
  }

  #openTerminal(input: Extract<WorldInput, { type: 'openTerminal' }>): void {
    const handle = this.#sessions.get(input.session) ?? this.#terminalHandle(input);
    if (!(handle instanceof TerminalHandle)) throw new Error('assertion: the session is no terminal');
    this.#sleepers.wake(input.host);
    handle.open = new OpenTerminal(this.#host(input.host), { ...input, output: handle.output });
  }

  #openCommand(input: Extract<WorldInput, { type: 'openCommand' }>): void {
    const handle = this.#sessions.get(input.session) ?? this.#commandHandle(input);
    if (!(handle instanceof CommandHandle)) throw new Error('assertion: the session is no command');
    this.#sleepers.wake(input.host);
    handle.open = new OpenCommand(this.#host(input.host), { ...input, output: handle.output });
  }

  #terminalHandle(identity: {
    readonly session: number;
    readonly host: string;
    readonly user: string;
  }): TerminalHandle {
    const handle = new TerminalHandle(this.#sessionControl(), identity);
    this.#sessions.set(identity.session, handle);
    return handle;
  }

  #commandHandle(identity: { readonly session: number; readonly host: string; readonly user: string }): CommandHandle {
    const handle = new CommandHandle(this.#sessionControl(), identity);
    this.#sessions.set(identity.session, handle);
    return handle;
  }

  #sessionControl(): ConstructorParameters<typeof TerminalHandle>[0] {
    return {
      deliver: (input) => this.#deliver(input),
      isWaiting: (open) => this.quiet && open.pendingBytes === 0 && isWaitingForPerson(this, open.host, open.terminal),
    };
  }

  #processEnded(process: Process): void {
    const { endStatus: status } = process;
    for (const { open, session } of this.#sessions.values()) {
      if (open?.leader !== process || status === undefined) continue;
      open.ended(status);
      this.#emit({ type: 'sessionEnded', session, status });
    }
  }

  #currentProcess(): { readonly host: string; readonly pid: number } | undefined {
    const { current } = this.#scheduler;
    for (const host of current === undefined ? [] : this.hosts) {
      const process = host.processes.list().find(({ task }) => task === current);
      if (process !== undefined) return { host: host.name, pid: process.pid };
    }
    return undefined;
  }

  #expire({ host, pid }: { readonly host: string; readonly pid: number }): void {
    const process = this.#host(host).processes.get(pid);
    if (process !== undefined) this.#host(host).processes.end(process, { type: 'signaled', pid, signal: 'SIGKILL' });
  }

  #fileViews(): World['files'] {
    return {
      read: (host, path): Uint8Array => this.#host(host).fileSystem.readFile(kernelCaller, path),
      status: (host, path): FileStatus => this.#host(host).fileSystem.status(kernelCaller, path),
      list: (host, path): readonly string[] => this.#host(host).fileSystem.readDirectory(kernelCaller, path),
    };
  }
}

type SessionInput = Extract<WorldInput, { readonly session: number }>;

type FileInput = Extract<WorldInput, { readonly type: 'writeFile' | 'removeFile' }>;

function isFileInput(input: WorldInput): input is FileInput {
  return input.type === 'writeFile' || input.type === 'removeFile';
}

/** As an editor outside of the world: content changes, mode and owner stay; a new file belongs to whom its directory does. */
function applyFile(fileSystem: FileSystem, input: FileInput): void {
  if (input.type === 'removeFile') return fileSystem.remove(kernelCaller, input.path, 'file');
  const { path, content } = input;
  const directory = fileSystem.status(kernelCaller, path.slice(0, Math.max(1, path.lastIndexOf('/'))));
  const { uid, gid } = directory;
  const owner = { ...kernelCaller, credentials: { uid, gid, groups: [] } };
  if (exists(fileSystem, path)) fileSystem.writeFile(kernelCaller, path, { content });
  else fileSystem.writeFile(owner, path, { content, mode: 0o644 });
}
