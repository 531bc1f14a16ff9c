/** The world `lab` in the state that a recording starts from. */
import type { ProgramRegistry, World, WorldOptions } from '@seashell/simulator';
import type { HostDefinition, IdentityDefinition, WorldDefinition } from '@seashell/simulator/world-definition';
import { lab } from '../src/lab/index.ts';

export interface Preparation {
  /** demo has a key pair, which the servers accept. */
  readonly installedKey: boolean;
  /** demo has key pairs of these types, which no server knows. */
  readonly keys?: readonly IdentityDefinition['type'][];
  /** demo's known_hosts names the web server. */
  readonly knownHosts: boolean;
  /** Names in demo's known_hosts, with the hosts whose Ed25519 keys they have. */
  readonly knownNames?: readonly { readonly name: string; readonly host: string }[];
  /** Command lines that demo ran on the laptop before. */
  readonly commands?: readonly string[];
  /** The same for root. */
  readonly rootCommands?: readonly string[];
}

export interface LabOptions {
  readonly seed: number;
  readonly programs: ProgramRegistry;
  readonly createWorld: (options: WorldOptions) => World;
}

const identity = { identities: [{ type: 'ed25519' }] } as const;
const authorized = { authorizedKeys: [{ host: 'laptop', user: 'demo' }] } as const;
/** The recorder's terminals had no bracketed paste. */
const inputrc = { path: '.inputrc', content: 'set enable-bracketed-paste off\n' } as const;
/** There, homes were open to all. */
const openHome = { path: '.', type: 'directory', mode: 0o755 } as const;

function prepareHost(
  host: HostDefinition,
  { installedKey, keys: types = [], knownNames }: Preparation,
): HostDefinition {
  const isLaptop = host.name === 'laptop';
  const ownKeys = types.length === 0 ? identity : { identities: types.map((type) => ({ type })) };
  const keys = isLaptop ? ownKeys : authorized;
  const hasKeys = isLaptop ? installedKey || types.length > 0 : installedKey;
  return {
    ...host,
    users: host.users.map((user) => ({
      ...user,
      ...(hasKeys && user.name === 'demo' ? keys : {}),
      ...(isLaptop && user.name === 'demo' && knownNames !== undefined ? { knownHosts: knownNames } : {}),
      files: [openHome, inputrc],
    })),
  };
}

function knownHostsOf(world: World): string {
  const names = world.files.list('web1', '/etc/ssh').filter((name) => /^ssh_host_\w+_key\.pub$/.test(name));
  const lines = names.map((name) => new TextDecoder().decode(world.files.read('web1', `/etc/ssh/${name}`)));
  return lines.map((line) => `web1.example.com ${line.split(' ').slice(0, 2).join(' ')}\n`).join('');
}

/** Boots the hosts, and waits until they are quiet. */
export async function labFor(preparation: Preparation, { seed, programs, createWorld }: LabOptions): Promise<World> {
  const definition: WorldDefinition = { ...lab, hosts: lab.hosts.map((host) => prepareHost(host, preparation)) };
  const world = createWorld({ definition, seed, programs });
  while ((await world.run({ until: () => world.quiet })) === 'steps');
  if (preparation.knownHosts) {
    const session = world.openCommand({
      host: 'laptop',
      user: 'demo',
      commandLine: 'mkdir -p -m 700 ~/.ssh; cat > ~/.ssh/known_hosts',
    });
    session.write(new TextEncoder().encode(knownHostsOf(world)));
    session.end();
    await world.run({ until: () => session.status !== undefined });
  }
  const { commands = [], rootCommands = [] } = preparation;
  const lines = [
    ...commands.map((commandLine) => ({ user: 'demo', commandLine })),
    ...rootCommands.map((commandLine) => ({ user: 'root', commandLine })),
  ];
  for (const line of lines) {
    const session = world.openCommand({ host: 'laptop', ...line });
    session.end();
    await world.run({ until: () => session.status !== undefined, maximumSteps: 10_000_000 });
  }
  return world;
}
