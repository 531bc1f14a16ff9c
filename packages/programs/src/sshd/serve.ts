/**
 * sshd's loop: takes connections, starts a process for each, limits how many may be without a login (MaxStartups), and refuses sources that
 * did wrong (PerSourcePenalties).
 */
import type { SshdSettings } from '@seashell/core/config';
import {
  isSystemError,
  signalNumbers,
  type SignalName,
  type SocketAddress,
  type System,
  type Wait,
  type WaitStatus,
} from '@seashell/system';
import type { Log } from '../logging/log.ts';
import { writeAll } from '../storage/write-all.ts';
import { encodeHandOver } from './hand-over.ts';
import type { HostKey } from './host-keys.ts';
import type { SshdRequest } from './options.ts';
import type { ServerConfig } from './server-config.ts';
import { describeEnd, loginStatuses, SourcePenalties } from './source-penalties.ts';
import { texts } from './texts.ts';

export type ServingSystem = Pick<System, 'process' | 'files' | 'streams' | 'network' | 'clock' | 'random' | 'host'>;

interface Service {
  readonly log: Log;
  readonly request: SshdRequest;
  readonly argv: readonly string[];
  readonly settings: SshdSettings;
  readonly config: ServerConfig;
  readonly hostKeys: readonly HostKey[];
  readonly listeners: readonly number[];
}

/** Descriptors of sshd-session beside the socket on 0 and 1. */
export const startupDescriptor = 3;
export const configDescriptor = 4;

/** Serves until a signal ends it; the exit status, or `restart` after SIGHUP. */
export async function serve(system: ServingSystem, service: Service): Promise<number | 'restart'> {
  return new Server(system, service).run();
}

interface Child {
  readonly pid: number;
  /** Ends when the user is in, or the process is over; `undefined` then. */
  startup: number | undefined;
  readonly remote: SocketAddress;
  readonly local: SocketAddress;
}

/** A connection that is not taken: the log's reason, and the words that the client gets. */
interface Refusal {
  readonly ends: { readonly remote: SocketAddress; readonly local: SocketAddress };
  readonly why: string;
  readonly answer: string;
}

function readable(descriptor: number): Wait {
  return { type: 'readable', descriptor };
}

class Server {
  readonly #system: ServingSystem;
  readonly #service: Service;
  readonly #children = new Map<number, Child>();
  readonly #penalties: SourcePenalties;
  #debugStatus: number | undefined;

  constructor(system: ServingSystem, service: Service) {
    this.#system = system;
    this.#service = service;
    this.#penalties = new SourcePenalties(service.settings);
  }

  async run(): Promise<number | 'restart'> {
    for (const signal of ['SIGHUP', 'SIGTERM', 'SIGQUIT', 'SIGINT'] as const) {
      await this.#system.process.setDisposition(signal, 'handle');
    }
    await this.#system.process.setDisposition('SIGPIPE', 'ignore');
    await this.#writePidFile();
    for (;;) {
      const outcome = await this.#step();
      if (outcome !== undefined) return outcome;
    }
  }

