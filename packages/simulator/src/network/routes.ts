/** Who reaches whom, over what latency: the networks and links of a definition. */
import { loopbackMicroseconds } from '../kernel/costs.ts';
import type { HostDefinition, WorldDefinition } from '../world-definition/definition.ts';
import { isLoopback } from './address.ts';

export type Route =
  | {
      readonly type: 'host';
      readonly host: string;
      /** The address that the other side sees. */
      readonly source: string;
      readonly latencyMicroseconds: number;
      /** Within one host: no cable in between. */
      readonly local: boolean;
    }
  /** Nobody answers for the address, not even that nobody is there. */
  | { readonly type: 'silent' }
  /** A network of ours, where nobody has the address. */
  | { readonly type: 'absent' }
  /** No way to it. */
  | { readonly type: 'none' };

export class Routes {
  readonly #definition: WorldDefinition;
  readonly #hosts: ReadonlyMap<string, HostDefinition>;
  readonly #owners: ReadonlyMap<string, { readonly host: string; readonly network: string }>;

  constructor(definition: WorldDefinition) {
    this.#definition = definition;
    this.#hosts = new Map(definition.hosts.map((host) => [host.name, host]));
    const owners = definition.hosts.flatMap((host) =>
      host.interfaces.map(({ network, address }) => [address, { host: host.name, network }] as const),
    );
    this.#owners = new Map(owners);
  }

  addressesOf(host: string): readonly string[] {
    return this.#hosts.get(host)?.interfaces.map(({ address }) => address) ?? [];
  }

  isOwnAddress(host: string, address: string): boolean {
    return isLoopback(address) || this.addressesOf(host).includes(address);
  }

  find(from: string, address: string): Route {
    if (this.isOwnAddress(from, address)) {
      return { type: 'host', host: from, source: address, latencyMicroseconds: loopbackMicroseconds, local: true };
    }
    const owner = this.#owners.get(address);
    if (owner === undefined) return { type: this.#isSilent(address) ? 'silent' : 'absent' };
    for (const own of this.#hosts.get(from)?.interfaces ?? []) {
      const latency = this.#latency(own.network, owner.network);
      if (latency === undefined) continue;
      const latencyMicroseconds = Math.max(1, Math.round(latency * 1000));
      return { type: 'host', host: owner.host, source: own.address, latencyMicroseconds, local: false };
    }
    return { type: 'none' };
  }

  /** One way, in milliseconds; undefined when no network or link joins the two. */
  #latency(from: string, to: string): number | undefined {
    if (from === to) return this.#definition.networks.find(({ name }) => name === from)?.latencyMilliseconds;
    const link = this.#definition.links?.find(({ between }) => between.includes(from) && between.includes(to));
    return link?.latencyMilliseconds;
  }

  #isSilent(address: string): boolean {
    return this.#definition.networks.some(({ silentAddresses }) => silentAddresses?.includes(address) === true);
  }
}
