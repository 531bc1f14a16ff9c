/** ssh(1): options and files, the connection, the login, the session. */
import { type CryptoProvider, nobleProvider } from '@seashell/core/crypto';
import { ClientConnection, type AlgorithmPreferences, type TraceListener } from '@seashell/protocol';
import { isSystemError, type System, type UserAccount } from '@seashell/system';
import { Peer } from '../connection/peer.ts';
import type { FindSecurityKeyDevice } from '../identity/security-key-device.ts';
import { expandTilde } from '../identity/identity-files.ts';
import { answerLater } from '../later.ts';
import { parseLogLevel, type Log } from '../logging/log.ts';
import { createStderrLog } from '../logging/terminal-log.ts';
import { formatOptionError } from '../options/getopt.ts';
import { identificationOf, releases } from '../release.ts';
import { findStatus } from '../storage/read-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { authenticate } from './authenticate.ts';
import { connect } from './connect.ts';
import { isValidHostname, isValidUser } from './destination.ts';
import { exchangeKeys } from './exchange.ts';
import { loadIdentities, type IdentityWish } from './identities.ts';
import { makeUserDirectory, readKnownHosts } from './known-hosts.ts';
import { findLaterKeyword } from './later-settings.ts';
import type { Login, LoginSystem } from './login.ts';
import { readRequest, type ReadRequest, type SshRequest } from './options.ts';
import { PacketLog } from './packet-log.ts';
import { choosePreferences, orderHostKeyAlgorithms } from './preferences.ts';
import { printConfig } from './print-config.ts';
import { answerQuery } from './query.ts';
import { planSession, type SessionPlan } from './session-plan.ts';
import { runSession } from './run-session.ts';
import { readSettings, type ClientSettings } from './settings.ts';
import { texts } from './texts.ts';

/** What ssh is made with. */
export interface SshParts {
  readonly crypto: CryptoProvider | undefined;
  readonly findSecurityKeyDevice: FindSecurityKeyDevice | undefined;
  readonly observe: (pid: number, hostname: string) => TraceListener | undefined;
}

/** ssh as a program. */
export function createSsh(parts: SshParts) {
  return async (system: LoginSystem, argv: readonly string[]): Promise<number> => {
    const log = createStderrLog(system, 'ssh');
    await system.process.setDisposition('SIGPIPE', 'ignore');
    const read = readRequest(argv, system.host.openSsh);
    return read.type === 'request' ? run(system, { parts, log, request: read.request }) : answer(system, log, read);
  };
}

/** Everything but a connection. */
async function answer(
  system: LoginSystem,
  log: Log,
  read: Exclude<ReadRequest, { readonly type: 'request' }>,
): Promise<number> {
  const version = system.host.openSsh;
  const words = texts[version];
  switch (read.type) {
    case 'usage':
      if (read.wrong !== undefined) await log.info(formatOptionError(read.wrong));
      return usage(system, words.usage);
    case 'version':
      await writeAll(system.streams, 2, `${releases[version].full}\n`);
      return 0;
    case 'protocol1':
      return log.fatal('SSH protocol v.1 is no longer supported');
    case 'query':
      return answerQueryOption(system, log, read.name);
    case 'bad':
      await writeAll(system.streams, 2, `${badValue[read.what]} '${read.value}'${read.what === 'escape' ? '.' : ''}\n`);
      return 255;
    case 'later':
      return answerLater(system, 'ssh', `option -${read.flag}`);
  }
}

const badValue = {
  port: 'Bad port',
  escape: 'Bad escape character',
  cipher: 'Unknown cipher type',
  mac: 'Unknown mac type',
} as const;

async function usage(system: Pick<System, 'streams'>, text: string): Promise<number> {
  await writeAll(system.streams, 2, text);
  return 255;
}

async function answerQueryOption(system: LoginSystem, log: Log, name: string): Promise<number> {
  const names = answerQuery(name, system.host.openSsh);
  if (names === undefined) return log.fatal(`Unsupported query "${name}"`);
  await writeAll(system.streams, 1, names.map((each) => `${each}\n`).join(''));
  return 0;
}

