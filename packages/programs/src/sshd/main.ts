/** sshd(8): reads its configuration and host keys, listens, and gives each connection a process of its own, sshd-session. */
import type { ConnectionFacts, SshdSettings } from '@seashell/core/config';
import { isSystemError, type System } from '@seashell/system';
import { answerLater } from '../later.ts';
import { Log, parseLogLevel } from '../logging/log.ts';
import { formatOptionError } from '../options/getopt.ts';
import { releases } from '../release.ts';
import { readTextFile } from '../storage/read-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { loadHostKeys, type HostKey } from './host-keys.ts';
import { findLaterKeyword } from './later-settings.ts';
import { listen, listenAddresses } from './listen.ts';
import { readRequest, type ReadRequest, type SshdRequest } from './options.ts';
import { printServerConfig } from './print-config.ts';
import { evaluateForConnection, readServerConfig, type ServerConfig } from './server-config.ts';
import { serve } from './serve.ts';
import { texts } from './texts.ts';

export type SshdSystem = Pick<
  System,
  'process' | 'files' | 'streams' | 'network' | 'clock' | 'random' | 'host' | 'terminal'
>;

/** sshd as a program. */
export async function sshd(system: SshdSystem, argv: readonly string[]): Promise<number> {
  const version = system.host.openSsh;
  const log = new Log(system, {
    identity: 'sshd',
    level: 'INFO',
    destination: { type: 'descriptor', descriptor: 2 },
  });
  const read = readRequest(argv, version);
  if (read.type !== 'request') return answer(system, log, read);
  const { request } = read;
  if (request.mode === 'serve' && !(argv[0] ?? '').startsWith('/')) {
    return log.fatal(texts[version].needsAbsolutePath);
  }
  for (let raised = 0; raised < request.debug; raised += 1) log.raise();
  await openLogFile(system, log, request);
  for (let isRestart = false; ; isRestart = true) {
    const outcome = await start(system, { log, request, argv, isRestart });
    if (outcome !== 'restart') return outcome;
    await log.info('Received SIGHUP; restarting.');
  }
}

async function answer(
  system: SshdSystem,
  log: Log,
  read: Exclude<ReadRequest, { readonly type: 'request' }>,
): Promise<number> {
  const { full } = releases[system.host.openSsh];
  switch (read.type) {
    case 'version':
      await writeAll(system.streams, 2, `${full}\n`);
      return 0;
    case 'usage':
      if (read.wrong !== undefined) await log.info(formatOptionError(read.wrong));
      await writeAll(system.streams, 2, `${full}\n${texts[system.host.openSsh].usage}`);
      return 1;
    case 'bad':
      await writeAll(system.streams, 2, `${read.line}\n`);
      return read.status;
    case 'later':
      return answerLater(system, 'sshd', `option -${read.flag}`);
  }
}

/** `-E`: descriptor 2 becomes the file, so that the processes of the connections write there too. */
async function openLogFile(system: SshdSystem, log: Log, request: SshdRequest): Promise<void> {
  if (request.logFile === undefined) return;
  try {
    const file = { access: 'write', create: true, append: true, mode: 0o600 } as const;
    const descriptor = await system.files.open(request.logFile, file);
    await system.streams.duplicate(descriptor, 2);
    await system.streams.close(descriptor);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await writeAll(system.streams, 2, `Couldn't open logfile ${request.logFile}: ${error.message}\n`);
    await system.process.exit(1);
  }
  log.destination = { type: 'descriptor', descriptor: 2 };
}

interface Start {
  readonly isRestart: boolean;
  readonly log: Log;
  readonly request: SshdRequest;
  readonly argv: readonly string[];
}

