/** Our client against a real sshd, and a real ssh against our server, over TCP on loopback. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printPublicLine, type PrivateKey } from '@seashell/core/keys';
import {
  ClientConnection,
  defaultPreferences,
  supportedAlgorithms,
  type AlgorithmPreferences,
  type ClientCommand,
  type ClientEvent,
} from '../src/index.ts';
import { blob, crypto, hostRsaKey as userRsaKey, sign, userEcdsaKeys, userKey } from './fixtures.ts';
import {
  hasOpenSsh,
  realKeyExchanges,
  readPublicBlob,
  remove,
  runSsh,
  sshKeygen,
  startSshd,
  temporaryFolder,
  user,
  type SshRequest,
  type SshResult,
  type Sshd,
} from './openssh.ts';
import { serve, type Serving } from './serve.ts';
import { nodeRandom, runCommand, type CommandRequest, type CommandResult } from './tcp.ts';

const isInstalled = hasOpenSsh();
const megabyte = 1024 * 1024;
const big = 64 * megabyte;

/** A client's answers: takes any host key, and proves itself with a key by first asking whether it would do. */
function keyOwner(key: PrivateKey, algorithm: string): (event: ClientEvent) => readonly ClientCommand[] {
  const attempt = (step: 'query' | 'sign'): ClientCommand => ({
    type: 'authenticate',
    user,
    method: { type: 'publickey', step, algorithm, key: blob(key) },
  });
  return (event) => {
    switch (event.type) {
      case 'hostKeyReceived':
        return [{ type: 'acceptHostKey' }];
      case 'authenticationReady':
        return [{ type: 'authenticate', user, method: { type: 'none' } }];
      case 'authenticationFailed':
        return event.method === 'none' ? [attempt('query')] : [{ type: 'disconnect', reason: 14, description: '' }];
      case 'publicKeyAccepted':
        return [attempt('sign')];
      case 'signatureWanted':
        return [{ type: 'provideSignature', signature: sign(key, event.data, event.algorithm) }];
      default:
        return [];
    }
  };
}

/** Of keys that lie in no authenticator; ssh 9.2 knows no ML-DSA. */
const ecdsaAlgorithms = ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'];
const hostKeyAlgorithms = ['ssh-ed25519', ...ecdsaAlgorithms, 'rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'];
const shownAlgorithms = ['ssh-ed25519', ...ecdsaAlgorithms, 'rsa-sha2-512', 'rsa-sha2-256'];
/** All of ours that the installed OpenSSH has too: Debian 12 has no ML-KEM. */
const keyExchanges = defaultPreferences('10').kex.filter((name) => realKeyExchanges().includes(name));

function negotiated(result: CommandResult): unknown {
  return result.events.find((event) => event.type === 'keyExchanged')?.algorithms;
}

