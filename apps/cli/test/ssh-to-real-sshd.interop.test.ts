/** Our ssh, on this machine, logs in to a real sshd. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hasOpenSsh,
  run,
  runSeashell,
  startRealServer,
  type Outcome,
  type RealServer,
  type RunInput,
} from './real-openssh.ts';

const bulkBytes = 64 * 1024 * 1024;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const login = `${userInfo().username}@127.0.0.1`;

describe.runIf(hasOpenSsh)('seashell ssh to a real sshd', () => {
  let server: RealServer;
  const known = (): string => join(server.folder, 'known_hosts');

  /** Runs our ssh with files of its own; an option of `words` wins over the configuration. */
  const ssh = (words: readonly string[], input?: RunInput): Promise<Outcome> =>
    runSeashell(['ssh', '-F', join(server.folder, 'ssh_config'), ...words], input);
  const withKey = (): readonly string[] => ['-i', server.identities.ed25519, login];

  beforeAll(async () => {
    server = await startRealServer(['Ciphers +aes128-ctr,aes192-ctr', 'KexAlgorithms +curve25519-sha256@libssh.org']);
    const configuration = [
      `Port ${server.port}`,
      `UserKnownHostsFile ${known()}`,
      'GlobalKnownHostsFile none',
      'StrictHostKeyChecking accept-new',
      'IdentitiesOnly yes',
    ];
    writeFileSync(join(server.folder, 'ssh_config'), `${configuration.join('\n')}\n`, { mode: 0o600 });
  });
  afterAll(() => server.stop());

  it.each(['ed25519', 'rsa'] as const)('publickey: logs in with an %s key and runs a command', async (type) => {
    const outcome = await ssh(['-i', server.identities[type], login, 'echo out; echo err >&2; exit 42']);
    expect(outcome.stdout.toString()).toBe('out\n');
    expect(outcome.stderr).toContain('err\n');
    expect(outcome.status).toBe(42);
    expect(server.log()).toMatch(
      new RegExp(`Accepted publickey for \\S+ from 127.0.0.1 port \\d+ ssh2: ${type.toUpperCase()} SHA256:`),
    );
  });

  it('exit status: a command ended by a signal is 255', async () => {
    const outcome = await ssh([...withKey(), 'kill -9 $$']);
    expect(outcome.status).toBe(255);
  });

  it('bulk: 64 MiB out and back arrive with the right digest', async () => {
    const bytes = randomBytes(bulkBytes);
    const outcome = await ssh([...withKey(), 'cat'], { input: bytes });
    expect(outcome.status).toBe(0);
    expect(outcome.stdout.length).toBe(bulkBytes);
    expect(sha256(outcome.stdout)).toBe(sha256(bytes));
  });

  it('bulk: 64 MiB to a digest on the other side', async () => {
    const bytes = randomBytes(bulkBytes);
    const outcome = await ssh([...withKey(), 'sha256sum'], { input: bytes });
    expect(outcome.stdout.toString()).toBe(`${sha256(bytes)}  -\n`);
  });

  it('rekeying: a small RekeyLimit keeps a long transfer whole', async () => {
    const bytes = randomBytes(8 * 1024 * 1024);
    const outcome = await ssh(['-o', 'RekeyLimit=1M', ...withKey(), 'sha256sum'], { input: bytes });
    expect(outcome.stdout.toString()).toBe(`${sha256(bytes)}  -\n`);
  });

  it.each([
    'chacha20-poly1305@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-gcm@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ])('Ciphers: %s forced carries a session', async (cipher) => {
    const outcome = await ssh(['-v', '-o', `Ciphers=${cipher}`, ...withKey(), 'echo ok']);
    expect(outcome.stdout.toString()).toBe('ok\n');
    expect(outcome.stderr).toContain(`debug1: kex: server->client cipher: ${cipher}`);
  });

  it.each(['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha1-etm@openssh.com'])(
    'MACs: %s forced carries a session',
    async (mac) => {
      const outcome = await ssh(['-v', '-o', 'Ciphers=aes128-ctr', '-o', `MACs=${mac}`, ...withKey(), 'echo ok']);
      expect(outcome.stdout.toString()).toBe('ok\n');
      expect(outcome.stderr).toContain(`MAC: ${mac}`);
    },
  );

  it.each(['curve25519-sha256', 'curve25519-sha256@libssh.org'])(
    'KexAlgorithms: %s forced carries a session',
    async (kex) => {
      const outcome = await ssh(['-v', '-o', `KexAlgorithms=${kex}`, ...withKey(), 'echo ok']);
      expect(outcome.stdout.toString()).toBe('ok\n');
      expect(outcome.stderr).toContain(`debug1: kex: algorithm: ${kex}`);
    },
  );

  it.each(['ssh-ed25519', 'rsa-sha2-256', 'rsa-sha2-512'])(
    'HostKeyAlgorithms: %s forced is verified',
    async (algorithm) => {
      const file = join(server.folder, `known_${algorithm}`);
      const words = [
        '-v',
        '-o',
        `HostKeyAlgorithms=${algorithm}`,
        '-o',
        `UserKnownHostsFile=${file}`,
        '-o',
        'UpdateHostKeys=no',
      ];
      const outcome = await ssh([...words, ...withKey(), 'echo ok']);
      expect(outcome.stdout.toString()).toBe('ok\n');
      expect(outcome.stderr).toContain(`debug1: kex: host key algorithm: ${algorithm}`);
    },
  );

  it('known_hosts: a changed host key is refused with 255', async () => {
    const file = join(server.folder, 'changed');
    const other = readFileSync(`${server.identities.ed25519}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
    writeFileSync(file, `[127.0.0.1]:${server.port} ${other}\n`);
    const outcome = await ssh(['-o', `UserKnownHostsFile=${file}`, ...withKey(), 'echo in']);
    expect(outcome.status).toBe(255);
    expect(outcome.stdout.length).toBe(0);
    expect(outcome.stderr).toContain('WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!');
    expect(outcome.stderr).toContain('Host key verification failed.');
  });

  it('known_hosts: without a terminal, an unknown host is not trusted', async () => {
    const file = join(server.folder, 'empty');
    const outcome = await ssh([
      '-o',
      `UserKnownHostsFile=${file}`,
      '-o',
      'StrictHostKeyChecking=ask',
      ...withKey(),
      'echo in',
    ]);
    expect(outcome.status).toBe(255);
    expect(outcome.stderr).toContain('Host key verification failed.');
  });

  it('publickey: a key that the server does not know is refused', async () => {
    const stranger = join(server.folder, 'stranger');
    await runSeashell(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', stranger]);
    const outcome = await ssh(['-o', 'BatchMode=yes', '-i', stranger, login, 'true']);
    expect(outcome.status).toBe(255);
    expect(outcome.stderr).toContain(`${login}: Permission denied (publickey,password`);
  });

  it('publickey: a private key that others can read is not used', async () => {
    const open = join(server.folder, 'open');
    writeFileSync(open, readFileSync(server.identities.ed25519), { mode: 0o644 });
    const words = ['-o', 'BatchMode=yes', '-i', open, login, 'true'];
    const outcome = await ssh(words);
    expect(outcome.stderr).toContain('WARNING: UNPROTECTED PRIVATE KEY FILE!');
    const theirs = await run('ssh', ['-F', join(server.folder, 'ssh_config'), ...words]);
    // Of its own version 9.2 says nothing about the key exchange.
    expect(outcome.stderr.replaceAll(/^(?:\*\* |Warning: Permanently).*\r?\n/gm, '')).toBe(theirs.stderr);
    expect(outcome.status).toBe(theirs.status);
  });
});
