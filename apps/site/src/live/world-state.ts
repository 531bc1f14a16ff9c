/** What the page shows of a world beside the terminal's text, kept from its events: ways, exit statuses. */
import type { WorldEvent } from '@seashell/simulator';
import type { PromptedEvent, SealedEvent } from './carriers.ts';
import { type MapPicture, noWay, type Way } from './map-picture.ts';

type WorldProcessEnded = Extract<WorldEvent, { readonly type: 'processEnded' }>;

/** The end of a process, with the number that a shell has for it. */
export interface ProcessEnded extends WorldProcessEnded {
  /** Undefined for one that has only stopped. */
  readonly exit: number | undefined;
}

/** What the page is told of: the world's own events, what its connections' traces say, and its shells' prompts. */
export type PageEvent = Exclude<WorldEvent, WorldProcessEnded> | ProcessEnded | SealedEvent | PromptedEvent;

interface Connection {
  /** The ssh that made it. */
  readonly pid: number | undefined;
  readonly from: string;
  readonly to: string;
  readonly address: string;
  readonly port: number;
  sealed: boolean;
}

/** login(1) and sshd mark the shell of a login by a hyphen before its name. */
const isLoginShell = (argv: readonly string[]): boolean => argv[0]?.startsWith('-') === true;

const key = (host: string, pid: number): string => `${host} ${pid}`;

export class WorldState {
  readonly #client: string;
  readonly #server: string;
  /** Shells that have asked for a command before: from then on a prompt tells how one ended. */
  readonly #shells = new Set<string>();
  readonly #connections = new Map<number, Connection>();
  /** `$?` of each host's last prompt, since the command began; of its login shell itself, once that has ended. */
  readonly #statuses = new Map<string, number>();

  constructor(client: string, server: string) {
    this.#client = client;
    this.#server = server;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** A command begins at the prompt of `host`. */
  commandBegins(host: string): void {
    this.#statuses.delete(host);
  }

  /** The exit status of the last command at `host`; undefined while none has ended. */
  exitOf(host: string): number | undefined {
    return this.#statuses.get(host);
  }

  apply(event: PageEvent): void {
    switch (event.type) {
      case 'prompted':
        this.#prompt(event);
        break;
      case 'processEnded':
        this.#end(event);
        break;
      case 'connectionOpened':
        if (event.from.host === this.#client && event.to.host !== undefined) {
          const { host, address, port } = event.to;
          const { pid, address: from } = event.from;
          this.#connections.set(event.connection, { pid, from, to: host, address, port, sealed: false });
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
      client: { name: this.#client, address: connection?.from },
      server: { name, address: connection?.address, port: connection?.port ?? 22 },
      way,
    };
  }

  /** The first prompt of a shell has nothing to do with how the last one ended. */
  #prompt({ host, pid, status }: PromptedEvent): void {
    const shell = key(host, pid);
    if (this.#shells.has(shell)) this.#statuses.set(host, status);
    else this.#statuses.delete(host);
    this.#shells.add(shell);
  }

  #end({ host, pid, argv, exit }: ProcessEnded): void {
    if (exit === undefined) return;
    this.#shells.delete(key(host, pid));
    if (isLoginShell(argv)) this.#statuses.set(host, exit);
  }

  #seal(pid: number): void {
    for (const connection of this.#connections.values()) if (connection.pid === pid) connection.sealed = true;
  }
}
