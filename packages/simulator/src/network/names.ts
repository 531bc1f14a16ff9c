/** From names to addresses: hosts(5) of the asking host, then the names of the world, which every host's DNS knows. */
import type { WorldDefinition } from '../world-definition/definition.ts';
import { familyOf } from './address.ts';

export type NameTable = ReadonlyMap<string, readonly string[]>;

/** The names of a world by their lower-case spelling: hosts, aliases, and names of no host. */
export function worldNames(definition: WorldDefinition): NameTable {
  const names = new Map<string, readonly string[]>();
  for (const host of definition.hosts) {
    const addresses = host.interfaces.map((networkInterface) => networkInterface.address);
    for (const name of [host.name, ...(host.aliases ?? [])]) names.set(name.toLowerCase(), addresses);
  }
  for (const { name, addresses } of definition.names ?? []) names.set(name.toLowerCase(), addresses);
  return names;
}

/** The addresses that hosts(5) gives for `name`; IPv6 first, as getaddrinfo(3) sorts the two loopback addresses. */
export function lookUpHostsFile(text: string, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  const addresses: string[] = [];
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*/u, '').trim().split(/\s+/u);
    if (address !== undefined && names.some((each) => each.toLowerCase() === wanted)) addresses.push(address);
  }
  const six = addresses.filter((address) => familyOf(address) === 'ipv6');
  return [...new Set([...six, ...addresses])];
}
