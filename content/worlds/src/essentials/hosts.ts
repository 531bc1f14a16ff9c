/** The hosts of `essentials`. */
import type { HostDefinition, ServiceDefinition, UserDefinition } from '@seashell/simulator/world-definition';

const password = 'seashell';
const ssh: ServiceDefinition = { name: 'ssh', argv: ['/usr/sbin/sshd'], onlyAnswers: true };

function usersOf(names: readonly string[]): readonly UserDefinition[] {
  return names.map((name) => ({ name, password }));
}

const names = ['username', 'user1', 'user2', 'root'];
const everyone = usersOf(['demo', ...names]);

const laptop: HostDefinition = {
  name: 'laptop',
  image: 'ubuntu-like',
  hostKeyTypes: [],
  interfaces: [{ network: 'internet', address: '192.0.2.10' }],
  users: usersOf(['demo', 'root']),
  securityKey: true,
};

const remoteHost: HostDefinition = {
  name: 'remote_host',
  aliases: ['remote_IP_host', 'host'],
  image: 'ubuntu-like',
  interfaces: [{ network: 'internet', address: '111.111.11.111' }],
  // The user made at installation may read the logs.
  users: [{ name: 'demo', password, groups: ['adm'] }, ...usersOf(names)],
  motd: 'Welcome to remote_host\n',
  services: [ssh],
};

const page = `<!doctype html>
<html lang="en">
  <head>
    <title>Example</title>
  </head>
  <body>
    <h1>It works</h1>
    <p>This page of example.com is shown to remote_host alone.</p>
  </body>
</html>
`;

const example: HostDefinition = {
  name: 'example.com',
  image: 'ubuntu-like',
  interfaces: [{ network: 'internet', address: '203.0.113.80' }],
  users: everyone,
  motd: 'Welcome to example.com\n',
  sshdConfig: ['Port 4444'],
  files: [{ path: '/var/www/html/index.html', content: page }],
  services: [ssh, { name: 'http', argv: ['/usr/sbin/httpd', '-p', '80', '-h', '/var/www/html'], onlyAnswers: true }],
  firewall: [
    { port: 80, from: ['remote_host', 'example.com'], action: 'accept' },
    { port: 80, action: 'drop' },
  ],
};

const centos: HostDefinition = {
  name: 'centos',
  image: 'centos-like',
  interfaces: [{ network: 'internet', address: '198.51.100.20' }],
  users: everyone,
  services: [ssh],
};

const old: HostDefinition = {
  name: 'old',
  image: 'old',
  interfaces: [{ network: 'internet', address: '198.51.100.14' }],
  users: everyone,
  services: [ssh],
};

export const hosts: readonly HostDefinition[] = [laptop, remoteHost, example, centos, old];
