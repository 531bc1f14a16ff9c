/** What the page shows of a world beside the terminal's text, kept from its events: ways, exit statuses. */
import type { WorldEvent } from '@seashell/simulator';
import type { SealedEvent } from './carriers.ts';
import { type MapPicture, noWay, type Way } from './map-picture.ts';

interface Process {
  readonly parentPid: number;
  readonly argv: readonly string[];
}

/** What the page is told of: the world's own events, and what its connections' traces say. */
export type PageEvent = WorldEvent | SealedEvent;

interface Connection {
  /** The ssh that made it. */
  readonly pid: number | undefined;
  readonly to: string;
  readonly address: string;
  readonly port: number;
  sealed: boolean;
}

const key = (host: string, pid: number): string => `${host} ${pid}`;

export class WorldState {
  readonly #client: string;
  readonly #server: string;
  readonly #processes = new Map<string, Process>();
  readonly #connections = new Map<number, Connection>();
  /** The status of the process that a login shell of a host started last, since the command began. */
  readonly #ended = new Map<string, { readonly pid: number; readonly status: number }>();

  constructor(client: string, server: string) {
    this.#client = client;
    this.#server = server;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** A command begins at the prompt of `host`. */
  commandBegins(host: string): void {
    this.#ended.delete(host);
  }

  /** The exit status of the last command at `host`; undefined when no process was started for it. */
  exitOf(host: string): number | undefined {
    return this.#ended.get(host)?.status;
  }

  apply(event: PageEvent): void {
    switch (event.type) {
      case 'processStarted':
        this.#processes.set(key(event.host, event.pid), event);
        break;
      case 'processEnded':
        this.#end(event);
        break;
      case 'connectionOpened':
        if (event.from.host === this.#client && event.to.host !== undefined) {
          const { host, address, port } = event.to;
          const { pid } = event.from;
          this.#connections.set(event.connection, { pid, to: host, address, port, sealed: false });
        }
        break;
      case 'connectionClosed':
        this.#connections.delete(event.connection);
        break;
      case 'sealed':
        if (event.host === this.#client) this.#seal(event.pid);
        break;
      default:
    }
  }

  picture(promptHost: string | undefined): MapPicture {
    const connection = [...this.#connections.values()].at(-1);
    const name = connection?.to ?? this.#server;
    const way: Way =
      connection === undefined
        ? noWay
        : {
            state: connection.sealed ? 'sealed' : 'plain',
            shell: promptHost !== undefined && promptHost !== this.#client,
          };
    return {
      client: { name: this.#client, address: undefined },
      server: { name, address: connection?.address, port: connection?.port ?? 22 },
      way,
    };
  }

  #end(event: Extract<WorldEvent, { type: 'processEnded' }>): void {
    const process = this.#processes.get(key(event.host, event.pid));
    this.#processes.delete(key(event.host, event.pid));
    const parent = process === undefined ? undefined : this.#processes.get(key(event.host, process.parentPid));
    const ofShell = parent?.argv[0]?.startsWith('-') === true;
    if (!ofShell || (this.#ended.get(event.host)?.pid ?? 0) > event.pid || event.status.type === 'stopped') return;
    const status = event.status.type === 'exited' ? event.status.status : undefined;
    if (status !== undefined) this.#ended.set(event.host, { pid: event.pid, status });
  }

  #seal(pid: number): void {
    for (const connection of this.#connections.values()) if (connection.pid === pid) connection.sealed = true;
  }
}
