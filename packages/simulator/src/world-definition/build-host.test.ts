/** The disk of a host: what definition, image and seed make of it. */
import { openPrivateKey, parsePublicLine, runAtOnce } from '@seashell/core/keys';
import { verifySha512Crypt } from '@seashell/core/crypto/sha512-crypt';
import { describe, expect, test } from 'vitest';
import { kernelCaller } from '../filesystem/caller.ts';
import type { FileSystem } from '../filesystem/file-system.ts';
import { findAccount } from '../kernel/find-account.ts';
import { buildHostFiles } from './build-host.ts';
import type { BaseImageName, HostDefinition, WorldDefinition } from './definition.ts';
import { Results } from './results.ts';

const server: HostDefinition = {
  name: 'server',
  image: 'ubuntu-like',
  hostKeyTypes: ['ed25519'],
  interfaces: [{ network: 'net', address: '192.0.2.2' }],
  users: [
    {
      name: 'demo',
      fullName: 'Demo User',
      password: 'seashell',
      groups: ['sudo'],
      authorizedKeys: [{ host: 'client', user: 'demo' }],
    },
    { name: 'second', uid: 1000 },
    { name: 'root', password: 'toor' },
  ],
  groups: [{ name: 'staff', gid: 50, members: ['demo'] }],
  motd: 'Welcome\n',
  sshdConfig: ['Port 4444', 'Port 22', 'PermitRootLogin no', 'MaxAuthTries 3', 'DenyUsers second'],
  files: [
    { path: '/srv/deep/file', owner: 'demo', group: 'staff', mode: 0o4750, content: 'on {hostname}\n' },
    { type: 'symlink', path: '/srv/link', target: 'deep/file' },
    { type: 'symlink', path: '/etc/motd', target: '/srv/link' },
  ],
};

const client: HostDefinition = {
  name: 'client',
  image: 'ubuntu-like',
  hostKeyTypes: [],
  interfaces: [{ network: 'net', address: '192.0.2.1' }],
  users: [
    {
      name: 'demo',
      identities: [{ type: 'ed25519' }],
      knownHosts: [{ name: 'server.example', host: 'server' }],
      files: [{ path: 'notes/today', content: 'x' }],
    },
  ],
};

const definition: WorldDefinition = {
  name: 'test',
  title: 'Test',
  description: 'For tests.',
  start: { host: 'client', user: 'demo' },
  startsAtMilliseconds: 1_767_603_600_000,
  networks: [{ name: 'net', latencyMilliseconds: 1 }],
  hosts: [client, server],
};

const decoder = new TextDecoder();
const now = (): number => definition.startsAtMilliseconds;

function build(host: HostDefinition, seed = 1): Promise<FileSystem> {
  return buildHostFiles({ definition, host, seed, now });
}

function text(files: FileSystem, path: string): string {
  return decoder.decode(files.readFile(kernelCaller, path));
}

function status(files: FileSystem, path: string): Record<'mode' | 'uid' | 'gid', number> {
  const { mode, uid, gid } = files.status(kernelCaller, path);
  return { mode, uid, gid };
}

