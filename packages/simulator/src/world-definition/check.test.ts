/** What is found wrong with definitions. */
import { expect, test } from 'vitest';
import { checkWorldDefinition } from './check.ts';
import type { HostDefinition, UserDefinition, WorldDefinition } from './definition.ts';

const host: HostDefinition = {
  name: 'one',
  image: 'ubuntu-like',
  interfaces: [{ network: 'net', address: '192.0.2.1' }],
  users: [{ name: 'demo' }],
};

const good: WorldDefinition = {
  name: 'good',
  title: 'Good',
  description: 'Nothing is wrong with it.',
  start: { host: 'one', user: 'demo' },
  startsAtMilliseconds: 0,
  networks: [{ name: 'net', latencyMilliseconds: 1 }],
  hosts: [host],
};

function faults(changes: Partial<WorldDefinition>): readonly string[] {
  return checkWorldDefinition({ ...good, ...changes }).map(({ message }) => message);
}

function hostFaults(changes: Partial<HostDefinition>): readonly string[] {
  return faults({ hosts: [{ ...host, ...changes }] });
}

function userFaults(changes: Partial<UserDefinition>): readonly string[] {
  return hostFaults({ users: [{ name: 'demo', ...changes }] });
}

test('checkWorldDefinition finds nothing wrong with a good one', () => {
  expect(faults({})).toEqual([]);
  expect(hostFaults({ interfaces: [{ network: 'net', address: '2001:db8::1' }] })).toEqual([]);
});

test('checkWorldDefinition finds names that lead nowhere', () => {
  expect(faults({ start: { host: 'two', user: 'demo' } })).toEqual(['start.host: there is no host two']);
  expect(faults({ start: { host: 'one', user: 'x' } })).toEqual(['start.user: there is no user x']);
  expect(faults({ links: [{ between: ['net', 'far'], latencyMilliseconds: 1 }] })).toEqual([
    'links[0].between: there is no network far',
  ]);
  expect(hostFaults({ interfaces: [{ network: 'far', address: '192.0.2.1' }] })).toEqual([
    'hosts[0].interfaces[0].network: there is no network far',
  ]);
  expect(hostFaults({ files: [{ path: '/f', content: '', owner: 'x' }] })).toEqual([
    'hosts[0].files[0].owner: there is no user x',
  ]);
  expect(userFaults({ groups: ['x'] })).toEqual(['hosts[0].users[0].groups: there is no group x']);
  expect(userFaults({ authorizedKeys: [{ host: 'x', user: 'y' }] })).toEqual([
    'hosts[0].users[0].authorizedKeys[0].host: there is no host x',
  ]);
  expect(userFaults({ authorizedKeys: [{ host: 'one', user: 'demo' }] })).toEqual([
    'hosts[0].users[0].authorizedKeys[0]: demo has no such identity on one',
  ]);
});

test('checkWorldDefinition finds what is there twice', () => {
  const twin = { ...host, name: 'two', aliases: ['one'] };
  expect(faults({ hosts: [host, twin] })).toEqual([
    'hosts: the name one is there twice',
    'hosts: the address 192.0.2.1 is there twice',
  ]);
  expect(hostFaults({ users: [{ name: 'demo' }, { name: 'other', uid: 1 }] })).toEqual([
    'hosts[0].users: the uid 1 is there twice',
  ]);
});

test('checkWorldDefinition finds malformed values', () => {
  expect(faults({ names: [{ name: 'x', addresses: ['300.1.1.1'] }] })).toEqual([
    'names[0].addresses: 300.1.1.1 is no address',
  ]);
  expect(hostFaults({ services: [{ name: 'ssh', argv: ['sshd'] }] })).toEqual([
    'hosts[0].services[0].argv: expected an absolute path first',
  ]);
  expect(hostFaults({ firewall: [{ port: 70_000, action: 'drop' }] })).toEqual([
    'hosts[0].firewall[0].port: 70000 is no port',
  ]);
  expect(hostFaults({ users: [{ name: 'demo' }, { name: 'Bad Name' }] })).toEqual([
    'hosts[0].users[1].name: Bad Name is no name of a user',
  ]);
  expect(hostFaults({ files: [{ path: 'f', content: '' }] })).toEqual([
    'hosts[0].files[0].path: expected an absolute path',
  ]);
});

test.each([0, -4096, 0.5, 67_108_865])('checkWorldDefinition finds a disk of %d bytes', (diskBytes) => {
  expect(hostFaults({ diskBytes })).toEqual(['hosts[0].diskBytes: expected bytes up to 67108864']);
  expect(hostFaults({ diskBytes: 67_108_864 })).toEqual([]);
});
