/** The virtual kernel keeps the contract of `System`. */
import { describeSystemContract } from '@seashell/system/contract';
import type { Program } from '@seashell/system';
import { createWorld } from '../src/world/create-world.ts';
import { createStandardPrograms } from '../src/world/standard-programs.ts';
import type { WorldDefinition } from '../src/world-definition/definition.ts';

const definition: WorldDefinition = {
  name: 'contract',
  title: 'Contract',
  description: 'One host, for the contract of System.',
  start: { host: 'host', user: 'root' },
  startsAtMilliseconds: 1_767_603_600_000,
  networks: [{ name: 'net', latencyMilliseconds: 1 }],
  hosts: [
    {
      name: 'host',
      image: 'ubuntu-like',
      hostKeyTypes: [],
      interfaces: [{ network: 'net', address: '192.0.2.1' }],
      users: [{ name: 'root' }],
    },
  ],
};

async function run(program: Program): Promise<number | undefined> {
  const contract = { name: 'contract', path: '/usr/bin/contract', program };
  const world = createWorld({ definition, seed: 1, programs: [...createStandardPrograms(), contract] });
  const session = world.openCommand({ host: 'host', user: 'root', commandLine: 'exec contract' });
  await world.run({ until: () => session.status !== undefined, maximumSteps: 5_000_000 });
  return session.status?.type === 'exited' ? session.status.status : undefined;
}

describeSystemContract({
  name: 'virtual kernel',
  run,
  directory: '/tmp',
  capabilities: { pseudoTerminal: true, exec: true },
});
