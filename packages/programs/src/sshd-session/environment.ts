/** The environment that a session's program starts with: do_setup_env() of session.c. */
import { matchPattern, matchPatternList } from '@seashell/core/config';
import type { SocketAddress } from '@seashell/system';
import { readTextFile } from '../storage/read-file.ts';
import type { LoggedIn, ServedConnection } from './connection.ts';

export interface SessionFacts {
  /** Variables that the client sent and AcceptEnv let in. */
  readonly sent: ReadonlyMap<string, string>;
  /** `/dev/pts/0`, and the value of TERM. */
  readonly terminal: { readonly path: string; readonly type: string } | undefined;
  /** What the client asked for where something else is run. */
  readonly originalCommand: string | undefined;
}

const userPath = '/usr/local/bin:/usr/bin:/bin:/usr/games';
const rootPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export async function sessionEnvironment(
  connection: ServedConnection,
  loggedIn: LoggedIn,
  facts: SessionFacts,
): Promise<Readonly<Record<string, string>>> {
  const { settings, remote, local, system } = connection;
  const { account, keyOptions } = loggedIn;
  const environment = new Map(facts.sent);
  const set = (name: string, value: string) => environment.set(name, value);
  set('USER', account.name);
  set('LOGNAME', account.name);
  set('HOME', account.home);
  set('PATH', account.uid === 0 ? rootPath : userPath);
  set('MAIL', `/var/mail/${account.name}`);
  set('SHELL', account.shell === '' ? '/bin/sh' : account.shell);
  const zone = system.process.environment['TZ'];
  if (zone !== undefined) set('TZ', zone);
  if (settings.get('UsePAM')) for (const [name, value] of await readEnvironmentFile(connection)) set(name, value);
  const permitted = settings.get('PermitUserEnvironment');
  const isPermitted = (name: string): boolean =>
    typeof permitted === 'boolean' ? permitted : matchPatternList(name, permitted) === 'matched';
  for (const [name, value] of keyOptions?.environment ?? []) if (isPermitted(name)) set(name, value);
  for (const text of settings.get('SetEnv') ?? []) set(...splitAssignment(text));
  set('SSH_CLIENT', `${remote.address} ${remote.port} ${local.port}`);
  set('SSH_CONNECTION', `${describe(remote)} ${describe(local)}`);
  if (facts.terminal !== undefined) {
    set('SSH_TTY', facts.terminal.path);
    set('TERM', facts.terminal.type);
  }
  if (facts.originalCommand !== undefined) set('SSH_ORIGINAL_COMMAND', facts.originalCommand);
  return Object.fromEntries(environment);
}

function describe({ address, port }: SocketAddress): string {
  return `${address} ${port}`;
}

function splitAssignment(text: string): [string, string] {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/** /etc/environment, as pam_env(8) reads it. */
async function readEnvironmentFile({ system }: ServedConnection): Promise<readonly (readonly [string, string])[]> {
  const text = await readTextFile(system, '/etc/environment');
  if (typeof text !== 'string') return [];
  return text.split('\n').flatMap((line) => {
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*?)\s*$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value.replace(/^(["'])(.*)\1$/, '$2')] as const];
  });
}

/** AcceptEnv. */
export function acceptsVariable({ settings }: ServedConnection, name: string): boolean {
  return (settings.get('AcceptEnv') ?? []).some((pattern) => matchPattern(name, pattern));
}
