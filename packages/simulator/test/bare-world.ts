/** A small world for tests: hosts with a bare file system, users demo and root, and whatever programs a test brings. */
import { utf8Encode } from '@seashell/core/wire';
import type { Program } from '@seashell/system';
import { kernelCaller } from '../src/filesystem/caller.ts';
import { FileSystem } from '../src/filesystem/file-system.ts';
import type { WorldDefinition } from '../src/world-definition/definition.ts';
import { WorldEngine } from '../src/world/world-engine.ts';
import type { WorldOptions } from '../src/world/world.ts';

export const startsAtMilliseconds = Date.UTC(2026, 0, 1, 9, 0, 0);

export interface BareWorld {
  /** By name; each lies at /bin/NAME. `sh` is the users' shell. */
  readonly programs: Readonly<Record<string, Program>>;
  readonly hosts?: readonly string[];
  readonly services?: Readonly<Record<string, readonly string[]>>;
  readonly definition?: Partial<WorldDefinition>;
}

export function bareDefinition(bare: BareWorld): WorldDefinition {
  const hosts = bare.hosts ?? ['alpha'];
  return {
    name: 'bare',
    title: 'Bare',
    description: 'A world for tests.',
    start: { host: hosts[0] ?? 'alpha', user: 'demo' },
    startsAtMilliseconds,
    networks: [{ name: 'lan', latencyMilliseconds: 1, silentAddresses: ['192.0.2.250'] }],
    hosts: hosts.map((name, index) => ({
      name,
      image: 'ubuntu-like',
      interfaces: [{ network: 'lan', address: `192.0.2.${10 + index}` }],
      users: [],
      services: (bare.services?.[name] ?? []).map((service) => ({ name: service, argv: [`/bin/${service}`] })),
    })),
    ...bare.definition,
  };
}

export function bareWorld(bare: BareWorld, options: Partial<WorldOptions> = {}): WorldEngine {
  const definition = bareDefinition(bare);
  const programs = Object.entries(bare.programs).map(([name, program]) => ({ name, path: `/bin/${name}`, program }));
  return new WorldEngine(
    { definition, seed: 1, programs, ...options },
    {
      openSshOf: ({ openSsh }) => openSsh ?? '10',
      build: (_host, now) => ({ fileSystem: bareFiles(now), addKeys: undefined }),
    },
  );
}

export function bareFiles(now: () => number): FileSystem {
  const fileSystem = new FileSystem({ now });
  const write = (path: string, text: string): void =>
    fileSystem.writeFile(kernelCaller, path, { content: utf8Encode(text), mode: 0o644 });
  for (const path of ['/etc', '/home', '/home/demo', '/root', '/tmp', '/var', '/var/log']) {
    fileSystem.makeDirectory(kernelCaller, path, 0o755);
  }
  fileSystem.changeMode(kernelCaller, '/tmp', 0o1777);
  fileSystem.changeOwner(kernelCaller, '/home/demo', { uid: 1000, gid: 1000 });
  write('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\ndemo:x:1000:1000:Demo:/home/demo:/bin/sh\n');
  write('/etc/group', 'root:x:0:\ntty:x:5:\ndemo:x:1000:\nstaff:x:50:demo\n');
  write('/etc/hosts', '127.0.0.1 localhost\n::1 localhost\n');
  return fileSystem;
}

/** Runs one program as the shell of `demo` without a terminal, to its end. */
export async function runAsShell(
  main: Program,
  others: Readonly<Record<string, Program>> = {},
): Promise<{ readonly status: number | undefined; readonly stdout: string; readonly stderr: string }> {
  const world = bareWorld({ programs: { sh: main, ...others } });
  const session = world.openCommand({ host: 'alpha', user: 'demo', commandLine: '' });
  const texts = { stdout: '', stderr: '' };
  session.onOutput((stream, bytes) => {
    texts[stream] += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined });
  return { status: session.status?.type === 'exited' ? session.status.status : undefined, ...texts };
}
