/** A command line on a virtual host with the shell and the commands, where there may be no bash to compare with. */
import { commands } from '../src/commands/index.ts';
import { createShells } from '../src/shell/index.ts';
import { createWorld } from '../src/world/create-world.ts';
import type { World } from '../src/world/world.ts';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

function oneHost(): World {
  return createWorld({
    definition: {
      name: 'shell',
      title: 'shell',
      description: 'one host',
      start: { host: 'host', user: 'demo' },
      startsAtMilliseconds: Date.UTC(2026, 0, 1),
      networks: [{ name: 'lan', latencyMilliseconds: 1 }],
      hosts: [
        {
          name: 'host',
          interfaces: [{ network: 'lan', address: '192.0.2.1' }],
          image: 'ubuntu-like',
          users: [{ name: 'demo' }],
          hostKeyTypes: [],
          services: [],
        },
      ],
    },
    seed: 1,
    programs: [...createShells(), ...commands],
  });
}

/** Runs the line by `bash -c` to its end. */
export async function runCommandLine(commandLine: string): Promise<Outcome> {
  const world = oneHost();
  const session = world.openCommand({ host: 'host', user: 'demo', commandLine });
  const output = { stdout: '', stderr: '' };
  session.onOutput((stream, bytes) => {
    output[stream] += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined, maximumSteps: 3_000_000 });
  const { status } = session;
  return { ...output, status: status?.type === 'exited' ? status.status : -1 };
}
