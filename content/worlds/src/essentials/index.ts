/** `essentials`, the default world: a laptop, the server of the first chapters, one with a web page, a CentOS-like and an old one. */
import type { WorldDefinition } from '@seashell/simulator/world-definition';
import { hosts } from './hosts.ts';
import { results } from './results.ts';

export const essentials: WorldDefinition = {
  name: 'essentials',
  title: 'Essentials',
  description: 'A laptop, and servers to log in to.',
  start: { host: 'laptop', user: 'demo' },
  // 2026-01-05 09:00:00 UTC
  startsAtMilliseconds: 1_767_603_600_000,
  networks: [{ name: 'internet', latencyMilliseconds: 12 }],
  hosts,
  results,
};
