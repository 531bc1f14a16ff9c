/** The options that choose a world, for `play` and `serve`. */
import type { HostDefinition, WorldDefinition } from '@seashell/simulator/world-definition';
import { worlds } from '@seashell/worlds';
import { CommandLineError } from './command-line-error.ts';

/** For `parseArgs` of node:util. */
export const worldOptions = {
  world: { type: 'string', default: 'essentials' },
  openssh: { type: 'string' },
  seed: { type: 'string', default: '1' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0xffff_ffff) {
    throw new CommandLineError(`--seed takes a whole number from 0 to 4294967295, not '${text}'`);
  }
  return seed;
}

export function parseOpenSsh(text: string | undefined): '10' | '6.6' | undefined {
  if (text === undefined || text === '10' || text === '6.6') return text;
  throw new CommandLineError(`--openssh takes 10 or 6.6, not '${text}'`);
}

export function findWorld(name: string): WorldDefinition {
  const found = worlds.find((world) => world.name === name);
  if (found !== undefined) return found;
  throw new CommandLineError(
    `no world is called '${name}'; there are: ${worlds.map((world) => world.name).join(', ')}`,
  );
}

const namesOf = (host: HostDefinition): readonly string[] => [
  host.name,
  ...(host.aliases ?? []),
  ...host.interfaces.map((own) => own.address),
];

/** A host by any of its names. */
export function findHost(definition: WorldDefinition, name: string): HostDefinition {
  const found = definition.hosts.find((host) => namesOf(host).includes(name));
  if (found !== undefined) return found;
  const names = definition.hosts.map((host) => host.name).join(', ');
  throw new CommandLineError(`no host of '${definition.name}' is called '${name}'; there are: ${names}`);
}

/** The world with another OpenSSH version on some of its hosts. */
export function withOpenSsh(
  definition: WorldDefinition,
  hosts: readonly string[],
  openSsh: '10' | '6.6' | undefined,
): WorldDefinition {
  if (openSsh === undefined) return definition;
  return {
    ...definition,
    hosts: definition.hosts.map((host) => (hosts.includes(host.name) ? { ...host, openSsh } : host)),
  };
}
