/** A real ssh logs in to a simulated host through `seashell serve`. */
import { createHash, randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenSsh, run, runSeashell, seashell, type Outcome, type RunInput } from './real-openssh.ts';

const bulkBytes = 64 * 1024 * 1024;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Collects what a process prints, and waits for words in it. */
class Screen {
  text = '';
  #waiting: (() => void)[] = [];

  add(bytes: Buffer): void {
    this.text += bytes.toString();
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves once `pattern` matches what was printed after `from`. */
  async shows(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.text.slice(from));
      if (match !== null) return match;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

describe.runIf(hasOpenSsh)('real ssh to seashell serve', () => {
  let server: ChildProcess;
  let port: string;
  const folder = mkdtempSync(join(tmpdir(), 'seashell-serve-'));
  const askpass = join(folder, 'askpass');
  const identity = join(folder, 'id');

  beforeAll(async () => {
    writeFileSync(askpass, '#!/bin/sh\necho seashell\n');
    chmodSync(askpass, 0o700);
    server = spawn(process.execPath, [seashell, 'serve', '--listen', '127.0.0.1:0=remote_host'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const screen = new Screen();
    server.stdout?.on('data', (bytes: Buffer) => screen.add(bytes));
    port = (await screen.shows(/Listening on 127\.0\.0\.1 port (\d+)/))[1] ?? '';
  });
  afterAll(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const options = (): readonly string[] => [
    '-F',
    'none',
    '-p',
    port,
    '-o',
    `UserKnownHostsFile=${join(folder, 'known')}`,
    '-o',
    'GlobalKnownHostsFile=none',
    '-o',
    'StrictHostKeyChecking=accept-new',
    '-o',
    'IdentitiesOnly=yes',
    '-o',
    'IdentityAgent=none',
  ];
  const passwordEnvironment = (): Readonly<Record<string, string>> => ({
    SSH_ASKPASS: askpass,
    SSH_ASKPASS_REQUIRE: 'force',
    DISPLAY: ':0',
  });
  const ssh = (words: readonly string[], input: RunInput = {}): Promise<Outcome> =>
    run('ssh', [...options(), ...words], { environment: passwordEnvironment(), ...input });

  it('password: exec runs a command and gives its output and exit status', async () => {
    const outcome = await ssh(['demo@127.0.0.1', 'hostname; echo err >&2; exit 7']);
    expect(outcome.stdout.toString()).toBe('remote_host\n');
    expect(outcome.stderr).toContain('err\n');
    expect(outcome.status).toBe(7);
  });

  it('handshake: -v shows strict key exchange and the agreed algorithms', async () => {
    const outcome = await ssh(['-v', 'demo@127.0.0.1', 'true']);
    expect(outcome.stderr).toContain('debug1: Remote protocol version 2.0, remote software version OpenSSH_10.5');
    expect(outcome.stderr).toMatch(/kex: algorithm: (curve25519-sha256|mlkem768x25519-sha256)/);
    const verbose = await ssh(['-vvv', 'demo@127.0.0.1', 'true']);
    expect(verbose.stderr).toContain('will use strict KEX ordering');
    expect(verbose.stderr).toContain('server-sig-algs=<');
  });

  it.each(['ed25519', 'rsa'])(
    'publickey: an %s key of a real ssh-keygen, installed over ssh, logs in',
    async (type) => {
      const file = `${identity}_${type}`;
      await run('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', file]);
      const line = readFileSync(`${file}.pub`);
      const install =
        'mkdir -p ~/.ssh && chmod 700 ~/.ssh && cat >> ~/.ssh/authorized_keys && chmod 600 ~/.ssh/authorized_keys';
      expect((await ssh(['user1@127.0.0.1', install], { input: line })).status).toBe(0);
      const outcome = await ssh(['-i', file, '-o', 'PreferredAuthentications=publickey', 'user1@127.0.0.1', 'id']);
      expect(outcome.stderr).not.toContain('Permission denied');
      expect(outcome.stdout.toString()).toMatch(/^uid=\d+\(user1\)/);
    },
  );

  it('publickey: keys that our ssh-keygen made log in', async () => {
    const file = join(folder, 'ours');
    expect((await runSeashell(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', file])).status).toBe(0);
    const install = 'umask 077; mkdir -p .ssh; cat >> .ssh/authorized_keys';
    expect((await ssh(['user2@127.0.0.1', install], { input: readFileSync(`${file}.pub`) })).status).toBe(0);
    const outcome = await ssh(['-i', file, '-o', 'PreferredAuthentications=publickey', 'user2@127.0.0.1', 'whoami']);
    expect(outcome.stdout.toString()).toBe('user2\n');
  });

  it('password: a wrong one is refused', async () => {
    writeFileSync(join(folder, 'wrong'), '#!/bin/sh\necho wrong\n', { mode: 0o700 });
    const environment = { ...passwordEnvironment(), SSH_ASKPASS: join(folder, 'wrong') };
    const outcome = await ssh(['-o', 'NumberOfPasswordPrompts=1', 'demo@127.0.0.1', 'true'], { environment });
    expect(outcome.status).toBe(255);
    expect(outcome.stderr).toContain('Permission denied (publickey,password).');
  });

  it('a reader that has enough ends the program over there', async () => {
    const line = `ssh ${[...options(), 'demo@127.0.0.1', 'yes'].map((word) => `'${word}'`).join(' ')}`;
    const outcome = await run('bash', ['-o', 'pipefail', '-c', `${line} | head -n 1`], {
      environment: passwordEnvironment(),
    });
    expect(outcome.stdout.toString()).toBe('y\n');
    // The shell runs a single command of -c in place of itself: the server tells of the signal, and ssh ends with 255.
    expect(outcome.status).toBe(255);
  });

  it('bulk: 64 MiB to sha256sum on the simulated host', async () => {
    const bytes = randomBytes(bulkBytes);
    const outcome = await ssh(['demo@127.0.0.1', 'sha256sum'], { input: bytes });
    expect(outcome.stdout.toString()).toBe(`${sha256(bytes)}  -\n`);
  });

  it('bulk: 64 MiB through cat and back', async () => {
    const bytes = randomBytes(bulkBytes);
    const outcome = await ssh(['demo@127.0.0.1', 'cat'], { input: bytes });
    expect(outcome.stdout.length).toBe(bulkBytes);
    expect(sha256(outcome.stdout)).toBe(sha256(bytes));
  });

  it('rekeying: RekeyLimit of the real client keeps a transfer whole', async () => {
    const bytes = randomBytes(8 * 1024 * 1024);
    const outcome = await ssh(['-o', 'RekeyLimit=1M', 'demo@127.0.0.1', 'sha256sum'], { input: bytes });
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
    const outcome = await ssh(['-o', `Ciphers=${cipher}`, 'demo@127.0.0.1', 'echo ok']);
    expect(outcome.stdout.toString()).toBe('ok\n');
  });

  it('shell: an interactive login has a terminal, which follows the size of the real one', async () => {
    const command = `ssh -t ${options().join(' ')} demo@127.0.0.1`;
    const shell = `stty rows 30 cols 90; tty > ${join(folder, 'tty')}; ${command}; echo "status $?"`;
    const child = spawn('script', ['-qec', `sh -c '${shell}'`, '/dev/null'], {
      env: { ...process.env, ...passwordEnvironment(), TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const screen = new Screen();
    child.stdout.on('data', (bytes: Buffer) => screen.add(bytes));
    const type = (text: string): number => {
      const { length } = screen.text;
      child.stdin.write(text);
      return length;
    };
    await screen.shows(/demo@remote_host:~\$ $/);
    await screen.shows(/30 90\r\n/, type('stty size\r'));
    await screen.shows(/\/dev\/pts\/\d+\r\n/, type('tty\r'));
    await run('stty', ['-F', readFileSync(join(folder, 'tty'), 'utf8').trim(), 'rows', '41', 'cols', '101']);
    await screen.shows(/41 101\r\n/, type('stty size\r'));
    await screen.shows(
      /logout\r\n(.*\r\n)*Connection to 127\.0\.0\.1 closed\.\r\r?\n(.*\r\n)*status 3/,
      type('exit 3\r'),
    );
    child.kill();
  });
});
