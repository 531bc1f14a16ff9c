/** Starting a process for a user at the console of a host: credentials, home, environment, as login(1) sets them. */
import { utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError, SystemError, type UserAccount } from '@seashell/system';
import { kernelCaller } from '../filesystem/caller.ts';
import type { Description } from '../kernel/description.ts';
import { findAccount } from '../kernel/find-account.ts';
import type { Host } from '../kernel/host.ts';
import type { Process } from '../kernel/process.ts';
import { initPid } from '../kernel/process-table.ts';
import { spawn } from '../kernel/spawn.ts';
import { startProcess } from '../kernel/system.ts';

export interface Login {
  readonly host: Host;
  readonly account: UserAccount;
  readonly session: number;
  /** argv after the shell's name; without any, a login shell. */
  readonly command?: string;
  readonly terminalType?: string;
  /** For 0, 1 and 2. */
  readonly descriptions: readonly [Description, Description, Description];
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Starts the user's shell as the leader of a new session, with the terminal on 0 if it is one. */
export function startLogin(login: Login): Process {
  const { host, account, command } = login;
  const { shell } = account;
  const name = shell.replace(/^.*\//u, '');
  const options = {
    path: shell,
    argv: command === undefined ? [`-${name}`] : [name, '-c', command],
    environment: loginEnvironment(login),
    credentials: { uid: account.uid, gid: account.gid, groups: account.groups.map(({ gid }) => gid) },
    workingDirectory: homeOf(host, account),
    newSession: login.terminalType === undefined ? {} : { controllingTerminal: 0 },
  };
  return startFromInit(host, { options, descriptions: login.descriptions, session: login.session });
}

/** What init starts. */
export interface Start {
  readonly options: Omit<Parameters<typeof spawn>[2], 'descriptors'>;
  readonly descriptions: readonly [Description, Description, Description];
  readonly session: number | undefined;
}

/** Starts a child of init with these descriptions on 0, 1 and 2. */
export function startFromInit(host: Host, start: Start): Process {
  const init = host.processes.get(initPid);
  if (init === undefined) throw new Error('assertion: a host without init');
  const [input, output, errors] = start.descriptions.map((each) => init.descriptors.add(each, 'spawn'));
  if (input === undefined || output === undefined || errors === undefined)
    throw new Error('assertion: three descriptors');
  try {
    const { child, program } = spawn(host, init, { ...start.options, descriptors: { 0: input, 1: output, 2: errors } });
    child.worldSession = start.session;
    startProcess(host, child, program);
    return child;
  } finally {
    for (const descriptor of [input, output, errors]) init.descriptors.close(descriptor);
  }
}

/** The user's row in the host's own passwd(5); ENOENT when there is none. */
export function requireAccount(host: Host, user: string): UserAccount {
  const account = findAccount(host.fileSystem, { name: user });
  if (account === undefined) throw new SystemError('ENOENT', 'login', user);
  return account;
}

function loginEnvironment({ host, account, terminalType }: Login): Readonly<Record<string, string>> {
  return {
    HOME: account.home,
    LOGNAME: account.name,
    USER: account.name,
    SHELL: account.shell,
    PATH: defaultPath,
    LANG: 'C.UTF-8',
    ...(terminalType === undefined ? {} : { TERM: terminalType }),
    ...systemEnvironment(host),
  };
}

/** The lines of /etc/environment, as pam_env(8) reads them. */
function systemEnvironment(host: Host): Readonly<Record<string, string>> {
  const lines = readText(host, '/etc/environment').split('\n');
  const pairs = lines.map((line) => /^\s*(?:export\s+)?([A-Za-z_]\w*)=(["']?)(.*)\2\s*$/u.exec(line));
  return Object.fromEntries(pairs.flatMap((match) => (match === null ? [] : [[match[1] ?? '', match[3] ?? '']])));
}

function readText(host: Host, path: string): string {
  try {
    return utf8DecodeLossy(host.fileSystem.readFile(kernelCaller, path));
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

/** login(1): without a home directory one starts at the root. */
function homeOf(host: Host, account: UserAccount): string {
  const credentials = { uid: account.uid, gid: account.gid, groups: [] };
  try {
    return host.fileSystem.changeDirectory({ ...kernelCaller, credentials }, account.home);
  } catch (error) {
    if (isSystemError(error)) return '/';
    throw error;
  }
}
