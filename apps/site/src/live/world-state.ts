/** What the page shows of a world beside the terminal's text, kept from its events: ways, exit statuses. */
import type { WorldEvent } from '@seashell/simulator';
import type { SealedEvent } from './carriers.ts';
import { type MapPicture, noWay, type Way } from './map-picture.ts';

interface Process {
  readonly parentPid: number;
  readonly argv: readonly string[];
}

type WorldProcessEnded = Extract<WorldEvent, { readonly type: 'processEnded' }>;

/** The end of a process, with the number that a shell has for it. */
export interface ProcessEnded extends WorldProcessEnded {
  /** Undefined for one that has only stopped. */
  readonly exit: number | undefined;
}

/** What the page is told of: the world's own events, and what its connections' traces say. */
export type PageEvent = Exclude<WorldEvent, WorldProcessEnded> | ProcessEnded | SealedEvent;

interface Connection {
  /** The ssh that made it. */
  readonly pid: number | undefined;
  readonly to: string;
  readonly address: string;
  readonly port: number;
  sealed: boolean;
}

/** login(1) and sshd mark the shell of a login by a hyphen before its name. */
const isLoginShell = (process: Process | undefined): boolean => process?.argv[0]?.startsWith('-') === true;

const key = (host: string, pid: number): string => `${host} ${pid}`;

export class WorldState {
  readonly #client: string;
  readonly #server: string;
  readonly #processes = new Map<string, Process>();
  readonly #connections = new Map<number, Connection>();
  /** The status of the process that a login shell of a host started last, since the command began; of the shell itself, once it has ended. */
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
        // A new login has nothing to do with how the last one ended.
        if (isLoginShell(event)) this.#ended.delete(event.host);
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

  #end({ host, pid, exit }: ProcessEnded): void {
    const process = this.#processes.get(key(host, pid));
    this.#processes.delete(key(host, pid));
    if (process === undefined || exit === undefined) return;
    const isLater = (this.#ended.get(host)?.pid ?? 0) <= pid;
    const isOfShell = isLoginShell(this.#processes.get(key(host, process.parentPid)));
    if (isLoginShell(process) || (isOfShell && isLater)) this.#ended.set(host, { pid, status: exit });
  }

  #seal(pid: number): void {
    for (const connection of this.#connections.values()) if (connection.pid === pid) connection.sealed = true;
  }
}
