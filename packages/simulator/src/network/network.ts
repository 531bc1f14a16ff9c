/**
 * The network of a world: hosts' listeners and ports, names, routes, firewalls, cables, and the connections between them. Latency
 * is between hosts; bandwidth has no end.
 */
import { type ErrnoName, type SocketAddress, SystemError } from '@seashell/system';
import { loopbackMicroseconds } from '../kernel/costs.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import type { FirewallRule, WorldDefinition } from '../world-definition/definition.ts';
import { covers, isAddress, isWildcard } from './address.ts';
import {
  Connecting,
  type ConnectingNetwork,
  type FoundWay,
  type MadeConnection,
  type Origin,
  type Target,
} from './connecting.ts';
import type { Way } from './connection.ts';
import { firewallAction } from './firewall.ts';
import { lookUpHostsFile, type NameTable, worldNames } from './names.ts';
import { Routes } from './routes.ts';
import { ListenerDescription } from './sockets.ts';

const firstEphemeralPort = 32_768;
const lastEphemeralPort = 60_999;
const lastPrivilegedPort = 1023;
/** Between the outside of the world and a host, as `serve` has it. */
const outsideLatencyMicroseconds = 100;

export interface OpenConnection extends MadeConnection {
  readonly number: number;
  readonly openedMicroseconds: number;
}

export interface NetworkEvents {
  opened(connection: OpenConnection): void;
  failed(origin: Origin, to: SocketAddress, error: ErrnoName): void;
  closed(connection: OpenConnection, reason: 'closed' | 'reset'): void;
  /** A packet is about to leave for a host, which is not yet there. */
  reached(host: string): void;
}

/** What the network keeps for one host. */
interface HostStack {
  readonly listeners: Set<ListenerDescription>;
  readonly firewall: readonly FirewallRule[];
  up: boolean;
  nextPort: number;
}

export class Network implements ConnectingNetwork {
  readonly scheduler: Scheduler;
  readonly routes: Routes;
  readonly #names: NameTable;
  readonly #stacks = new Map<string, HostStack>();
  readonly #connections = new Map<number, OpenConnection>();
  readonly #events: NetworkEvents;
  #lastConnection = 0;
  #lastInode = 0;

  constructor(scheduler: Scheduler, definition: WorldDefinition, events: NetworkEvents) {
    this.scheduler = scheduler;
    this.#events = events;
    this.routes = new Routes(definition);
    this.#names = worldNames(definition);
    for (const { name, firewall } of definition.hosts) {
      const stack = { listeners: new Set<ListenerDescription>(), firewall: firewall ?? [] };
      this.#stacks.set(name, { ...stack, up: true, nextPort: firstEphemeralPort });
    }
  }