describe('buildHostFiles', async () => {
  const onServer = await build(server);
  const onClient = await build(client);

  test('gives each user a row in passwd and a group, numbered around those that are taken', () => {
    const demo = findAccount(onServer, { name: 'demo' });
    expect(demo).toMatchObject({ uid: 1001, gid: 1001, fullName: 'Demo User', home: '/home/demo', shell: '/bin/bash' });
    expect(demo?.groups.map(({ name }) => name)).toEqual(['demo', 'sudo', 'staff']);
    expect(findAccount(onServer, { uid: 1000 })?.name).toBe('second');
    expect(findAccount(onServer, { name: 'root' })).toMatchObject({ uid: 0, home: '/root', shell: '/bin/bash' });
    expect(findAccount(onServer, { name: 'sshd' })?.shell).toBe('/usr/sbin/nologin');
  });

  test('keeps passwords only as hashes, with a salt of their own', () => {
    const rows = text(onServer, '/etc/shadow')
      .split('\n')
      .map((line) => line.split(':'));
    const hashes = new Map(rows.map(([name = '', hash = '']) => [name, hash]));
    expect(verifySha512Crypt('seashell', hashes.get('demo') ?? '')).toBe(true);
    expect(verifySha512Crypt('toor', hashes.get('root') ?? '')).toBe(true);
    expect(hashes.get('second')).toBe('*');
    expect(status(onServer, '/etc/shadow')).toEqual({ mode: 0o640, uid: 0, gid: 42 });
    expect(text(onServer, '/etc/passwd')).not.toContain('seashell');
  });

  test('makes homes that belong to their users, with keys as StrictModes wants them', () => {
    expect(status(onClient, '/home/demo')).toEqual({ mode: 0o750, uid: 1000, gid: 1000 });
    expect(status(onClient, '/home/demo/.ssh')).toEqual({ mode: 0o700, uid: 1000, gid: 1000 });
    expect(status(onClient, '/home/demo/.ssh/id_ed25519')).toEqual({ mode: 0o600, uid: 1000, gid: 1000 });
    expect(status(onClient, '/home/demo/notes')).toEqual({ mode: 0o755, uid: 1000, gid: 1000 });
    expect(text(onClient, '/home/demo/.bashrc')).toContain('\\u@\\h:\\w\\$ ');
  });

  test('installs the public key of a private one elsewhere, and the key of a host', () => {
    const line = text(onClient, '/home/demo/.ssh/id_ed25519.pub');
    expect(text(onServer, '/home/demo/.ssh/authorized_keys')).toBe(line);
    expect(line).toMatch(/ demo@client\n$/);
    const opened = runAtOnce(openPrivateKey(onClient.readFile(kernelCaller, '/home/demo/.ssh/id_ed25519')));
    const parsed = parsePublicLine(line);
    if (opened.outcome !== 'key' || !parsed.ok) throw new Error('a key');
    expect(opened).toMatchObject({ comment: 'demo@client', key: { type: 'ssh-ed25519' } });
    const hostKey = text(onServer, '/etc/ssh/ssh_host_ed25519_key.pub').split(' ').slice(0, 2).join(' ');
    expect(text(onClient, '/home/demo/.ssh/known_hosts')).toBe(`server.example ${hostKey}\n`);
    expect(status(onServer, '/etc/ssh/ssh_host_ed25519_key').mode).toBe(0o600);
  });

  test('edits sshd_config as a person does', () => {
    const lines = text(onServer, '/etc/ssh/sshd_config').split('\n');
    expect(lines[0]).toBe('Include /etc/ssh/sshd_config.d/*.conf');
    expect(lines).toContain('PermitRootLogin no');
    expect(lines).not.toContain('#PermitRootLogin prohibit-password');
    expect(lines.filter((line) => line.startsWith('Port'))).toEqual(['Port 4444', 'Port 22']);
    expect(lines.at(-2)).toBe('DenyUsers second');
  });

  test('lays the files of the definition over those of the image', () => {
    expect(status(onServer, '/srv/deep/file')).toEqual({ mode: 0o4750, uid: 1001, gid: 50 });
    expect(text(onServer, '/etc/motd')).toBe('on server\n');
    expect(onServer.readLink(kernelCaller, '/bin')).toBe('usr/bin');
    expect(status(onServer, '/tmp').mode).toBe(0o1777);
  });

  test('the same seed gives the same bytes, another seed other keys', async () => {
    const path = '/etc/ssh/ssh_host_ed25519_key';
    expect(text(await build(server), path)).toBe(text(onServer, path));
    expect(text(await build(server, 2), path)).not.toBe(text(onServer, path));
  });

  test('an ECDSA key of the host is in the format of its version', async () => {
    const path = '/etc/ssh/ssh_host_ecdsa_key';
    const made = await build({ ...server, hostKeyTypes: ['ecdsa'] });
    const old = await build({ ...server, hostKeyTypes: ['ecdsa'], openSsh: '6.6' });
    expect(text(made, path)).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
    expect(text(old, path)).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n/);
    expect(text(made, `${path}.pub`)).toMatch(/^ecdsa-sha2-nistp256 \S+ root@server$/m);
    expect(text(old, `${path}.pub`)).toBe(text(made, `${path}.pub`));
  });

  test('kept results are taken instead of computed', async () => {
    const results = new Results();
    const host = { ...server, hostKeyTypes: ['rsa'] } as const;
    const made = await buildHostFiles({ definition, host, seed: 3, now, results });
    const again = await buildHostFiles({ definition, host, seed: 3, now, results: new Results(results.used()) });
    const path = '/etc/ssh/ssh_host_rsa_key';
    expect(text(again, path)).toBe(text(made, path));
    expect(Object.keys(results.used()).some((name) => name.startsWith('primes 3072 3 '))).toBe(true);
  });

  test.each<[BaseImageName, string, RegExp]>([
    ['ubuntu-like', '/etc/os-release', /ID=ubuntu/],
    ['centos-like', '/etc/bashrc', /\[\\u@\\h \\W\]/],
    ['old', '/etc/ssh/sshd_config', /^UsePrivilegeSeparation yes$/m],
  ])('has the files of the image %s', async (image, path, wanted) => {
    const files = await build({ ...server, image, sshdConfig: [], groups: [], users: [{ name: 'root' }], files: [] });
    expect(text(files, path)).toMatch(wanted);
    expect(text(files, '/etc/hostname')).toBe('server\n');
    expect(text(files, '/etc/ssh/sshd_config').startsWith('Include')).toBe(image === 'ubuntu-like');
  });
});