interface Run {
  readonly parts: SshParts;
  readonly log: Log;
  readonly request: SshRequest;
}

async function run(system: LoginSystem, { parts, log, request }: Run): Promise<number> {
  const version = system.host.openSsh;
  const localUser = await system.process.findUser({ uid: system.process.credentials.uid });
  if (localUser === undefined) return log.fatal(`No user exists for uid ${system.process.credentials.uid}`);
  const host = request.destination?.host ?? '';
  await checkNames(log, request, host);
  const paths = await findIdentityFiles(system, request, localUser);
  await openLogFile(system, log, request);
  setLevel(log, request.verbosity);
  await sayVersion(system, log);
  const client = await readSettings(system, { request, host, localUser, log, version: releases[version].version });
  if (request.verbosity === 0) log.level = parseLogLevel(client.settings.get('LogLevel') ?? 'INFO') ?? log.level;
  if (!isValidUser(client.user)) return log.fatal('remote username contains invalid characters');
  const plan = await planSession(system, { client, request, log });
  if (plan === 'usage') return usage(system, texts[version].usage);
  if (request.printConfig) {
    await writeAll(system.streams, 1, `${printConfig(client).join('\n')}\n`);
    return 0;
  }
  const later = findLaterKeyword(client.settings, system.process.environment);
  if (later !== undefined) return answerLater(system, 'ssh', `keyword ${later}`);
  const chosen = choosePreferences(client.settings, version);
  if (chosen.type === 'later') return answerLater(system, 'ssh', `any algorithm that ${chosen.keyword} names`);
  const hasOwnConfig = request.configFile !== undefined;
  return connectAndLogIn(system, { parts, log, client, plan, paths, hasOwnConfig, preferences: chosen.preferences });
}

async function checkNames(log: Log, request: SshRequest, host: string): Promise<void> {
  const user = request.destination?.user;
  if (user !== undefined && !isValidUser(user)) await log.fatal('remote username contains invalid characters');
  if (!isValidHostname(host)) await log.fatal('hostname contains invalid characters');
}

/** `-i`: a file that is not there is warned about, and forgotten. */
async function findIdentityFiles(
  system: LoginSystem,
  request: SshRequest,
  localUser: UserAccount,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const file of request.identityFiles) {
    const path = expandTilde(file, localUser.home);
    if ((await findStatus(system, path)) !== undefined) found.push(file);
    else {
      const why = 'No such file or directory';
      await writeAll(system.streams, 2, `Warning: Identity file ${path} not accessible: ${why}.\n`);
    }
  }
  return found;
}

/** `-E`: the log goes to a file. */
async function openLogFile(system: LoginSystem, log: Log, request: SshRequest): Promise<void> {
  if (request.logFile === undefined) return;
  try {
    const descriptor = await system.files.open(request.logFile, {
      access: 'write',
      create: true,
      append: true,
      mode: 0o600,
    });
    log.destination = { type: 'descriptor', descriptor };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await writeAll(system.streams, 2, `Couldn't open logfile ${request.logFile}: ${error.message}\n`);
    await system.process.exit(1);
  }
}

function setLevel(log: Log, verbosity: number): void {
  if (verbosity < 0) log.level = 'QUIET';
  for (let raised = 0; raised < verbosity; raised += 1) log.raise();
}

/** 6.6 says it without `debug1: `. */
async function sayVersion(system: LoginSystem, log: Log): Promise<void> {
  const { full, version, library } = releases[system.host.openSsh];
  if (system.host.openSsh === '10') return log.debug1(full);
  if (log.has('DEBUG1')) await log.info(`${version}, ${library}`);
}

interface LoginParts {
  readonly parts: SshParts;
  readonly log: Log;
  readonly client: ClientSettings;
  readonly plan: SessionPlan;
  readonly paths: readonly string[];
  /** `-F` was given. */
  readonly hasOwnConfig: boolean;
  readonly preferences: AlgorithmPreferences;
}

