/** sshd-session on a host of a world: what it lets in, what it holds to, and what it does with a client that means harm. */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { describe, expect, test } from 'vitest';
import { accept, authLog, pair, runCommand } from './login-pair.ts';

const batch = `-o BatchMode=yes ${accept}`;

function keyOf(world: ReturnType<typeof pair>, name = '.ssh/id_ed25519'): string {
  return utf8DecodeLossy(world.files.read('laptop', `/home/demo/${name}.pub`)).trim();
}

/** With this in the server's configuration, in front of the rest; blocks are possible. */
function configured(text: string) {
  return pair({ files: [{ path: '/etc/ssh/sshd_config.d/10.conf', type: 'file', content: text }] });
}

/** A world whose laptop has a second key, `second`, and whose server takes both with these options. */
async function withTwoKeys(first: string, second: string, sshdConfig: readonly string[]) {
  const world = pair({ sshdConfig: ['LogLevel VERBOSE', ...sshdConfig] });
  await runCommand(world, 'ssh-keygen -q -t ed25519 -N "" -f second');
  const lines = `${first} ${keyOf(world)}\n${second} ${keyOf(world, 'second')}\n`;
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
    const line = `command="echo mine" ${keyOf(world)}\n`;
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
