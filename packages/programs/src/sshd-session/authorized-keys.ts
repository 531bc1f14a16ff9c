/** Is this key among those that the user allows? authorized_keys, StrictModes and the conditions of a line (auth2-pubkeyfile.c). */
import { expandTokens, matchHostAndAddress } from '@seashell/core/config';
import {
  isSameKey,
  parseAuthorizedKeys,
  type AuthorizedKeyEntry,
  type AuthorizedKeyOptions,
  type LineKey,
} from '@seashell/core/files';
import { findKeyType, fingerprint } from '@seashell/core/keys';
import { isSystemError, type FileStatus, type UserAccount } from '@seashell/system';
import { epochSeconds, localZone } from '../local-time.ts';
import { readTextFile } from '../storage/read-file.ts';
import type { ServedConnection } from './connection.ts';
import { checkReadable } from './read-as-user.ts';

export interface AllowedKey {
  readonly options: AuthorizedKeyOptions;
}

/** The line that allows the key; says in the log what OpenSSH says of each file and line. */
export async function findAuthorizedKey(
  connection: ServedConnection,
  account: UserAccount,
  key: LineKey,
): Promise<AllowedKey | undefined> {
  for (const path of authorizedKeysFiles(connection, account)) {
    const text = await readKeysFile(connection, account, path);
    if (text === undefined) continue;
    const entry = await findInText(connection, { account, key, path, text });
    if (entry !== undefined) return { options: entry.options };
  }
  return undefined;
}

/** AuthorizedKeysFile with its tokens, below the home directory where it is relative. */
function authorizedKeysFiles({ settings }: ServedConnection, account: UserAccount): readonly string[] {
  const tokens = { h: account.home, u: account.name, U: String(account.uid) };
  return (settings.get('AuthorizedKeysFile') ?? []).flatMap((pattern) => {
    const expansion = expandTokens(pattern, { tokens });
    if (pattern === 'none' || !expansion.ok) return [];
    return [expansion.value.startsWith('/') ? expansion.value : `${account.home}/${expansion.value}`];
  });
}

async function readKeysFile(
  connection: ServedConnection,
  account: UserAccount,
  path: string,
): Promise<string | undefined> {
  const { system, log, settings } = connection;
  await log.debug1(`trying public key file ${path}`);
  const status = await statusOf(connection, account, path);
  if (status === undefined) return undefined;
  if (status.type !== 'file') {
    await log.info(`User '${account.name}' authorized keys '${path}' is not a regular file`);
    return undefined;
  }
  if (settings.get('StrictModes')) {
    const fault = await findUnsafePart(connection, account, path);
    if (fault !== undefined) {
      await log.info(`Authentication refused: ${fault}`);
      return undefined;
    }
  }
  const text = await readTextFile(system, path);
  return typeof text === 'string' ? text : undefined;
}

async function statusOf(
  { system, log }: ServedConnection,
  account: UserAccount,
  path: string,
): Promise<FileStatus | undefined> {
  try {
    return await checkReadable(system, account, path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const text = `Could not open user '${account.name}' authorized keys '${path}': ${error.message}`;
    await log.write(error.code === 'ENOENT' ? 'DEBUG1' : 'INFO', text);
    return undefined;
  }
}

/** safe_path(): the file, and each directory up to the home directory or the root. */
async function findUnsafePart(
  { system }: ServedConnection,
  account: UserAccount,
  path: string,
): Promise<string | undefined> {
  const real = await system.files.realPath(path);
  if (isUnsafe(await system.files.status(real), account.uid)) return `bad ownership or modes for file ${real}`;
  const home = await realHome(system.files, account.home);
  for (let directory = parentOf(real); ; directory = parentOf(directory)) {
    if (isUnsafe(await system.files.status(directory), account.uid)) {
      return `bad ownership or modes for directory ${directory}`;
    }
    if (directory === home || directory === '/') return undefined;
  }
}

async function realHome(files: ServedConnection['system']['files'], home: string): Promise<string> {
  try {
    return await files.realPath(home);
  } catch (error) {
    if (isSystemError(error)) return home;
    throw error;
  }
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

function isUnsafe(status: FileStatus, uid: number): boolean {
  return (status.uid !== 0 && status.uid !== uid) || (status.mode & 0o022) !== 0;
}

interface Search {
  readonly account: UserAccount;
  readonly key: LineKey;
  readonly path: string;
  readonly text: string;
}

async function findInText(connection: ServedConnection, search: Search): Promise<AuthorizedKeyEntry | undefined> {
  const { log } = connection;
  const shown = `${findKeyType(search.key.type)?.shortName ?? search.key.type} ${fingerprint(search.key.blob)}`;
  for (const line of parseAuthorizedKeys(search.text, localZone(connection.system)).lines) {
    if (line.type !== 'entry' || !isSameKey(line.key, search.key)) continue;
    const place = `${search.path}:${line.number}`;
    await log.debug1(`${place}: matching key found: ${shown}`);
    if (!(await meetsConditions(connection, search, { line, place }))) continue;
    await log.debug1(`${place}: key options: ${describeOptions(line.options)}`);
    await log.verbose(`Accepted key ${shown} found at ${place}`);
    return line;
  }
  return undefined;
}

interface FoundLine {
  readonly line: AuthorizedKeyEntry;
  readonly place: string;
}

async function meetsConditions(
  connection: ServedConnection,
  { account }: Search,
  { line, place }: FoundLine,
): Promise<boolean> {
  const { log, remote, system, texts } = connection;
  const { options } = line;
  if (options.expires !== undefined && options.expires < epochSeconds(system)) {
    await log.debug1(`${place}: entry expired`);
    return false;
  }
  if (options.certAuthority) {
    await log.debug1(`${place}: cert-authority flag invalid here`);
    return false;
  }
  if (options.principals !== undefined) {
    await log.debug1(`${place}: principals on non-CA key`);
    return false;
  }
  if (options.from === undefined) return true;
  const match = matchHostAndAddress(remote.address, remote.address, options.from);
  if (match === 'matched') return true;
  if (match === 'invalid') await log.debug1(`${place}: invalid from criteria`);
  else {
    const facts = { place, user: account.name, host: remote.address, address: remote.address, required: options.from };
    await log.info(texts.notPermittedHost(facts));
  }
  return false;
}

/** auth_log_authopts(): what is allowed, in its order. */
export function describeOptions(options: AuthorizedKeyOptions): string {
  const words = [
    ...(options.agentForwarding ? ['agent-forwarding'] : []),
    ...(options.portForwarding ? ['port-forwarding'] : []),
    ...(options.command === undefined ? [] : ['command']),
    ...(options.environment.size > 0 ? ['environment'] : []),
    ...(options.expires === undefined ? [] : ['expires']),
    ...(options.pty ? ['pty'] : []),
    ...(options.tunnelDevice === undefined ? [] : [`tun=${options.tunnelDevice}`]),
    ...(options.userRc ? ['user-rc'] : []),
    ...(options.x11Forwarding ? ['x11-forwarding'] : []),
  ];
  return words.join(' ');
}