  async #writePidFile(): Promise<void> {
    const path = this.#service.settings.get('PidFile');
    if (path === 'none' || this.#service.request.debug > 0) return;
    try {
      const options = { access: 'write', create: true, truncate: true, mode: 0o644 } as const;
      const descriptor = await this.#system.files.open(path, options);
      await writeAll(this.#system.streams, descriptor, `${this.#system.process.pid}\n`);
      await this.#system.streams.close(descriptor);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      await this.#service.log.error(`Couldn't create pid file "${path}": ${error.message}`);
    }
  }

  async #step(): Promise<number | 'restart' | undefined> {
    const startups = [...this.#children.values()].filter((child) => child.startup !== undefined);
    const waits: Wait[] = [
      { type: 'signal' },
      { type: 'child' },
      ...this.#service.listeners.map(readable),
      ...startups.map((child) => readable(child.startup ?? -1)),
    ];
    const { ready, signals } = await this.#system.streams.poll(waits);
    await this.#reap();
    if (this.#debugStatus !== undefined) return this.#debugStatus;
    for (const child of startups) {
      if (ready.some((index) => this.#isOf(waits[index], child.startup))) await this.#finishStartup(child);
    }
    if (signals.includes('SIGHUP')) return 'restart';
    const [signal] = signals.filter((each) => each !== 'SIGHUP');
    if (signal !== undefined) return this.#terminate(signal);
    for (const listener of this.#service.listeners) {
      if (ready.some((index) => this.#isOf(waits[index], listener))) await this.#accept(listener);
    }
    return undefined;
  }

  #isOf(wait: Wait | undefined, descriptor: number | undefined): boolean {
    return wait?.type === 'readable' && wait.descriptor === descriptor;
  }

  async #terminate(signal: SignalName): Promise<number> {
    await this.#service.log.info(`Received signal ${signalNumbers[signal]}; terminating.`);
    const path = this.#service.settings.get('PidFile');
    try {
      if (path !== 'none') await this.#system.files.remove(path, 'file');
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
    return signal === 'SIGTERM' ? 0 : 255;
  }

  async #accept(listener: number): Promise<void> {
    const socket = await this.#acceptOne(listener);
    if (socket === undefined) return;
    const { local, remote } = await this.#system.network.addresses(socket);
    const peer = remote ?? { address: 'UNKNOWN', port: 65_535 };
    const penalty = this.#penalties.refusal(peer.address, this.#nowSeconds);
    if (penalty !== undefined) {
      await this.#drop(socket, { ends: { remote: peer, local }, why: penalty, answer: 'Not allowed at this time' });
    } else if (this.#mustDrop()) {
      const answer = 'Exceeded MaxStartups';
      await this.#drop(socket, { ends: { remote: peer, local }, why: 'past MaxStartups', answer });
    } else await this.#start(socket, { remote: peer, local });
    await this.#system.streams.close(socket);
  }

  async #acceptOne(listener: number): Promise<number | undefined> {
    try {
      return await this.#system.network.accept(listener);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code !== 'EINTR' && error.code !== 'EAGAIN' && error.code !== 'ECONNABORTED') {
        await this.#service.log.error(`accept: ${error.message}`);
      }
      return undefined;
    }
  }

  /** should_drop_connection(): from `begin` on more and more are refused, at `full` all. */
  #mustDrop(): boolean {
    const { begin, ratePercent, full } = this.#service.settings.get('MaxStartups');
    const startups = [...this.#children.values()].filter((child) => child.startup !== undefined).length;
    if (startups < begin) return false;
    if (startups >= full || ratePercent === 100) return true;
    const percent = ((100 - ratePercent) * (startups - begin)) / (full - begin) + ratePercent;
    const [high = 0, low = 0] = this.#system.random.bytes(2);
    return ((high << 8) | low) % 100 < percent;
  }

  get #nowSeconds(): number {
    return this.#system.clock.monotonic() / 1000;
  }

  async #drop(socket: number, { ends: { remote, local }, why, answer }: Refusal): Promise<void> {
    const startups = [...this.#children.values()].filter((child) => child.startup !== undefined).length;
    await this.#service.log.info(
      `drop connection #${startups} from [${remote.address}]:${remote.port} on [${local.address}]:${local.port} ${why}`,
    );
    if (this.#system.host.openSsh === '6.6') return;
    try {
      await this.#system.streams.write(
        socket,
        Uint8Array.from(`${answer}\r\n`, (c) => c.charCodeAt(0)),
      );
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }

  async #start(socket: number, ends: { readonly remote: SocketAddress; readonly local: SocketAddress }): Promise<void> {
    const { streams, process } = this.#system;
    const startup = await streams.pipe();
    const config = await streams.pipe();
    const path = this.#service.settings.get('SshdSessionPath');
    try {
      const pid = await process.spawn({
        path,
        argv: [path, ...this.#service.argv.slice(1), '-R'],
        environment: process.environment,
        descriptors: {
          0: socket,
          1: socket,
          2: 2,
          [startupDescriptor]: startup.writer,
          [configDescriptor]: config.reader,
        },
        newSession: {},
      });
      this.#children.set(pid, { pid, startup: startup.reader, ...ends });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      await this.#service.log.error(`rexec of ${path} failed: ${error.message}`);
      await streams.close(startup.reader);
    }
    await streams.close(startup.writer);
    await streams.close(config.reader);
    await this.#handOver(config.writer);
  }

  async #handOver(writer: number): Promise<void> {
    const { config, hostKeys } = this.#service;
    try {
      await writeAll(this.#system.streams, writer, encodeHandOver({ config, hostKeys }));
    } catch (error) {
      // The process is gone already: reaping it says so.
      if (!isSystemError(error)) throw error;
    }
    await this.#system.streams.close(writer);
  }

  async #finishStartup(child: Child): Promise<void> {
    if (child.startup === undefined) return;
    await this.#system.streams.close(child.startup);
    child.startup = undefined;
  }

  async #reap(): Promise<void> {
    while (this.#children.size > 0) {
      const status = await this.#system.process.wait({ noHang: true });
      if (status === undefined) return;
      const child = this.#children.get(status.pid);
      if (child === undefined || status.type === 'stopped') continue;
      const hadNobodyIn = child.startup !== undefined;
      await this.#finishStartup(child);
      this.#children.delete(status.pid);
      await this.#sayEnd(child, status);
      if (hadNobodyIn) await this.#judge(child, status);
      if (this.#service.request.debug > 0) this.#debugStatus = 255;
    }
  }

  /** child_reap(): what a process that had nobody in says of its peer. */
  async #judge(child: Child, status: WaitStatus): Promise<void> {
    const { log } = this.#service;
    if (this.#system.host.openSsh === '6.6' || status.type === 'stopped') return;
    const connection = `connection from ${child.remote.address} to ${child.local.address}`;
    if (status.type === 'exited') {
      const words = describeEnd(status.status);
      if (words !== undefined) await log.debug1(`child_reap: preauth child ${child.pid} for ${connection} ${words}`);
      return this.#penalise(child, status.status);
    }
    await log.debug1(`session process ${child.pid} for ${connection} killed by signal ${signalNumbers[status.signal]}`);
  }

  async #penalise({ remote }: Child, status: number): Promise<void> {
    const { log } = this.#service;
    const lines = this.#penalties.penalise(remote.address, status, this.#nowSeconds);
    for (const { level, text } of lines) await log.write(level, text);
  }

  async #sayEnd(child: Child, status: WaitStatus): Promise<void> {
    if (status.type !== 'exited' || status.status !== loginStatuses.graceExceeded) return;
    await this.#service.log.info(texts[this.#system.host.openSsh].graceExceeded(child.remote, child.local, child.pid));
  }
}