async function connectAndLogIn(system: LoginSystem, given: LoginParts): Promise<number> {
  const { client, log } = given;
  const { settings } = client;
  // 6.6 makes ~/.ssh at every start, 10 only when it has something to put there.
  if (settings.version === '6.6' && !given.hasOwnConfig) await makeUserDirectory(system, client.localUser.home, log);
  if (settings.get('Compression')) await log.error('Compression not supported, disabling.');
  const identities = await loadIdentities(system, {
    wishes: wishedIdentities(client, given.paths),
    log,
    requiredRsaBits: settings.get('RequiredRSASize'),
  });
  const { descriptor, address, deadlineMilliseconds } = await connect(system, { settings: client, log });
  const known = await readKnownHosts(system, { client, log });
  const hostKey = settings.has('HostKeyAlgorithms')
    ? given.preferences.hostKey
    : orderHostKeyAlgorithms(given.preferences.hostKey, known.typesOfHost);
  const packetLog = log.has('DEBUG3') ? new PacketLog() : undefined;
  const login: Login = {
    system,
    log,
    texts: texts[system.host.openSsh],
    identification: identification(system, client),
    crypto: given.parts.crypto ?? nobleProvider,
    findSecurityKeyDevice: given.parts.findSecurityKeyDevice,
    settings: client,
    peer: new Peer(
      system,
      descriptor,
      createConnection(system, given, { algorithms: { ...given.preferences, hostKey }, packetLog }),
    ),
    peerName: { address, port: client.port },
    identities,
    packetLog,
    localOffer: undefined,
    connectDeadlineMilliseconds: deadlineMilliseconds,
    identified: false,
    passwordsDisabled: false,
    updatesDisabled: false,
    serverSignatureAlgorithms: undefined,
  };
  await exchangeKeys(login, known);
  const method = await authenticate(login);
  await log.verbose(login.texts.authenticated(client.host, login.peerName, method));
  return runSession(login, { plan: given.plan, known });
}

function identification(system: LoginSystem, client: ClientSettings): string {
  const addendum = client.settings.get('VersionAddendum');
  const expansion = addendum === undefined ? undefined : client.expand(addendum);
  return identificationOf(system.host.openSsh, expansion?.ok === true ? expansion.value : addendum);
}

/** Those of -i, then those of the files, which count as the user's own wish unless they are the system's; else the usual ones. */
function wishedIdentities(client: ClientSettings, paths: readonly string[]): readonly IdentityWish[] {
  const { settings } = client;
  const configured = settings
    .provenance('IdentityFile')
    .winners.flatMap(({ value, place }) => value.map((path) => ({ path, isExplicit: place.isSystemWide !== true })));
  const own = [...paths.map((path) => ({ path, isExplicit: true })), ...configured];
  const usual = (settings.get('IdentityFile') ?? []).map((path) => ({ path, isExplicit: false }));
  const wishes = (own.length > 0 ? own : usual).flatMap(({ path, isExplicit }) => {
    const expansion = client.expand(path);
    return path.toLowerCase() === 'none' || !expansion.ok ? [] : [{ path: expansion.value, isExplicit }];
  });
  return wishes.filter(({ path }, index) => wishes.findIndex((each) => each.path === path) === index);
}

interface Wanted {
  readonly algorithms: AlgorithmPreferences;
  readonly packetLog: PacketLog | undefined;
}

function createConnection(system: LoginSystem, { parts, client }: LoginParts, { algorithms, packetLog }: Wanted) {
  const { bytes, seconds } = client.settings.get('RekeyLimit');
  const observer = parts.observe(system.process.pid, system.host.hostname);
  const listeners = [observer, packetLog?.take].filter((listener) => listener !== undefined);
  return new ClientConnection({
    identification: identification(system, client),
    crypto: parts.crypto ?? nobleProvider,
    random: (length) => system.random.bytes(length),
    algorithms,
    nowMilliseconds: system.clock.monotonic(),
    ...(bytes > 0 ? { rekeyBytes: bytes } : {}),
    ...(seconds > 0 ? { rekeyMilliseconds: seconds * 1000 } : {}),
    ...(listeners.length === 0 ? {} : { trace: (entry) => listeners.forEach((listen) => listen(entry)) }),
  });
}
