/** ssh-keygen's files when it is interrupted: ^C costs no key that was there, and leaves nothing beside it. */
import { createWorld, standardPrograms, type World } from '@seashell/simulator';
import { expect, it } from 'vitest';
import { labFor } from './lab-for.ts';

const place = { host: 'laptop', user: 'demo' } as const;
const preparation = { installedKey: false, keys: ['ed25519'], knownHosts: false } as const;
const prepared = (): Promise<World> => labFor(preparation, { seed: 1, programs: standardPrograms, createWorld });

async function shell(world: World, commandLine: string): Promise<string> {
  const session = world.openCommand({ ...place, commandLine });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined, maximumSteps: 50_000_000 });
  return output;
}

const state = 'ls -la .ssh | cut -c1-30; ls .ssh; cat .ssh/id_ed25519 .ssh/id_ed25519.pub';

it.each([
  ['the question where', 'ssh-keygen\n', []],
  ['the question of overwriting', 'ssh-keygen\n', ['\n']],
  ['the passphrase', 'ssh-keygen\n', ['\n', 'y\n']],
  ['the old passphrase’s successor', 'ssh-keygen -p -f .ssh/id_ed25519\n', []],
])('ssh-keygen: ^C at %s changes nothing', async (_where, command, answers) => {
  const world = await prepared();
  const before = await shell(world, state);
  const size = { columns: 80, rows: 24, widthPixels: 0, heightPixels: 0 };
  const session = world.openTerminal({ ...place, size });
  let output = '';
  session.onOutput((bytes) => {
    output += new TextDecoder().decode(bytes);
  });
  for (const text of [command, ...answers, '\x03', 'echo "rc $?"\n']) {
    session.write(new TextEncoder().encode(text));
    while ((await world.run({ until: () => session.waiting && session.pendingBytes === 0 })) === 'steps');
  }
  expect(output).toContain('rc 130');
  expect(await shell(world, state)).toBe(before);
});

it('ssh-keygen writes where a symbolic link leads that leads to nothing yet, and keeps the link', async () => {
  const world = await prepared();
  const output = await shell(
    world,
    'mkdir far && ln -s ../far/first .ssh/new && ln -s second far/first && ssh-keygen -q -t ed25519 -N "" -f .ssh/new; ' +
      'ls -l .ssh/new far/first far/second | cut -c1-10; ls far; head -1 far/second',
  );
  expect(output).toBe('lrwxrwxrwx\nlrwxrwxrwx\n-rw-------\nfirst\nsecond\n-----BEGIN OPENSSH PRIVATE KEY-----\n');
});