describe.skipIf(!isInstalled)('our client and a real sshd', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd(
      [userKey, userRsaKey, ...userEcdsaKeys].map((key) => printPublicLine(key, 'test')).join('\n'),
    );
  });
  afterAll(() => sshd.stop());

  async function run(
    lists: Partial<AlgorithmPreferences>,
    request: Partial<CommandRequest> & { readonly command: string },
  ): Promise<CommandResult> {
    const algorithms = { ...defaultPreferences('10'), ...lists };
    const client = new ClientConnection({
      identification: 'SSH-2.0-OpenSSH_10.5',
      crypto,
      random: nodeRandom,
      algorithms,
      nowMilliseconds: performance.now(),
    });
    const answer = keyOwner(userKey, 'ssh-ed25519');
    return runCommand({ socket: await sshd.connect(), client, answer, ...request });
  }

  test('logs in by an Ed25519 key, runs a command, and gets its output and status', async () => {
    const result = await run({}, { command: 'echo out; echo err >&2; exit 42' });
    expect(new TextDecoder().decode(result.stdout)).toBe('out\n');
    expect(result.stderr).toBe('err\n');
    expect(result.status).toBe(42);
    expect(negotiated(result)).toMatchObject({ kex: keyExchanges[0], strict: true, hostKey: 'ssh-ed25519' });
  });

  test.each(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'])(
    'logs in by an RSA key that signs with %s',
    async (algorithm) => {
      const result = await run({}, { command: 'true', answer: keyOwner(userRsaKey, algorithm) });
      expect(result.status).toBe(0);
    },
  );

  test.each(userEcdsaKeys)('logs in by a key of $type', async (key) => {
    const result = await run({}, { command: 'true', answer: keyOwner(key, key.type) });
    expect(result.status).toBe(0);
  });

  test.each(hostKeyAlgorithms)('checks a host key that signs with %s', async (name) => {
    const result = await run({ hostKey: [name] }, { command: 'true' });
    expect(negotiated(result)).toMatchObject({ hostKey: name });
    expect(result.status).toBe(0);
  });

  test.each(supportedAlgorithms('10').cipher)('passes 1 MiB each way through %s', async (name) => {
    const input = nodeRandom(megabyte);
    const result = await run({ cipher: [name] }, { command: 'cat', input });
    expect(negotiated(result)).toMatchObject({ clientToServer: { cipher: name }, serverToClient: { cipher: name } });
    expect(Buffer.compare(result.stdout, input)).toBe(0);
  });

  test.each(supportedAlgorithms('10').mac)('passes 1 MiB each way through aes256-ctr and %s', async (name) => {
    const input = nodeRandom(megabyte);
    const result = await run({ cipher: ['aes256-ctr'], mac: [name] }, { command: 'cat', input });
    expect(negotiated(result)).toMatchObject({ clientToServer: { mac: name }, serverToClient: { mac: name } });
    expect(Buffer.compare(result.stdout, input)).toBe(0);
  });

  test.each(keyExchanges)('exchanges keys by %s', async (name) => {
    const result = await run({ kex: [name] }, { command: 'true' });
    expect(negotiated(result)).toMatchObject({ kex: name, postQuantum: name.startsWith('mlkem') });
    expect(result.status).toBe(0);
  });

  test('rekeys in the middle of output', async () => {
    const result = await run({}, { command: `head -c ${4 * megabyte} /dev/zero`, rekeyAfterBytes: megabyte });
    expect(result.stdout.length).toBe(4 * megabyte);
    const exchanges = result.events.filter((event) => event.type === 'keyExchanged');
    expect(exchanges.map(({ first }) => first)).toEqual([true, false]);
  });

  test('sends 64 MiB with the right digest', async () => {
    const input = nodeRandom(big);
    const result = await run({}, { command: 'sha256sum', input });
    const digest = createHash('sha256').update(input).digest('hex');
    expect(new TextDecoder().decode(result.stdout)).toBe(`${digest}  -\n`);
  });

  test('receives 64 MiB', async () => {
    const result = await run({}, { command: `head -c ${big} /dev/zero` });
    expect(result.stdout.length).toBe(big);
    expect(result.stdout.every((value) => value === 0)).toBe(true);
  });
});

