/** What ssh is to do: options, files and defaults of one destination, evaluated. */
import {
  evaluateSshConfig,
  expandTokens,
  clientTokens,
  type ConfigSource,
  type Expansion,
  type SshSettings,
} from '@seashell/core/config';
import { isSystemError, type System, type UserAccount } from '@seashell/system';
import { driveConfig, isUnsafe, type ConfigSystem } from '../configuration/drive.ts';
import { expandTilde } from '../identity/identity-files.ts';
import type { Log } from '../logging/log.ts';
import { readTextFile } from '../storage/read-file.ts';
import type { SshRequest } from './options.ts';

export interface ClientSettings {
  readonly settings: SshSettings;
  /** The name on the command line. */
  readonly originalHost: string;
  /** The name to connect to, in lower case. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly localUser: UserAccount;
  /** Expands the tokens, variables and `~` of a path or command. */
  readonly expand: (text: string) => Expansion;
}

export type SettingsSystem = ConfigSystem & Pick<System, 'host'>;

interface Inputs {
  readonly request: SshRequest;
  readonly host: string;
  readonly localUser: UserAccount;
  readonly log: Log;
  readonly version: string;
}

/** Reads the files and evaluates them; says what is wrong with them and ends the process where ssh does. */
export async function readSettings(system: SettingsSystem, inputs: Inputs): Promise<ClientSettings> {
  const { request, host, localUser, log } = inputs;
  const files = await readFiles(system, inputs);
  const environment = new Map(Object.entries(system.process.environment));
  const evaluation = await driveConfig(
    system,
    evaluateSshConfig({
      host,
      options: request.lines,
      files,
      facts: {
        localUser: localUser.name,
        userId: localUser.uid,
        homeDirectory: localUser.home,
        localHostname: system.host.hostname,
        environment,
        command: request.command.join(' '),
        sessionType: sessionTypeOf(request),
        versionString: inputs.version,
      },
      version: system.host.openSsh,
    }),
    {
      checkPermissions: request.configFile === undefined,
      onFile: (path) => log.debug1(`Reading configuration data ${path}`),
    },
  );
  for (const line of evaluation.printed) await log.error(line);
  if (evaluation.failed) return system.process.exit(255);
  return resolveSettings(system, evaluation.settings, inputs);
}

function sessionTypeOf(request: SshRequest): string {
  if (request.noCommand) return 'none';
  if (request.subsystem) return 'subsystem';
  return request.command.length > 0 ? 'exec' : 'shell';
}

async function readFiles(system: SettingsSystem, inputs: Inputs): Promise<readonly ConfigSource[]> {
  const { request, localUser, log } = inputs;
  const only = request.configFile;
  if (only !== undefined) {
    if (only.toLowerCase() === 'none' && system.host.openSsh === '10') return [];
    const text = await readTextFile(system, only);
    // A directory can be opened, and has no lines.
    if (typeof text !== 'string' && text.code === 'EISDIR') return [];
    if (typeof text !== 'string') return log.fatal(`Can't open user config file ${only}: ${text.message}`);
    await log.debug1(`Reading configuration data ${only}`);
    return [{ path: only, text, scope: 'user' }];
  }
  const own = await readOwnFile(system, `${localUser.home}/.ssh/config`, log);
  const shared = await readConfigFile(system, '/etc/ssh/ssh_config', log);
  return [
    ...(own === undefined ? [] : [{ ...own, scope: 'user' as const }]),
    ...(shared === undefined ? [] : [{ ...shared, scope: 'system' as const }]),
  ];
}

async function readOwnFile(system: SettingsSystem, path: string, log: Log) {
  const file = await readConfigFile(system, path, log);
  if (file !== undefined && isUnsafe(await system.files.status(path), system.process.credentials.uid)) {
    return log.fatal(`Bad owner or permissions on ${path}`);
  }
  return file;
}

/** A file that cannot be opened is passed over in silence, as read_config_file() does. */
async function readConfigFile(system: SettingsSystem, path: string, log: Log) {
  const text = await readTextFile(system, path);
  if (isSystemError(text)) return undefined;
  await log.debug1(`Reading configuration data ${path}`);
  return { path, text };
}

async function resolveSettings(system: SettingsSystem, settings: SshSettings, inputs: Inputs): Promise<ClientSettings> {
  const { log, localUser } = inputs;
  const originalHost = inputs.host;
  const hostname = expandTokens(settings.get('HostName') ?? originalHost, { tokens: { h: originalHost } });
  if (!hostname.ok) return log.fatal(hostname.printed.join('\n'));
  const host = hostname.value.toLowerCase();
  const port = settings.get('Port');
  const user = settings.get('User') ?? localUser.name;
  const tokens = clientTokens({
    localHostname: system.host.hostname,
    homeDirectory: localUser.home,
    userId: localUser.uid,
    localUser: localUser.name,
    hostname: host,
    originalHost,
    port,
    remoteUser: user,
    jumpHost: settings.get('ProxyJump') ?? '',
    hostKeyAlias: settings.get('HostKeyAlias') ?? originalHost,
  });
  const environment = new Map(Object.entries(system.process.environment));
  const expand = (text: string) => expandTokens(expandTilde(text, localUser.home), { tokens, environment });
  return { settings, originalHost, host, port, user, localUser, expand };
}

const usualKnownHosts = '~/.ssh/known_hosts';

/** Whether known_hosts follows the server: off where it is not the user's usual file, or where the DNS is asked. fill_default_options(). */
export function updateHostKeysOf(settings: SshSettings): 'yes' | 'no' | 'ask' {
  const wish = settings.get('UpdateHostKeys');
  if (wish !== undefined) return wish;
  const files = settings.has('UserKnownHostsFile') ? (settings.get('UserKnownHostsFile') ?? []) : [usualKnownHosts];
  const isUsual = files.length === 1 && files[0] === usualKnownHosts;
  return isUsual && settings.get('VerifyHostKeyDNS') === 'no' ? 'yes' : 'no';
}
