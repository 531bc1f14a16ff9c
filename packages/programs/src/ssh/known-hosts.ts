/** The known_hosts files of a login: read, asked, and added to (hostfile.c). */
import { findKeyType } from '@seashell/core/keys';
import {
  formatKnownHost,
  hostEntries,
  knownHostsName,
  parseKnownHosts,
  type KnownHostsSource,
  type LineKey,
} from '@seashell/core/files';
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError, type System } from '@seashell/system';
import type { Log } from '../logging/log.ts';
import { findStatus, readTextFile } from '../storage/read-file.ts';
import { appendFile } from '../storage/write-file.ts';
import type { ClientSettings } from './settings.ts';

export interface KnownHosts {
  readonly sources: readonly KnownHostsSource[];
  /** Paths of the user's own files; the first one is added to. */
  readonly userFiles: readonly string[];
  /** Key types of the host that are known: `ssh-ed25519`. */
  readonly typesOfHost: ReadonlySet<string>;
}

export type KnownHostsSystem = Pick<System, 'files' | 'streams' | 'random'>;

interface Inputs {
  readonly client: ClientSettings;
  readonly log: Log;
}

/** Reads the user's files and the system's. */
export async function readKnownHosts(system: KnownHostsSystem, { client, log }: Inputs): Promise<KnownHosts> {
  const userFiles = expandAll(client, client.settings.get('UserKnownHostsFile'));
  const files = [...userFiles, ...expandAll(client, client.settings.get('GlobalKnownHostsFile'))];
  const sources: KnownHostsSource[] = [];
  for (const path of files) {
    const text = await readTextFile(system, path);
    if (typeof text === 'string') sources.push({ path, file: parseKnownHosts(text) });
    else await log.debug1(`load_hostkeys: fopen ${path}: ${text.message}`);
  }
  const entries = hostEntries(sources, nameOf(client));
  const typesOfHost = new Set(entries.flatMap(({ entry }) => (entry.key === undefined ? [] : [entry.key.type])));
  return { sources, userFiles, typesOfHost };
}

/** The host as known_hosts has it. */
export function nameOf(client: ClientSettings): string {
  const alias = client.settings.get('HostKeyAlias');
  return alias === undefined ? knownHostsName(client.host, client.port) : alias.toLowerCase();
}

function expandAll(client: ClientSettings, paths: readonly string[] | undefined): readonly string[] {
  return (paths ?? []).flatMap((path) => {
    const expansion = client.expand(path);
    return path.toLowerCase() === 'none' || !expansion.ok ? [] : [expansion.value];
  });
}

export interface NewHost {
  /** Written into one line, or one hashed line each. */
  readonly names: readonly string[];
  readonly key: LineKey;
}

interface Addition {
  readonly client: ClientSettings;
  readonly log: Log;
  readonly host: NewHost;
  /** The file; its directory is made if it is the user's ~/.ssh. */
  readonly path: string;
}

/** add_host_to_hostfile(): whether the line was added. */
export async function addKnownHost(system: KnownHostsSystem, addition: Addition): Promise<boolean> {
  const { client, log, host, path } = addition;
  try {
    await makeDotSsh(system, { home: client.localUser.home, path, log });
    const lines = newLines(system, host, client.settings.get('HashKnownHosts'));
    const glue = (await endsWithoutNewline(system, path)) && system10(client) ? '\n' : '';
    await appendFile(system, path, { bytes: utf8Encode(`${glue}${lines.join('\n')}\n`), mode: 0o666 });
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** 6.6 glues the new line to a last one without newline. */
function system10(client: ClientSettings): boolean {
  return client.settings.version === '10';
}

function newLines(system: Pick<System, 'random'>, host: NewHost, hashed: boolean): readonly string[] {
  if (!hashed) return [formatKnownHost(host)];
  return host.names.map((name) => formatKnownHost({ names: [name], key: host.key, salt: system.random.bytes(20) }));
}

async function endsWithoutNewline(system: KnownHostsSystem, path: string): Promise<boolean> {
  const text = await readTextFile(system, path);
  return typeof text === 'string' && text !== '' && !text.endsWith('\n');
}

interface DotSsh {
  readonly home: string;
  readonly path: string;
  readonly log: Log;
}

/** hostfile_create_user_ssh_dir(): in silence. */
async function makeDotSsh(system: KnownHostsSystem, { home, path, log }: DotSsh): Promise<void> {
  if (path.startsWith(`${home}/.ssh/`)) await makeUserDirectory(system, home, log);
}

/** ~/.ssh of the user, unless it is there. */
export async function makeUserDirectory(system: KnownHostsSystem, home: string, log: Log): Promise<void> {
  const directory = `${home}/.ssh`;
  if ((await findStatus(system, directory)) !== undefined) return;
  try {
    await system.files.makeDirectory(directory, 0o700);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await log.error(`Could not create directory '${directory}' (${error.message}).`);
  }
}

/** `ED25519` for a key of known_hosts, also of a type that is not implemented. */
export function keyName(key: LineKey | undefined): string {
  if (key === undefined) return 'unknown';
  const own = findKeyType(key.type)?.shortName;
  if (own !== undefined) return own;
  if (key.type.startsWith('ecdsa-')) return 'ECDSA';
  return key.type === 'ssh-dss' ? 'DSA' : key.type;
}