/** One life between two SIGHUPs: the exit status, or `restart`. */
async function start(system: SshdSystem, { log, request, argv, isRestart }: Start): Promise<number | 'restart'> {
  const version = system.host.openSsh;
  const { version: software, library } = releases[version];
  await log.debug1(`sshd version ${software}, ${library}`);
  const text = await readTextFile(system, request.configFile);
  if (typeof text !== 'string') {
    await writeAll(system.streams, 2, `${request.configFile}: ${text.message}\n`);
    return 1;
  }
  const given = { path: request.configFile, text, options: request.lines, version };
  const { config, evaluation } = await readServerConfig(system, given);
  for (const line of evaluation.printed) await log.error(line);
  if (evaluation.failed) return 255;
  const { settings } = evaluation;
  if (request.mode === 'print-unchecked') return print(system, { settings, config, request, log, hostKeys: [] });
  const later = request.mode === 'print' ? undefined : findLaterKeyword(settings);
  if (later !== undefined) return refuseLater(system, { later, log, isRestart });
  const hostKeys = await loadHostKeys(system, { settings, log });
  if (hostKeys.length === 0) {
    await log.info('sshd: no hostkeys available -- exiting.');
    return 1;
  }
  if (request.mode === 'test') return 0;
  if (request.mode === 'print') return print(system, { settings, config, request, log, hostKeys });
  setUpLog(log, settings, request);
  // After SIGHUP it is in the background already.
  if (!request.foreground && !isRestart) await detach(system, log);
  const listeners = await listen(system, { settings, log });
  const outcome = await serve(system, { log, request, argv, settings, config, hostKeys, listeners });
  for (const listener of listeners) await system.streams.close(listener);
  return outcome;
}

/** daemon(3), before anything listens: the log has the pid of the daemon, and who started it sees no error of binding. */
async function detach(system: SshdSystem, log: Log): Promise<void> {
  try {
    await system.process.detach();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await log.debug1(`daemon() failed: ${error.message}`);
  }
}

interface Refusal {
  readonly later: string;
  readonly log: Log;
  readonly isRestart: boolean;
}

/** Nobody may be watching stderr any more once sshd runs: then the log says it too. */
async function refuseLater(system: SshdSystem, { later, log, isRestart }: Refusal): Promise<number> {
  if (isRestart) await log.error(`keyword ${later} is not available yet`);
  return answerLater(system, 'sshd', `keyword ${later}`);
}

/** From here on what is said goes where the configuration wants it. */
function setUpLog(log: Log, settings: SshdSettings, request: SshdRequest): void {
  if (request.debug === 0) log.level = parseLogLevel(settings.get('LogLevel') ?? 'INFO') ?? log.level;
  if (request.quiet) log.level = 'QUIET';
  if (request.debug > 0 || request.logToStderr || request.logFile !== undefined) return;
  log.destination = { type: 'syslog', facility: 'auth' };
}

interface Print {
  readonly settings: SshdSettings;
  readonly config: ServerConfig;
  readonly request: SshdRequest;
  readonly log: Log;
  readonly hostKeys: readonly HostKey[];
}

async function print(system: SshdSystem, { settings, config, request, log, hostKeys }: Print): Promise<number> {
  const facts = readConnection(request.connection);
  if (typeof facts === 'string') {
    await writeAll(system.streams, 2, `${facts}\n`);
    return 1;
  }
  const shown = facts === undefined ? settings : evaluateForConnection(config, system.host.openSsh, facts).settings;
  const addresses = await listenAddresses(system, { settings, log });
  const lines = printServerConfig({ settings: shown, addresses, hostKeys });
  await writeAll(system.streams, 1, `${lines.join('\n')}\n`);
  return 0;
}

/** `-C user=...,host=...`: the facts, or what is wrong with them. */
function readConnection(specifications: readonly string[]): ConnectionFacts | string | undefined {
  if (specifications.length === 0) return undefined;
  const facts = new Map<string, string>();
  for (const specification of specifications.flatMap((text) => text.split(','))) {
    const [name = '', value] = specification.split('=', 2);
    const isKnown = ['user', 'host', 'addr', 'laddr', 'lport', 'rdomain', 'invalid-user'].includes(name);
    if (!isKnown) return `Invalid test mode specification ${specification}`;
    facts.set(name, value ?? '');
  }
  return {
    user: facts.get('user') ?? '',
    invalidUser: facts.has('invalid-user'),
    groups: [],
    host: facts.get('host') ?? '',
    address: facts.get('addr') ?? '',
    localAddress: facts.get('laddr') ?? '',
    localPort: Number(facts.get('lport') ?? 0),
    routingDomain: facts.get('rdomain') ?? '',
  };
}
