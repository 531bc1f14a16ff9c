/** One connection of sshd: what the steps from the first byte to the last share. */
import type { ServerCommand, ServerEvent } from '@seashell/protocol';
import type { SshdSettings } from '@seashell/core/config';
import type { CryptoProvider } from '@seashell/core/crypto';
import type { AuthorizedKeyOptions } from '@seashell/core/files';
import type { SocketAddress, System, UserAccount } from '@seashell/system';
import type { Peer } from '../connection/peer.ts';
import type { FindSecurityKeyDevice } from '../identity/security-key-device.ts';
import { parseLogLevel, type Log } from '../logging/log.ts';
import type { HostKey } from '../sshd/host-keys.ts';
import type { SshdRequest } from '../sshd/options.ts';
import type { ServerConfig } from '../sshd/server-config.ts';
import type { SshdTexts } from '../sshd/texts.ts';

export type SessionProcessSystem = Pick<
  System,
  'process' | 'files' | 'streams' | 'network' | 'clock' | 'random' | 'host' | 'terminal'
>;

export interface ServedConnection {
  readonly system: SessionProcessSystem;
  readonly log: Log;
  readonly texts: SshdTexts;
  readonly crypto: CryptoProvider;
  readonly findSecurityKeyDevice: FindSecurityKeyDevice | undefined;
  readonly config: ServerConfig;
  /** The command line. */
  readonly request: SshdRequest;
  readonly hostKeys: readonly HostKey[];
  readonly peer: Peer<ServerCommand, ServerEvent>;
  readonly remote: SocketAddress;
  readonly local: SocketAddress;
  /** What holds now: with the Match blocks of the user once there is one. */
  settings: SshdSettings;
}

/** Who is in, and under which restrictions. */
export interface LoggedIn {
  readonly account: UserAccount;
  /** Of the authorized_keys line; `undefined` after a password. */
  readonly keyOptions: AuthorizedKeyOptions | undefined;
}

/** A log line of the part before login that OpenSSH runs without privileges. */
export async function logPreauth(connection: ServedConnection, write: (log: Log) => Promise<void>): Promise<void> {
  connection.log.suffix = ' [preauth]';
  await write(connection.log);
  connection.log.suffix = '';
}

/** LogLevel, which a Match block may change, unless options of the command line say more. */
export function applyLogLevel({ log, settings, request }: ServedConnection): void {
  log.level = parseLogLevel(settings.get('LogLevel') ?? 'INFO') ?? 'INFO';
  if (request.debug > 0) log.level = 'VERBOSE';
  for (let raised = 0; raised < request.debug; raised += 1) log.raise();
  if (request.quiet) log.level = 'QUIET';
}
