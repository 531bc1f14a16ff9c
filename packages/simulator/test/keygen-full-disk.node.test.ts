/** ssh-keygen on a full disk: what was there stays whole, nothing lies beside it, and the words are OpenSSH's. */
import { expect, test } from 'vitest';
import { createWorld, standardPrograms, type World } from '../src/index.ts';
import type { WorldDefinition } from '../src/world-definition/definition.ts';

const definition: WorldDefinition = {
  name: 'full',
  title: 'Full',
  description: 'A host with a small disk.',
  start: { host: 'one', user: 'demo' },
  startsAtMilliseconds: Date.UTC(2026, 0, 1),
  networks: [{ name: 'net', latencyMilliseconds: 1 }],
  hosts: [
    {
      name: 'one',
      image: 'ubuntu-like',
      diskBytes: 1_048_576,
      hostKeyTypes: ['ed25519'],
      interfaces: [{ network: 'net', address: '192.0.2.1' }],
      users: [
        {
          name: 'demo',
          identities: [{ type: 'ed25519' }],
          knownHosts: [
            { name: 'one', host: 'one' },
            { name: 'two', host: 'one' },
          ],
        },
      ],
    },
  ],
};

async function shell(world: World, commandLine: string): Promise<string> {
  const session = world.openCommand({ host: 'one', user: 'demo', commandLine });
  let output = '';
  session.onOutput((_stream, bytes) => {
    output += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined, maximumSteps: 50_000_000 });
  return output;
}

const state = 'cd .ssh; ls -A; cat id_ed25519 id_ed25519.pub known_hosts';
const full = 'No space left on device';

test('ssh-keygen on a full disk leaves every file as it was', async () => {
  const world = createWorld({ definition, seed: 1, programs: standardPrograms });
  await shell(world, 'cat /bin/ssh-keygen /etc/ssh/sshd_config > a');
  for (let round = 0; round < 12; round += 1) await shell(world, 'cat a a > b; cat b b > a');
  expect(await shell(world, 'echo x > c')).toContain(full);
  const before = await shell(world, state);
  const cases: readonly (readonly [string, string, number])[] = [
    ['echo y | ssh-keygen -t ed25519 -N "" -f id_ed25519', `Saving key "id_ed25519" failed: ${full}`, 1],
    ['ssh-keygen -t ed25519 -N "" -f new', `Saving key "new" failed: ${full}`, 1],
    ['ssh-keygen -p -N longer -f id_ed25519', `Saving key "id_ed25519" failed: ${full}`, 1],
    ['ssh-keygen -c -C other -f id_ed25519', `Saving key "id_ed25519" failed: ${full}`, 1],
    ['ssh-keygen -H -f known_hosts', full, 255],
    ['ssh-keygen -R one -f known_hosts', full, 255],
    ['ssh-keygen -k -f krl id_ed25519.pub', `write krl: ${full}`, 255],
    ['ssh-keygen -s id_ed25519 -I id id_ed25519.pub', `Unable to save public key to : ${full}`, 255],
  ];
  for (const [command, words, status] of cases) {
    const output = await shell(world, `cd .ssh; ${command} 2>&1; echo "rc $?"`);
    expect(output, command).toContain(words);
    expect(output, command).toContain(`rc ${status}\n`);
    expect(await shell(world, state), command).toBe(before);
  }
});
