/** sshd-session on a host of a world: what it lets in, what it holds to, and what it does with a client that means harm. */
import { utf8Encode } from '@seashell/core/wire';
import { describe, expect, test } from 'vitest';
import { createWorld, standardPrograms, type World } from '../src/index.ts';
import type { WorldDefinition } from '../src/world-definition/definition.ts';
import { accept, authLog, pair, runCommand } from './login-pair.ts';
import { flood, leaver, mourner, passwordChanger, signaller } from './unusual-clients.ts';

const batch = `-o BatchMode=yes ${accept}`;

async function keyOf(world: ReturnType<typeof pair>, name = '.ssh/id_ed25519'): Promise<string> {
  return (await runCommand(world, `cat ${name}.pub`)).stdout.trim();
}

/** With this in the server's configuration, in front of the rest; blocks are possible. */
function configured(text: string) {
  return pair({ files: [{ path: '/etc/ssh/sshd_config.d/10.conf', type: 'file', content: text }] });
}

/** A world whose laptop has a second key, `second`, and whose server takes both with these options. */
async function withTwoKeys(first: string, second: string, sshdConfig: readonly string[]) {
  const world = pair({ sshdConfig: ['LogLevel VERBOSE', ...sshdConfig] });
  await runCommand(world, 'ssh-keygen -q -t ed25519 -N "" -f second');
  const lines = `${first} ${await keyOf(world)}\n${second} ${await keyOf(world, 'second')}\n`;
  await world.writeFile('server', '/home/keyed/.ssh/authorized_keys', utf8Encode(lines));
  return world;
}

describe('two keys are needed', () => {
  const methods = ['AuthenticationMethods publickey,publickey'];
  const both = `ssh ${batch} -i .ssh/id_ed25519 -i second keyed@server`;

  test('and one does not count twice', async () => {
    const world = await withTwoKeys('', '', methods);
    const alone = `ssh ${batch} -i .ssh/id_ed25519 -o IdentitiesOnly=yes keyed@server true`;
    expect((await runCommand(world, alone)).status).toBe(255);
    expect(authLog(world)).toMatch(/^Partial publickey for keyed /m);
    expect(authLog(world)).not.toMatch(/^Accepted publickey for /m);
    expect((await runCommand(world, `${both} whoami`)).stdout).toBe('keyed\n');
    expect(authLog(world)).toMatch(/^Accepted publickey for keyed /m);
  });

  test('both command lines must agree', async () => {
    const same = await withTwoKeys('command="echo one"', 'command="echo one"', methods);
    expect((await runCommand(same, `${both} whoami`)).stdout).toBe('one\n');
    const different = await withTwoKeys('command="echo one"', 'command="echo two"', methods);
    expect(await runCommand(different, `${both} whoami`)).toMatchObject({ stdout: '', status: 255 });
    expect(authLog(different)).toContain(
      'error: Inconsistent authentication options: forced command options do not match\n',
    );
  });

  test('what the first forbids stays forbidden, and its command holds', async () => {
    const world = await withTwoKeys('restrict,command="echo one"', '', methods);
    const { stdout, stderr } = await runCommand(world, `${both.replace('ssh', 'ssh -tt')} whoami`);
    expect(stdout).toBe('one\n');
    expect(stderr).toContain('PTY allocation request failed on channel 0');
  });
});

describe('root with forced-commands-only', () => {
  const config = ['LogLevel VERBOSE', 'PermitRootLogin forced-commands-only', 'ForceCommand echo global'];

  test('is not let in by a global ForceCommand', async () => {
    const world = pair({ sshdConfig: config });
    expect((await runCommand(world, `ssh ${batch} root@server true`)).status).toBe(255);
    expect(authLog(world)).toMatch(/^ROOT LOGIN REFUSED FROM 192\.0\.2\.10 port \d+$/m);
  });

  test('is let in by the command of the key', async () => {
    const world = pair({ sshdConfig: config.slice(0, 2) });
    const line = `command="echo mine" ${await keyOf(world)}\n`;
    await world.writeFile('server', '/root/.ssh/authorized_keys', utf8Encode(line));
    expect((await runCommand(world, `ssh ${batch} root@server true`)).stdout).toBe('mine\n');
    expect(authLog(world)).toContain('Root login accepted for forced command.\n');
  });
});

describe('a Match block', () => {
  test('narrows PubkeyAcceptedAlgorithms', async () => {
    const world = configured('Match User keyed\n  PubkeyAcceptedAlgorithms rsa-sha2-512\n');
    expect((await runCommand(world, `ssh ${batch} keyed@server true`)).status).toBe(255);
    expect(authLog(world)).toContain(
      'userauth_pubkey: signature algorithm ssh-ed25519 not in PubkeyAcceptedAlgorithms [preauth]\n',
    );
    expect((await runCommand(world, `ssh ${batch} root@server id -un`)).stdout).toBe('root\n');
  });

  test('widens PubkeyAcceptedAlgorithms, for its user alone', async () => {
    const world = configured(
      'PubkeyAcceptedAlgorithms rsa-sha2-512\nMatch User keyed\n  PubkeyAcceptedAlgorithms +ssh-ed25519\n',
    );
    expect((await runCommand(world, `ssh ${batch} keyed@server whoami`)).stdout).toBe('keyed\n');
    expect((await runCommand(world, `ssh ${batch} root@server true`)).status).toBe(255);
  });

  test('sets LogLevel from the moment the user is known', async () => {
    const world = configured('Match User keyed\n  LogLevel QUIET\n');
    await runCommand(world, `ssh ${batch} keyed@server true`);
    expect(authLog(world)).toMatch(/^Connection from 192\.0\.2\.10 /m);
    expect(authLog(world)).not.toContain('keyed');
  });
});

