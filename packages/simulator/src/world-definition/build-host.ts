/** From a host's definition and the seed to its files, as they are before the host is started. */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { kernelCaller } from '../filesystem/caller.ts';
import { FileSystem } from '../filesystem/file-system.ts';
import { printGroup, printPasswd, printShadow } from '../users/account-files.ts';
import { accountsOf, shadowOf, type Accounts } from './accounts.ts';
import type { FileDefinition, HostDefinition, WorldDefinition } from './definition.ts';
import { baseImages } from './images/index.ts';
import { Installer } from './installer.ts';
import { setKeywordLines } from './keyword-lines.ts';
import { Results } from './results.ts';
import type { SecretSource } from './secrets.ts';
import { hasKeyFiles, userFiles } from './user-files.ts';

/** What a host's file system is built from; the same makes the same. */
export interface HostBuild {
  readonly definition: WorldDefinition;
  readonly host: HostDefinition;
  readonly seed: number;
  /** The clock of the file system, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Where costly results are looked up and kept; those of the definition if left out. */
  readonly results?: Results;
}

export { openSshOf } from './user-files.ts';

const sshdConfigPath = '/etc/ssh/sshd_config';

/** The disk of a host: all but executables, devices and /proc, which the kernel adds. */
export interface BuiltHost {
  readonly fileSystem: FileSystem;
  /** Adds the files that hold keys, where the host has any; rejects when their code does not come, and can be asked again. */
  readonly addKeys: (() => Promise<void>) | undefined;
}

/** The definition must have passed `checkWorldDefinition`. Without kept results the keys take a second for each RSA key. */
export function buildHost(build: HostBuild): BuiltHost {
  const { definition, host, seed, now } = build;
  const source = { seed, results: build.results ?? new Results(definition.results) };
  const accounts = accountsOf(host);
  const { diskBytes } = host;
  const fileSystem = new FileSystem(diskBytes === undefined ? { now } : { now, capacityBytes: diskBytes });
  const installer = new Installer(fileSystem, accounts, host.name);
  for (const file of baseImages[host.image].files) installer.install(file);
  for (const file of accountFiles({ definition, host, source, accounts })) installer.install(file);
  const ofHomes = homeFiles(host, accounts);
  for (const file of ofHomes) installer.install(file);
  if (host.motd !== undefined) installer.install({ path: '/etc/motd', content: host.motd });
  editSshdConfig(fileSystem, host.sshdConfig ?? []);
  for (const file of host.files ?? []) installer.install(file);
  if (!hasKeyFiles(host)) return { fileSystem, addKeys: undefined };
  // What the definition has of its own lies over the keys.
  const taken = new Set([...ofHomes, ...(host.files ?? [])].map(({ path }) => path));
  return {
    fileSystem,
    async addKeys() {
      const { keyFiles } = await import('./key-files.ts');
      for (const file of keyFiles({ definition, source, host, accounts })) {
        if (!taken.has(file.path)) installer.install(file);
      }
    },
  };
}

/** The disk of a host with its keys. */
export async function buildHostFiles(build: HostBuild): Promise<FileSystem> {
  const { fileSystem, addKeys } = buildHost(build);
  await addKeys?.();
  return fileSystem;
}

interface AccountContext {
  readonly definition: WorldDefinition;
  readonly host: HostDefinition;
  readonly source: SecretSource;
  readonly accounts: Accounts;
}

function accountFiles({ definition, host, source, accounts }: AccountContext): readonly FileDefinition[] {
  const { passwd, group } = accounts;
  const { startsAtMilliseconds } = definition;
  const shadow = shadowOf(host, { passwd, source, startsAtMilliseconds });
  return [
    { path: '/etc/passwd', content: printPasswd(passwd) },
    { path: '/etc/group', content: printGroup(group) },
    { path: '/etc/shadow', content: printShadow(shadow), ...baseImages[host.image].shadow },
  ];
}

function homeFiles(host: HostDefinition, accounts: Accounts): readonly FileDefinition[] {
  return host.users.flatMap((user) => {
    const home = accounts.passwd.find(({ name }) => name === user.name)?.home ?? '/';
    const mode = user.name === 'root' ? 0o700 : baseImages[host.image].homeMode;
    const own = userFiles(host, user).map((file) => ({
      ...file,
      path: `${home}/${file.path}`,
      owner: file.owner ?? user.name,
    }));
    return [{ type: 'directory', path: home, owner: user.name, mode } as const, ...own];
  });
}

function editSshdConfig(fileSystem: FileSystem, settings: readonly string[]): void {
  if (settings.length === 0) return;
  const text = utf8DecodeLossy(fileSystem.readFile(kernelCaller, sshdConfigPath));
  fileSystem.writeFile(kernelCaller, sshdConfigPath, { content: utf8Encode(setKeywordLines(text, settings)) });
}