describe.skipIf(!isInstalled)('a real ssh and our server', () => {
  let folder: string;
  let serving: Serving;
  let identities: Readonly<Record<'ed25519' | 'rsa', string>>;

  beforeAll(async () => {
    folder = temporaryFolder();
    identities = { ed25519: sshKeygen(folder, 'ed25519'), rsa: sshKeygen(folder, 'rsa') };
    const keys = Object.values(identities).map((path) => readPublicBlob(path));
    serving = await serve({ password: 'seashell', keys });
  });
  afterAll(() => {
    serving.stop();
    remove(folder);
  });

  function ssh(options: readonly string[], request: Partial<SshRequest> = {}): Promise<SshResult> {
    return runSsh({ options: ['-i', identities.ed25519, ...options], port: serving.port, folder, ...request });
  }

  test('logs in by an Ed25519 key, with strict key exchange', async () => {
    const result = await ssh(['-vv'], { command: 'echo out; echo err >&2; exit 42' });
    expect(new TextDecoder().decode(result.stdout)).toBe('out\n');
    expect(result.stderr).toContain('err\n');
    expect(result.stderr).toContain('kex-strict-s-v00@openssh.com');
    expect(result.stderr).toMatch(/resetting (send|read) seqnr 3|will use strict KEX ordering/);
    expect(result.stderr).toContain('Authenticated to 127.0.0.1 ([127.0.0.1]:');
    expect(result.status).toBe(42);
  });

  test('logs in by an RSA key, which signs with rsa-sha2-512', async () => {
    const options = ['-o', 'IdentitiesOnly=yes', '-i', identities.rsa];
    const result = await runSsh({ options, port: serving.port, folder, command: 'exit 7' });
    expect(result.status).toBe(7);
    expect(serving.events.findLast((event) => event.type === 'authenticationRequested')?.offered).toMatchObject({
      algorithm: 'rsa-sha2-512',
      step: 'signature',
    });
  });

  test('logs in by password, and is refused with a wrong one', async () => {
    const options = ['-o', 'PubkeyAuthentication=no'];
    const right = await runSsh({ options, port: serving.port, folder, command: 'exit 3', password: 'seashell' });
    expect(right.status).toBe(3);
    const wrong = await runSsh({ options, port: serving.port, folder, command: 'exit 3', password: 'wrong' });
    expect(wrong.status).toBe(255);
    expect(wrong.stderr).toContain('demo@127.0.0.1: Permission denied (publickey,password).');
  });

  test('learns and proves all host keys after login', async () => {
    const result = await ssh(['-o', 'UpdateHostKeys=yes'], { command: 'sleep 0.5' });
    expect(result.status).toBe(0);
    const known = readFileSync(`${folder}/known_hosts`, 'utf8');
    expect(known).toContain('ssh-ed25519');
    expect(known).toContain('ssh-rsa');
  });

  test.each(supportedAlgorithms('10').cipher)('passes 1 MiB each way through %s', async (name) => {
    const input = nodeRandom(megabyte);
    const result = await ssh(['-c', name], { command: 'cat', input });
    expect(Buffer.compare(result.stdout, input)).toBe(0);
  });

  test.each(supportedAlgorithms('10').mac)('passes 1 MiB each way through aes128-ctr and %s', async (name) => {
    const input = nodeRandom(megabyte);
    const result = await ssh(['-c', 'aes128-ctr', '-m', name], { command: 'cat', input });
    expect(Buffer.compare(result.stdout, input)).toBe(0);
  });

  test.each(shownAlgorithms)('shows a host key that signs with %s', async (name) => {
    const result = await ssh(['-o', `HostKeyAlgorithms=${name}`], { command: 'true' });
    expect(result.status).toBe(0);
  });

  test.each(keyExchanges)('exchanges keys by %s', async (name) => {
    const result = await ssh(['-o', `KexAlgorithms=${name}`], { command: 'true' });
    expect(result.status).toBe(0);
  });

  test('rekeys when ssh wants to, in both directions of data', async () => {
    const input = nodeRandom(4 * megabyte);
    const result = await ssh(['-o', 'RekeyLimit=1M'], { command: 'cat', input });
    expect(Buffer.compare(result.stdout, input)).toBe(0);
    expect(serving.events.filter((event) => event.type === 'keyExchanged' && !event.first).length).toBeGreaterThan(1);
  });

  test('takes 64 MiB and gives the right digest', async () => {
    const input = nodeRandom(big);
    const result = await ssh([], { command: 'sha256sum', input });
    const digest = createHash('sha256').update(input).digest('hex');
    expect(new TextDecoder().decode(result.stdout)).toBe(`${digest}  -\n`);
  });

  test('gives 64 MiB', async () => {
    const result = await ssh([], { command: `head -c ${big} /dev/zero` });
    expect(result.stdout.length).toBe(big);
  });
});
