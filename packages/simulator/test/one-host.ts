/** A world of one host with the shell and the commands, and one user. */
import { commands } from '../src/commands/index.ts';
import { createShells } from '../src/shell/index.ts';
import type { UserDefinition } from '../src/world-definition/definition.ts';
import { createWorld } from '../src/world/create-world.ts';
import type { World } from '../src/world/world.ts';

/** The host is `host`, its user `demo`, who has what `user` says. */
export function oneHost(user: Omit<UserDefinition, 'name'> = {}): World {
  return createWorld({
    definition: {
      name: 'one-host',
      title: 'one host',
      description: 'one host',
      start: { host: 'host', user: 'demo' },
      startsAtMilliseconds: Date.UTC(2026, 0, 1),
      networks: [{ name: 'lan', latencyMilliseconds: 1 }],
      hosts: [
        {
          name: 'host',
          interfaces: [{ network: 'lan', address: '192.0.2.1' }],
          image: 'ubuntu-like',
          users: [{ ...user, name: 'demo' }],
          hostKeyTypes: [],
          services: [],
        },
      ],
    },
    seed: 1,
    programs: [...createShells(), ...commands],
  });
}