/** A laptop with the unusual clients, and a server configured like this. */
function unusual(text: string): World {
  const definition: WorldDefinition = {
    name: 'unusual',
    title: 'Unusual',
    description: 'Two hosts.',
    start: { host: 'laptop', user: 'demo' },
    startsAtMilliseconds: Date.UTC(2026, 0, 5, 9, 0, 0),
    networks: [{ name: 'lan', latencyMilliseconds: 5 }],
    hosts: [
      {
        name: 'laptop',
        image: 'ubuntu-like',
        hostKeyTypes: [],
        interfaces: [{ network: 'lan', address: '192.0.2.10' }],
        users: [{ name: 'demo', password: 'laptop-pw' }],
      },
      {
        name: 'server',
        image: 'ubuntu-like',
        hostKeyTypes: ['ed25519'],
        interfaces: [{ network: 'lan', address: '192.0.2.20' }],
        users: [{ name: 'demo', password: 'right' }],
        files: [{ path: '/etc/ssh/sshd_config.d/10.conf', type: 'file', content: `LogLevel VERBOSE\n${text}` }],
        services: [{ name: 'ssh', argv: ['/usr/sbin/sshd'] }],
      },
    ],
  };
  const clients = Object.entries({ flood, leaver, mourner, passwordChanger, signaller });
  const added = clients.map(([name, program]) => ({ name, path: `/usr/bin/${name}`, program }));
  return createWorld({ definition, seed: 7, programs: [...standardPrograms, ...added] });
}

describe('an unusual client', () => {
  test('that sends SSH_MSG_IGNORE without end is ended by LoginGraceTime', async () => {
    const world = unusual('LoginGraceTime 1\n');
    expect((await runCommand(world, 'flood')).status).toBe(7);
    await world.run({ untilMilliseconds: world.nowMilliseconds + 1000 });
    expect(authLog(world)).toMatch(
      /^Timeout before authentication for connection from 192\.0\.2\.10 to 192\.0\.2\.20, pid = \d+$/m,
    );
  });

  test('does not get in by a change of password', async () => {
    const world = unusual('');
    expect((await runCommand(world, 'passwordChanger')).stdout).toBe('authenticationFailed\n');
    expect(authLog(world)).toContain('password change not supported [preauth]\n');
  });

  test('may send signals, but not to a forced command', async () => {
    expect((await runCommand(unusual(''), 'signaller')).stdout).toBe('signal granted\n');
    const forced = unusual('ForceCommand sleep 100\n');
    expect((await runCommand(forced, 'signaller')).stdout).toBe('signal refused\n');
    expect(authLog(forced)).toContain(
      'error: session_signal_req: refusing to send signal TERM to forced-command session\n',
    );
  });

  test.each([
    ['SEGV', 'SEGV'],
    ['ABRT', 'ABRT'],
    ['BUS', 'SIG@openssh.com'],
    ['RTMIN+3', 'SIG@openssh.com'],
  ])('hears of an end by SIG%s as %s, for RFC 4254 has not all of them', async (signal, told) => {
    expect((await runCommand(unusual(''), `mourner ${signal}`)).stdout).toBe(`${told}\n`);
  });

  test('has one session until its program ends, closed channel or not', async () => {
    const world = unusual('MaxSessions 1\n');
    expect((await runCommand(world, 'leaver')).stdout).toBe('channelOpened\nchannelOpenFailed\nchannelOpened\n');
    expect(authLog(world)).toContain('error: no more sessions\n');
  });
});

describe('a terminal', () => {
  test('shows the whole of a long greeting', async () => {
    const motd = `${'x'.repeat(79)}\n`.repeat(2500);
    const world = pair({ motd: `${motd}last line\n` });
    const { stdout } = await runCommand(world, `ssh -tt ${batch} keyed@server`, 'exit\n');
    // Without the echo of what was typed meanwhile.
    expect(stdout.replaceAll('exit\r\n', '').match(/x{79}\r\n/g)).toHaveLength(2500);
    expect(stdout).toContain('last line\r\n');
  });

  test('shows all that a program wrote before its end, though something in the background holds it', async () => {
    const world = pair();
    const command = `ssh -tt ${batch} keyed@server 'sleep 1000 & for i in {1..3000}; do echo line $i; done; echo end'`;
    expect((await runCommand(world, command)).stdout).toMatch(/line 3000\r\nend\r\n$/);
  });
});
