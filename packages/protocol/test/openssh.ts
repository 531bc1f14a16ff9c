/** A real sshd on loopback with its own keys and configuration in a temporary folder, and a real ssh to go with it. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Another installation than the system's, to test beside a newer or an older OpenSSH. */
const prefix = process.env['OPENSSH_PREFIX'] ?? '/usr';
const sshdPath = `${prefix}/sbin/sshd`;
process.env['PATH'] = `${prefix}/bin:${process.env['PATH']}`;

/** Whether OpenSSH is installed. In CI a missing one is a failure, elsewhere it is said aloud. */
export function hasOpenSsh(): boolean {
  const isThere = existsSync(sshdPath) && existsSync(`${prefix}/bin/ssh`) && existsSync(`${prefix}/bin/ssh-keygen`);
  if (!isThere && process.env['CI'] !== undefined)
    throw new Error('OpenSSH is missing, and its tests may not be skipped in CI');
  if (!isThere) console.warn('skipped: tests against a real OpenSSH, which is not installed');
  return isThere;
}

/** The key exchanges that the installed ssh has. */
export function realKeyExchanges(): readonly string[] {
  return hasOpenSsh() ? execFileSync('ssh', ['-Q', 'kex'], { encoding: 'utf8' }).trim().split('\n') : [];
}

export const user = userInfo().username;

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'seashell-'));
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Makes a key pair with the real ssh-keygen (`type` may go on with other options); gives the path of the private half. */
export function sshKeygen(folder: string, type: string, name = `id_${type}`): string {
  const path = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', ...type.split(' '), '-N', '', '-C', name, '-f', path]);
  return path;
}

/** The blob in a public key file. */
export function readPublicBlob(path: string): Uint8Array {
  const base64 = readFileSync(`${path}.pub`, 'utf8').split(' ')[1] ?? '';
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** The port that a TCP server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on TCP');
  return address.port;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Sshd {
  readonly port: number;
  readonly folder: string;
  readonly log: () => string;
  readonly connect: () => Promise<Socket>;
  readonly stop: () => void;
}

/** Starts an sshd that lets in the holder of `publicLine`, with host keys of Ed25519, RSA and ECDSA of its own. */
export async function startSshd(publicLine: string): Promise<Sshd> {
  const folder = temporaryFolder();
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const port = await freePort();
  const hostKeys = ['ed25519', 'rsa', 'ecdsa', 'ecdsa -b 384', 'ecdsa -b 521'].map((type, index) =>
    sshKeygen(folder, type, `host_${index}`),
  );
  writeFileSync(join(folder, 'keys'), `${publicLine}\n`);
  writeFileSync(join(folder, 'config'), configuration(folder, port, hostKeys));
  const child = spawn(sshdPath, ['-D', '-f', join(folder, 'config'), '-E', join(folder, 'log')], { stdio: 'ignore' });
  await waitForPort(port, child);
  return {
    port,
    folder,
    log: () => readFileSync(join(folder, 'log'), 'utf8'),
    connect: () => connectTo(port),
    stop() {
      child.kill();
      remove(folder);
    },
  };
}

function configuration(folder: string, port: number, hostKeys: readonly string[]): string {
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...hostKeys.map((path) => `HostKey ${path}`),
    `PidFile ${folder}/pid`,
    `AuthorizedKeysFile ${folder}/keys`,
    'StrictModes no',
    'PermitRootLogin yes',
    'UsePAM no',
    'LogLevel DEBUG1',
    'MaxStartups 100',
    'Ciphers +aes128-ctr,aes192-ctr,aes256-ctr',
    'MACs +hmac-sha1,hmac-sha1-etm@openssh.com',
    'HostKeyAlgorithms +ssh-rsa',
    'PubkeyAcceptedAlgorithms +ssh-rsa',
  ];
  return `${lines.join('\n')}\n`;
}

async function waitForPort(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`sshd ended with ${child.exitCode}`);
    try {
      (await connectTo(port)).destroy();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  throw new Error('sshd does not listen');
}

export function connectTo(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

export interface SshResult {
  readonly status: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

export interface SshRequest {
  /** What comes before the destination. */
  readonly options: readonly string[];
  readonly port: number;
  readonly command?: string;
  readonly input?: Uint8Array;
  /** Given by SSH_ASKPASS. */
  readonly password?: string;
  readonly folder: string;
}

/** Runs the real ssh without a terminal. */
export function runSsh(request: SshRequest): Promise<SshResult> {
  const { folder, port, options, command, input = new Uint8Array(0), password } = request;
  const askpass = join(folder, 'askpass');
  writeFileSync(askpass, `#!/bin/sh\necho '${password ?? ''}'\n`, { mode: 0o700 });
  const common = [
    '-F',
    'none',
    '-o',
    `UserKnownHostsFile=${folder}/known_hosts`,
    '-o',
    'StrictHostKeyChecking=accept-new',
  ];
  const destination = ['-p', String(port), 'demo@127.0.0.1', ...(command === undefined ? [] : [command])];
  const environment = { ...process.env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', SSH_AUTH_SOCK: '' };
  const child = spawn(`${prefix}/bin/ssh`, [...common, ...options, ...destination], { env: environment });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.on('close', (status) => {
      resolve({ status, stdout: new Uint8Array(Buffer.concat(stdout)), stderr: Buffer.concat(stderr).toString() });
    });
  });
}