  /** The connections that are open, oldest first. */
  connections(): readonly OpenConnection[] {
    return [...this.#connections.values()];
  }

  listeners(host: string): readonly ListenerDescription[] {
    return [...this.#stack(host).listeners];
  }

  isUp(host: string): boolean {
    return this.#stack(host).up;
  }

  setUp(host: string, up: boolean): void {
    this.#stack(host).up = up;
  }

  /** A number of its own for each socket and pipe of the world. */
  nextInode(): number {
    this.#lastInode += 1;
    return 20_000 + this.#lastInode;
  }

  /** getaddrinfo(3): addresses, then /etc/hosts (`hostsFile`), then the world's names, for which the cable has to be in. */
  resolve(host: string, name: string, hostsFile: string): readonly string[] {
    if (isAddress(name)) return [name];
    const local = lookUpHostsFile(hostsFile, name);
    if (local.length > 0) return local;
    if (!this.isUp(host)) throw new SystemError('EAI_AGAIN', 'resolve', name);
    const found = this.#names.get(name.toLowerCase().replace(/\.$/u, ''));
    if (found === undefined) throw new SystemError('ENOTFOUND', 'resolve', name);
    return found;
  }

  connect(host: string, pid: number, to: SocketAddress): Connecting {
    const route = this.routes.find(host, to.address);
    const source = route.type === 'host' ? route.source : (this.routes.addressesOf(host)[0] ?? '127.0.0.1');
    const origin = { host, pid, address: { address: source, port: this.#ephemeralPort(host) } };
    const connecting = new Connecting(this, origin, { to });
    connecting.start();
    return connecting;
  }

  /** From outside of the world to a host; its cable, its firewall and its listeners decide as for others. */
  connectFromOutside(origin: Origin, to: Target, onSettled: () => void): Connecting {
    const connecting = new Connecting(this, origin, { to: to.address, onSettled });
    connecting.start();
    return connecting;
  }

  listen(host: string, on: SocketAddress, isRoot: boolean): ListenerDescription {
    const own = isWildcard(on.address) || this.routes.isOwnAddress(host, on.address);
    if (!own) throw new SystemError('EADDRNOTAVAIL', 'listen', on.address);
    if (on.port > 0 && on.port <= lastPrivilegedPort && !isRoot) throw new SystemError('EACCES', 'listen', on.address);
    const local = { address: on.address, port: on.port === 0 ? this.#ephemeralPort(host) : on.port };
    const { listeners } = this.#stack(host);
    const isTaken = (other: SocketAddress): boolean =>
      other.port === local.port && (covers(other.address, local.address) || covers(local.address, other.address));
    if ([...listeners].some((listener) => isTaken(listener.local))) {
      throw new SystemError('EADDRINUSE', 'listen', on.address);
    }
    const listener = new ListenerDescription({
      local,
      inode: this.nextInode(),
      scheduler: this.scheduler,
      closed: (closing) => listeners.delete(closing),
    });
    listeners.add(listener);
    return listener;
  }

  isListening(host: string, listener: ListenerDescription): boolean {
    return this.#stack(host).listeners.has(listener);
  }

  wayTo(origin: Origin, to: SocketAddress): FoundWay | 'silent' | 'absent' | 'none' {
    const { host } = origin;
    if (host === undefined) return this.#wayFromOutside(to);
    const route = this.routes.find(host, to.address);
    if (route.type === 'host' && route.local) {
      return { way: this.#way(loopbackMicroseconds, []), target: { host, address: to } };
    }
    if (!this.isUp(host)) return 'none';
    if (route.type !== 'host') return route.type;
    if (!this.isUp(route.host)) return 'absent';
    this.#events.reached(route.host);
    return { way: this.#way(route.latencyMicroseconds, [host, route.host]), target: { host: route.host, address: to } };
  }

  admit(origin: Origin, target: Target): 'drop' | 'refuse' | ListenerDescription {
    const stack = this.#stack(target.host);
    const { address: fromAddress } = origin.address;
    const incoming = { port: target.address.port, fromHost: origin.host, fromAddress };
    const action = origin.host === target.host ? 'accept' : firewallAction(stack.firewall, incoming);
    if (action === 'drop') return 'drop';
    if (action === 'reject') return 'refuse';
    const listener = [...stack.listeners].find(
      ({ local }) => local.port === target.address.port && covers(local.address, target.address.address),
    );
    if (listener === undefined) return 'refuse';
    return listener.hasRoom ? listener : 'drop';
  }

  opened(made: MadeConnection): void {
    this.#lastConnection += 1;
    const connection = { ...made, number: this.#lastConnection, openedMicroseconds: this.scheduler.now };
    this.#connections.set(connection.number, connection);
    const finished = (reason: 'closed' | 'reset'): void => {
      const isOver = reason === 'reset' || (made.near.isFinished && made.far.isFinished);
      if (isOver && this.#connections.delete(connection.number)) this.#events.closed(connection, reason);
    };
    made.near.onFinished = finished;
    made.far.onFinished = finished;
    this.#events.opened(connection);
  }

  connectionFailed(origin: Origin, to: SocketAddress, error: ErrnoName): void {
    this.#events.failed(origin, to, error);
  }

  #wayFromOutside(to: SocketAddress): FoundWay | 'absent' {
    for (const host of this.#stacks.keys()) {
      if (!this.routes.addressesOf(host).includes(to.address)) continue;
      this.#events.reached(host);
      return { way: this.#way(outsideLatencyMicroseconds, [host]), target: { host, address: to } };
    }
    return 'absent';
  }

  #way(latencyMicroseconds: number, cables: readonly string[]): Way {
    return { scheduler: this.scheduler, latencyMicroseconds, isUp: () => cables.every((host) => this.isUp(host)) };
  }

  #ephemeralPort(host: string): number {
    const stack = this.#stack(host);
    const isUsed = (port: number): boolean =>
      [...stack.listeners].some(({ local }) => local.port === port) ||
      this.connections().some(({ origin }) => origin.host === host && origin.address.port === port);
    do {
      stack.nextPort = stack.nextPort >= lastEphemeralPort ? firstEphemeralPort : stack.nextPort + 1;
    } while (isUsed(stack.nextPort));
    return stack.nextPort;
  }

  #stack(host: string): HostStack {
    const stack = this.#stacks.get(host);
    if (stack === undefined) throw new Error(`assertion: no host is named ${host}`);
    return stack;
  }
}
