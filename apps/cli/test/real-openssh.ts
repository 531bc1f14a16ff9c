/** A real sshd on loopback for a test, with keys and configuration of its own, and runs of commands with their whole outcome. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Another installation than the system's, to test beside a newer or an older OpenSSH. */
const prefix = process.env['OPENSSH_PREFIX'] ?? '/usr';
process.env['PATH'] = `${prefix}/bin:${process.env['PATH']}`;
export const sshd = `${prefix}/sbin/sshd`;
export const postQuantum = 'mlkem768x25519-sha256';
export const hasOpenSsh = existsSync(sshd) && existsSync(`${prefix}/bin/ssh`);
if (!hasOpenSsh && process.env['CI'] !== undefined) throw new Error('CI has no OpenSSH: these tests cannot run');
if (!hasOpenSsh)
  console.warn('OpenSSH is missing: its tests are skipped (apt-get install openssh-client openssh-server)');

export const seashell = fileURLToPath(new URL('../bin/seashell.js', import.meta.url));

const keyExchangesOf = (ssh: string): readonly string[] =>
  spawnSync(ssh, ['-Q', 'kex'], { encoding: 'utf8' }).stdout.trim().split('\n');

/** Programs of one installation, and what its sshd must be told to find its own. */
export interface Installation {
  readonly ssh: string;
  readonly sshd: string;
  readonly lines: readonly string[];
}

/** An OpenSSH that has the post-quantum key exchange: the system's, or what `.ci/newer-openssh` has unpacked. */
export function postQuantumOpenSsh(): Installation | undefined {
  if (!hasOpenSsh) return undefined;
  if (keyExchangesOf('ssh').includes(postQuantum)) return { ssh: 'ssh', sshd, lines: [] };
  const unpacked = fileURLToPath(new URL('../../../.toolchain/openssh/usr', import.meta.url));
  if (existsSync(`${unpacked}/sbin/sshd`) && keyExchangesOf(`${unpacked}/bin/ssh`).includes(postQuantum)) {
    const [session, auth] = [`${unpacked}/lib/openssh/sshd-session`, `${unpacked}/lib/openssh/sshd-auth`];
    const lines = [`SshdSessionPath ${session}`, `SshdAuthPath ${auth}`];
    return { ssh: `${unpacked}/bin/ssh`, sshd: `${unpacked}/sbin/sshd`, lines };
  }
  console.warn(`No real OpenSSH here has ${postQuantum}: its tests are skipped (.ci/newer-openssh)`);
  return undefined;
}

export interface Outcome {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly status: number | null;
}

export interface RunInput {
  readonly input?: Buffer | string;
  readonly environment?: Readonly<Record<string, string>>;
}

const timeoutMilliseconds = 120_000;

/** Runs a program to its end. */
export async function run(
  command: string,
  words: readonly string[],
  { input, environment }: RunInput = {},
): Promise<Outcome> {
  const child = spawn(command, [...words], { env: { ...process.env, ...environment }, timeout: timeoutMilliseconds });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const [status] = await once(child, 'close');
  return {
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr).toString(),
    status: typeof status === 'number' ? status : null,
  };
}

export const runSeashell = (words: readonly string[], input?: RunInput): Promise<Outcome> =>
  run(process.execPath, [seashell, ...words], input);

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Waits until something listens; the process that should do so may still be starting. */
export async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on port ${port}`);
}

export interface RealServer {
  readonly port: number;
  readonly folder: string;
  /** Private key files of the user, which the server accepts. */
  readonly identities: { readonly ed25519: string; readonly rsa: string };
  readonly user: string;
  log(): string;
  stop(): void;
}

function makeKey(file: string, type: string): string {
  spawnSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', file]);
  return file;
}

/** Starts sshd in the foreground with `lines` before its own configuration (the first value of a keyword wins). */
export async function startRealServer(lines: readonly string[] = [], program = sshd): Promise<RealServer> {
  const folder = mkdtempSync(join(tmpdir(), 'seashell-sshd-'));
  const port = await freePort();
  mkdirSync('/run/sshd', { recursive: true });
  const hostKeys = ['ed25519', 'rsa', 'ecdsa'].map((type) => makeKey(join(folder, `host_${type}`), type));
  const identities = {
    ed25519: makeKey(join(folder, 'id_ed25519'), 'ed25519'),
    rsa: makeKey(join(folder, 'id_rsa'), 'rsa'),
  };
  const publicKeys = Object.values(identities).map((file) => readFileSync(`${file}.pub`, 'utf8'));
  writeFileSync(join(folder, 'authorized_keys'), publicKeys.join(''));
  const configuration = [
    ...lines,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...hostKeys.map((file) => `HostKey ${file}`),
    `PidFile ${join(folder, 'pid')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PrintMotd no',
    'LogLevel VERBOSE',
  ];
  const file = join(folder, 'sshd_config');
  writeFileSync(file, `${configuration.join('\n')}\n`);
  const log = join(folder, 'log');
  const child: ChildProcess = spawn(program, ['-D', '-f', file, '-E', log], { stdio: 'ignore' });
  await listening(port);
  return {
    port,
    folder,
    identities,
    user: process.env['USER'] ?? 'root',
    log: () => readFileSync(log, 'utf8'),
    stop: () => {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
