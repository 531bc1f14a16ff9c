/** sshd-session(8): the process of one connection, started by sshd with the socket on descriptors 0 and 1. */
import { type CryptoProvider, nobleProvider } from '@seashell/core/crypto';
import { DecodeError } from '@seashell/core/wire';
import { ServerConnection, type TraceListener } from '@seashell/protocol';
import { isSystemError } from '@seashell/system';
import { Peer } from '../connection/peer.ts';
import type { FindSecurityKeyDevice } from '../identity/security-key-device.ts';
import { Log } from '../logging/log.ts';
import { identificationOf } from '../release.ts';
import { decodeHandOver, type HandedOver } from '../sshd/hand-over.ts';
import { readRequest, type SshdRequest } from '../sshd/options.ts';
import { conceivableKeyAlgorithms, serverPreferences } from '../sshd/preferences.ts';
import { configDescriptor, startupDescriptor } from '../sshd/serve.ts';
import { evaluateForConnection } from '../sshd/server-config.ts';
import { texts } from '../sshd/texts.ts';
import { readToEnd } from '../storage/read-file.ts';
import { applyLogLevel, type ServedConnection, type SessionProcessSystem } from './connection.ts';
import { logIn } from './login.ts';
import { serveSessions } from './serve-sessions.ts';

/** What sshd-session is made with. */
export interface SessionParts {
  readonly crypto: CryptoProvider | undefined;
  /** For host keys that lie in an authenticator. */
  readonly findSecurityKeyDevice: FindSecurityKeyDevice | undefined;
  readonly observe: (pid: number, hostname: string) => TraceListener | undefined;
}

/** sshd-session as a program. */
export function createSshdSession(parts: SessionParts) {
  return async (system: SessionProcessSystem, argv: readonly string[]): Promise<number> => {
    const read = readRequest(argv, system.host.openSsh);
    const log = new Log(system, {
      identity: system.host.openSsh === '6.6' ? 'sshd' : 'sshd-session',
      level: 'INFO',
      destination: { type: 'descriptor', descriptor: 2 },
    });
    if (read.type !== 'request' || !read.request.reexecuted) {
      return log.fatal('sshd-session should not be executed directly');
    }
    await system.process.setDisposition('SIGPIPE', 'ignore');
    await system.process.setDisposition('SIGHUP', 'default');
    const handed = await receiveHandOver(system, log);
    const connection = await openConnection(system, { parts, log, handed, request: read.request });
    const { remote, local } = connection;
    await log.verbose(connection.texts.connection(remote, local));
    const identification = identificationOf(system.host.openSsh, connection.settings.get('VersionAddendum'));
    await log.debug1(`Local version string ${identification}`);
    const loggedIn = await logIn(connection);
    await system.streams.close(startupDescriptor);
    if (loggedIn.account.uid !== 0 || system.host.openSsh === '10') {
      // Differs from OpenSSH: no second process with the user's rights carries on; this one does.
      await log.verbose(`User child is on pid ${system.process.pid}`);
    }
    return serveSessions(connection, loggedIn);
  };
}

async function receiveHandOver(system: SessionProcessSystem, log: Log): Promise<HandedOver> {
  try {
    const bytes = await readToEnd(system, configDescriptor);
    await system.streams.close(configDescriptor);
    return decodeHandOver(bytes);
  } catch (error) {
    if (!(error instanceof DecodeError) && !isSystemError(error)) throw error;
    return log.fatal('sshd-session should not be executed directly');
  }
}

interface Opening {
  readonly parts: SessionParts;
  readonly log: Log;
  readonly handed: HandedOver;
  readonly request: SshdRequest;
}

async function openConnection(
  system: SessionProcessSystem,
  { parts, log, handed, request }: Opening,
): Promise<ServedConnection> {
  const version = system.host.openSsh;
  const { config, hostKeys } = handed;
  const { settings } = evaluateForConnection(config, version);
  const { local, remote } = await system.network.addresses(0);
  const trace = parts.observe(system.process.pid, system.host.hostname);
  const { bytes, seconds } = settings.get('RekeyLimit');
  const protocol = new ServerConnection({
    identification: identificationOf(version, settings.get('VersionAddendum')),
    crypto: parts.crypto ?? nobleProvider,
    random: (length) => system.random.bytes(length),
    algorithms: serverPreferences(settings, hostKeys),
    hostKeys: hostKeys.map((hostKey) => hostKey.blob),
    // A Match block may set these for a user who is not known yet: the login and the sessions hold to them by themselves.
    publicKeyAlgorithms: conceivableKeyAlgorithms(settings),
    maximumAuthenticationAttempts: Number.MAX_SAFE_INTEGER,
    limits: { sessions: Number.MAX_SAFE_INTEGER },
    nowMilliseconds: system.clock.monotonic(),
    ...(bytes > 0 ? { rekeyBytes: bytes } : {}),
    ...(seconds > 0 ? { rekeyMilliseconds: seconds * 1000 } : {}),
    ...(trace === undefined ? {} : { trace }),
  });
  const connection: ServedConnection = {
    system,
    log,
    texts: texts[version],
    crypto: parts.crypto ?? nobleProvider,
    findSecurityKeyDevice: parts.findSecurityKeyDevice,
    config,
    request,
    hostKeys,
    peer: new Peer(system, 0, protocol),
    remote: remote ?? { address: 'UNKNOWN', port: 65_535 },
    local,
    settings,
  };
  openLog(connection);
  return connection;
}

/** Level and place of the log. */
function openLog(connection: ServedConnection): void {
  applyLogLevel(connection);
  const { log, request } = connection;
  if (request.debug > 0 || request.logToStderr || request.logFile !== undefined) return;
  log.destination = { type: 'syslog', facility: 'auth' };
}
