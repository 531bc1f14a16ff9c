/** `essentials-2014`: the laptop and the server of `essentials` as they were in 2014, with OpenSSH 6.6, for what has changed since. */
import type { HostDefinition, WorldDefinition } from '@seashell/simulator/world-definition';
import { hosts } from '../essentials/hosts.ts';
import { essentials } from '../essentials/index.ts';
import { results } from './results.ts';

const names: readonly string[] = ['laptop', 'remote_host'];
/** No OpenSSH of then knew what to do with a security key. */
const ofThen = (host: HostDefinition): HostDefinition => ({ ...host, image: 'old', securityKey: false });

export const essentials2014: WorldDefinition = {
  ...essentials,
  name: 'essentials-2014',
  title: 'Essentials, 2014',
  description: 'A laptop and a server with the OpenSSH of 2014.',
  // 2014-10-20 09:00:00 UTC
  startsAtMilliseconds: 1_413_795_600_000,
  hosts: hosts.filter(({ name }) => names.includes(name)).map(ofThen),
  results: { ...essentials.results, ...results },
};
