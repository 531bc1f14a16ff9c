/** Where sshd listens: ListenAddress and Port, each address of its own (sshd.c server_listen()). */
import type { SshdSettings } from '@seashell/core/config';
import { isSystemError, type SocketAddress, type System } from '@seashell/system';
import type { Log } from '../logging/log.ts';

export type ListeningSystem = Pick<System, 'network' | 'streams' | 'process'>;

interface Inputs {
  readonly settings: SshdSettings;
  readonly log: Log;
}

/** The descriptors that listen; ends the process when there is none. */
export async function listen(system: ListeningSystem, { settings, log }: Inputs): Promise<readonly number[]> {
  const listeners: number[] = [];
  for (const address of await listenAddresses(system, { settings, log })) {
    const listener = await listenOn(system, address, log);
    if (listener !== undefined) listeners.push(listener);
  }
  return listeners.length > 0 ? listeners : log.fatal('Cannot bind any address.');
}

async function listenOn(system: ListeningSystem, on: SocketAddress, log: Log): Promise<number | undefined> {
  await log.debug1(`Bind to port ${on.port} on ${on.address}.`);
  try {
    const listener = await system.network.listen(on);
    await log.info(`Server listening on ${on.address} port ${on.port}.`);
    return listener;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // A host without IPv6 has no such socket; nobody asked for it by name.
    if (on.address === '::' && error.code !== 'EADDRINUSE') await log.verbose(`socket: ${error.message}`);
    else await log.error(`Bind to port ${on.port} on ${on.address} failed: ${error.message}.`);
    return undefined;
  }
}

/** The addresses in order, IPv4 before IPv6 where none is named. */
export async function listenAddresses(
  system: Pick<System, 'network' | 'process'>,
  { settings, log }: Inputs,
): Promise<readonly SocketAddress[]> {
  const ports = settings.get('Port') ?? [22];
  const family = settings.get('AddressFamily');
  const configured = settings.get('ListenAddress') ?? [];
  const wildcards = ['0.0.0.0', '::'].map((host) => ({ host, port: undefined }));
  const addresses: SocketAddress[] = [];
  for (const { host, port } of configured.length > 0 ? configured : wildcards) {
    for (const address of await resolve(system, host, log)) {
      if (family !== 'any' && (family === 'inet6') !== address.includes(':')) continue;
      for (const each of port === undefined ? ports : [port]) addresses.push({ address, port: each });
    }
  }
  return addresses;
}

async function resolve(
  system: Pick<System, 'network' | 'process'>,
  host: string,
  log: Log,
): Promise<readonly string[]> {
  if (host === '0.0.0.0' || host === '*') return ['0.0.0.0'];
  if (host === '::') return ['::'];
  try {
    return await system.network.resolve(host);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return log.fatal(`bad addr or host: ${host} (${error.message})`);
  }
}
