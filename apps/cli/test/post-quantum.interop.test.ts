/** mlkem768x25519-sha256 beside an OpenSSH that has it, both ways. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freePort,
  listening,
  postQuantum,
  postQuantumOpenSsh,
  run,
  runSeashell,
  seashell,
  startRealServer,
  type Outcome,
  type RealServer,
  type RunInput,
} from './real-openssh.ts';

const real = postQuantumOpenSsh();
const bulkBytes = 4 * 1024 * 1024;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.runIf(real !== undefined)('seashell ssh to a real sshd', () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startRealServer(real?.lines, real?.sshd);
  });
  afterAll(() => server.stop());

  function ssh(words: readonly string[], input?: RunInput): Promise<Outcome> {
    const files = ['-F', 'none', '-o', `UserKnownHostsFile=${join(server.folder, 'known_hosts')}`];
    const trust = [
      '-o',
      'StrictHostKeyChecking=accept-new',
      '-p',
      String(server.port),
      '-i',
      server.identities.ed25519,
    ];
    return runSeashell(['ssh', ...files, ...trust, ...words, `${userInfo().username}@127.0.0.1`, 'sha256sum'], input);
  }

  it.each([
    ['forced', ['-o', `KexAlgorithms=${postQuantum}`]],
    ['by default', []],
  ])('KexAlgorithms: mlkem768x25519-sha256 %s carries a session, without the warning', async (_how, words) => {
    const input = randomBytes(bulkBytes);
    const outcome = await ssh(['-v', ...words], { input });
    expect(outcome.stdout.toString()).toBe(`${sha256(input)}  -\n`);
    expect(outcome.stderr).toContain(`debug1: kex: algorithm: ${postQuantum}`);
    expect(outcome.stderr).not.toContain('post-quantum');
  });
});

describe.runIf(real !== undefined)('real ssh to seashell serve', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seashell-serve-'));
  const askpass = join(folder, 'askpass');
  let server: ChildProcess;
  let port: number;
  beforeAll(async () => {
    writeFileSync(askpass, '#!/bin/sh\necho seashell\n');
    chmodSync(askpass, 0o700);
    port = await freePort();
    const listen = ['serve', '--listen', `127.0.0.1:${port}=remote_host`];
    server = spawn(process.execPath, [seashell, ...listen], { stdio: ['ignore', 'ignore', 'inherit'] });
    await listening(port);
  });
  afterAll(async () => {
    server.kill();
    await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['forced', ['-o', `KexAlgorithms=${postQuantum}`]],
    ['by default', []],
  ])('KexAlgorithms: mlkem768x25519-sha256 %s carries a session', async (_how, words) => {
    const files = [
      '-F',
      'none',
      '-o',
      `UserKnownHostsFile=${join(folder, 'known')}`,
      '-o',
      'GlobalKnownHostsFile=none',
    ];
    const trust = ['-o', 'StrictHostKeyChecking=accept-new', '-o', 'IdentitiesOnly=yes', '-p', String(port)];
    const environment = { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' };
    const input = randomBytes(bulkBytes);
    const destination = ['demo@127.0.0.1', 'sha256sum'];
    const all = ['-v', ...words, ...files, ...trust, ...destination];
    const outcome = await run(real?.ssh ?? 'ssh', all, { input, environment });
    expect(outcome.stdout.toString()).toBe(`${sha256(input)}  -\n`);
    expect(outcome.stderr).toContain(`debug1: kex: algorithm: ${postQuantum}`);
  });
});
