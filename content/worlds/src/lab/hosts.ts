/** The hosts of the lab in which OpenSSH 10.5 was recorded. */
import type { HostDefinition, ServiceDefinition } from '@seashell/simulator/world-definition';

/** Its log is a file of its own, and tells more than usual. */
const ssh: ServiceDefinition = {
  name: 'ssh',
  argv: ['/usr/sbin/sshd', '-E', '/var/log/sshd.log', '-o', 'LogLevel=VERBOSE'],
};

/** The login shell shows the message of the day, with or without a terminal; sshd does not. */
/** As in the lab where the transcripts were recorded. */
const quietSshd = ['PrintMotd no', 'PrintLastLog no', 'PerSourcePenalties no'] as const;
const showMotd = { path: '/etc/profile.d/motd.sh', content: 'cat /etc/motd\n' } as const;

const laptop: HostDefinition = {
  name: 'laptop',
  image: 'ubuntu-like',
  hostKeyTypes: [],
  interfaces: [{ network: 'internet', address: '192.0.2.10' }],
  users: [
    { name: 'demo', password: 'demo-pw' },
    { name: 'root', password: 'root-pw' },
  ],
};

const web1: HostDefinition = {
  name: 'web1',
  image: 'ubuntu-like',
  interfaces: [
    { network: 'internet', address: '203.0.113.10' },
    { network: 'internal', address: '10.0.0.2' },
  ],
  users: [
    { name: 'demo', password: 'correct-horse' },
    { name: 'root', password: 'root-pw' },
    { name: 'user1', password: 'user1-pw' },
    { name: 'user2', password: 'user2-pw' },
  ],
  motd: 'Welcome to web1 (lab)\n',
  sshdConfig: quietSshd,
  files: [showMotd],
  services: [ssh],
};

const bastion: HostDefinition = {
  name: 'bastion',
  image: 'ubuntu-like',
  interfaces: [
    { network: 'internet', address: '203.0.113.20' },
    { network: 'internal', address: '10.0.0.3' },
  ],
  users: [
    { name: 'demo', password: 'correct-horse' },
    { name: 'root', password: 'root-pw' },
  ],
  motd: 'Welcome to bastion (lab)\n',
  sshdConfig: quietSshd,
  files: [showMotd],
  services: [ssh],
};

const db: HostDefinition = {
  name: 'db',
  aliases: ['db.internal'],
  image: 'ubuntu-like',
  interfaces: [{ network: 'internal', address: '10.0.0.10' }],
  users: [
    { name: 'demo', password: 'correct-horse' },
    { name: 'root', password: 'root-pw' },
  ],
  motd: 'Welcome to db (lab)\n',
  sshdConfig: quietSshd,
  files: [showMotd, { path: '/var/www/html/index.html', content: '<h1>db.internal</h1>\n' }],
  services: [ssh, { name: 'http', argv: ['/usr/sbin/httpd', '-p', '80', '-h', '/var/www/html'] }],
};

export const hosts: readonly HostDefinition[] = [laptop, web1, bastion, db];
