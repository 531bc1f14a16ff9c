/** From a name to a TCP connection: the addresses in turn, as often as ConnectionAttempts says (sshconnect.c). */
import { isSystemError, type SocketAddress, type System } from '@seashell/system';
import type { Log } from '../logging/log.ts';
import type { ClientSettings } from './settings.ts';

export type ConnectingSystem = Pick<System, 'network' | 'streams' | 'clock' | 'process'>;

export interface Connected {
  readonly descriptor: number;
  readonly address: string;
  /** When ConnectTimeout ends, which also covers the wait for the server's first words. */
  readonly deadlineMilliseconds: number | undefined;
}

/** A connection to the host; ends the process in ssh's words when there is none to be had. */
export async function connect(
  system: ConnectingSystem,
  { settings, log }: { readonly settings: ClientSettings; readonly log: Log },
): Promise<Connected> {
  const { host, port } = settings;
  await log.debug2(`resolving "${host}" port ${port}`);
  const addresses = await resolve(system, { settings, log });
  const timeout = settings.settings.get('ConnectTimeout');
  const deadlineMilliseconds = typeof timeout === 'number' ? system.clock.monotonic() + timeout * 1000 : undefined;
  const attempts = Math.max(1, settings.settings.get('ConnectionAttempts'));
  let failure = '';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) {
      await system.streams.poll([], system.clock.monotonic() + 1000);
      await log.debug1('Trying again...');
    }
    for (const address of addresses) {
      await log.debug1(`Connecting to ${host} [${address}] port ${port}.`);
      const outcome = await connectTo(system, { address, port }, deadlineMilliseconds);
      if (typeof outcome === 'number') {
        await log.debug1('Connection established.');
        return { descriptor: outcome, address, deadlineMilliseconds };
      }
      failure = outcome;
      await log.debug1(`connect to address ${address} port ${port}: ${failure}`);
    }
  }
  return log.fatal(`ssh: connect to host ${host} port ${port}: ${failure}`);
}

async function resolve(
  system: ConnectingSystem,
  { settings, log }: { readonly settings: ClientSettings; readonly log: Log },
): Promise<readonly string[]> {
  const family = settings.settings.get('AddressFamily');
  try {
    const addresses = await system.network.resolve(settings.host);
    const fitting = addresses.filter((address) => family === 'any' || (family === 'inet6') === address.includes(':'));
    if (fitting.length > 0) return fitting;
    return log.fatal(`ssh: Could not resolve hostname ${settings.host}: Address family for hostname not supported`);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return log.fatal(`ssh: Could not resolve hostname ${settings.host}: ${error.message}`);
  }
}

async function connectTo(
  system: ConnectingSystem,
  to: SocketAddress,
  deadlineMilliseconds: number | undefined,
): Promise<number | string> {
  try {
    return await system.network.connect(to, deadlineMilliseconds);
  } catch (error) {
    if (isSystemError(error)) return error.message;
    throw error;
  }
}
