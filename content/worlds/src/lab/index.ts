/** `lab`: like the hosts between which OpenSSH 10.5 was recorded, before anybody has made a key or connected. */
import type { WorldDefinition } from '@seashell/simulator/world-definition';
import { hosts } from './hosts.ts';
import { results } from './results.ts';

export const lab: WorldDefinition = {
  name: 'lab',
  title: 'Lab',
  description: 'A laptop, a web server, a bastion, and a database that only those two reach.',
  start: { host: 'laptop', user: 'demo' },
  // 2026-01-05 09:00:00 UTC
  startsAtMilliseconds: 1_767_603_600_000,
  networks: [
    { name: 'internet', latencyMilliseconds: 5, silentAddresses: ['203.0.113.99'] },
    { name: 'internal', latencyMilliseconds: 1 },
  ],
  hosts,
  names: [
    { name: 'web1.example.com', addresses: ['203.0.113.10'] },
    { name: 'bastion.example.com', addresses: ['203.0.113.20'] },
    { name: 'blackhole.example.com', addresses: ['203.0.113.99'] },
  ],
  results,
};
