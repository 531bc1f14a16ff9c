/** ssh-keygen -F, -H and -R of 10: finds a host in known_hosts, hashes its names, removes a host. do_known_hosts() of ssh-keygen.c. */
import { parseKeyLine } from '@seashell/core/certificates';
import { hashKnownHost, isEntryOf } from '@seashell/core/files';
import { isSystemError } from '@seashell/system';
import { readHostLines, type HostLine } from './host-lines.ts';
import { formatPrintable } from './printable.ts';
import { replaceWithBackup } from './replace-hosts.ts';
import type { KeygenRun } from './run.ts';
import { formatDigest, formatRandomart, shortNameOf } from './show-key.ts';

interface Pass {
  readonly run: KeygenRun;
  readonly path: string;
  readonly host: string;
  /** What goes to the new file, or with -F to the standard output. */
  readonly output: string[];
  found: boolean;
  invalid: boolean;
  hasUnhashed: boolean;
}

export async function changeKnownHosts(run: KeygenRun): Promise<number> {
  const { operations } = run.request;
  const path = run.request.file ?? `${run.user.home}/.ssh/known_hosts`;
  const lines = await readLines(run, path);
  if (typeof lines === 'number') return lines;
  const finds = operations.has('find-host');
  const removes = operations.has('remove-host');
  const host = run.request.hostname ?? '';
  const pass: Pass = { run, path, host, output: [], found: false, invalid: false, hasUnhashed: false };
  await run.log.debug3(`hostkeys_foreach: reading file "${path}"`);
  for (const line of lines) {
    await sayOddity(pass, line);
    if (finds && removes) await findToRemove(pass, line);
    else if (finds) await findLine(pass, line);
    else if (operations.has('hash-hosts')) await hashLine(pass, line);
    else await removeLine(pass, line);
  }
  if (pass.invalid) return refuseInvalid(pass, !finds);
  if (finds && removes && !pass.found) await run.log.info(`Host ${host} not found in ${path}`);
  if (finds) return pass.found ? 0 : 1;
  return finish(pass);
}

async function readLines(run: KeygenRun, path: string): Promise<readonly HostLine[] | number> {
  try {
    await run.system.files.status(path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return run.fail({ text: `Cannot stat ${path}: ${error.message}`, to: 'log', status: 255 });
  }
  try {
    return await readHostLines(run.system, path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // A directory opens, and has no lines.
    if (error.code === 'EISDIR') return [];
    return run.fail({ text: `do_known_hosts: hostkeys_foreach: ${error.message}`, to: 'log', status: 255 });
  }
}

/** An operation on a line of the file; `raw` is written as it stands. */
const keep = (pass: Pass, line: HostLine): unknown => pass.output.push(line.raw);

const isMatch = (line: HostLine, host: string): boolean => line.entry !== undefined && isEntryOf(line.entry, host);

/** What hostkeys_foreach_file() itself says, with -v, of a line before it hands it on as a wrong one. */
async function sayOddity({ run, path }: Pass, { number, raw }: HostLine): Promise<void> {
  const text = raw.replace(/^[ \t]+/, '');
  if (text === '' || text.startsWith('#')) return;
  const behindMarker = text.replace(/^@(?:cert-authority|revoked)[ \t]+/, '');
  const isUnmarked = behindMarker === text && text.startsWith('@');
  const oddity = isUnmarked ? 'invalid marker' : /[ \t]/.test(behindMarker) ? undefined : 'truncated line';
  if (oddity !== undefined) await run.log.write('VERBOSE', `hostkeys_foreach_file: ${oddity} at ${path}:${number}`);
  else if (/^[^ \t]+[ \t]+$/.test(behindMarker)) await run.log.debug2(`${path}:${number}: truncated before key type`);
}

async function sayInvalid(pass: Pass, line: HostLine): Promise<void> {
  pass.invalid = true;
  await pass.run.log.info(`${pass.path}:${line.number}: invalid line`);
}

async function hashLine(pass: Pass, line: HostLine): Promise<void> {
  if (line.status === 'invalid') await sayInvalid(pass, line);
  if (line.status === 'ok') await hashNames(pass, line);
  else keep(pass, line);
}

/** Not hashed: what is hashed, patterns, and lines with a marker. */
async function hashNames(pass: Pass, line: HostLine): Promise<void> {
  const { run } = pass;
  const isPattern = /[*?!]/.test(line.hosts);
  if (line.hosts.startsWith('|') || isPattern || line.hasMarker) {
    keep(pass, line);
    const says = isPattern && !run.request.operations.has('find-host');
    const shown = line.hosts.slice(0, 64);
    if (says) await run.log.info(`${pass.path}:${line.number}: ignoring host name with wildcard: ${shown}`);
    return;
  }
  for (const name of line.hosts.split(',')) {
    if (name === '') return;
    const hashed = hashKnownHost(name.toLowerCase(), run.system.random.bytes(20));
    pass.output.push(`${hashed} ${line.rawKey}`);
    pass.hasUnhashed = true;
  }
}

async function removeLine(pass: Pass, line: HostLine): Promise<void> {
  // A hash that is none cannot be compared with the host.
  const isInvalid = line.status === 'invalid' || (line.status === 'ok' && line.entry === undefined);
  if (isInvalid) await sayInvalid(pass, line);
  if (line.status !== 'ok' || !isMatch(line, pass.host) || line.hasMarker) {
    keep(pass, line);
    return;
  }
  pass.found = true;
  if (!pass.run.request.quiet) await pass.run.print(`# Host ${pass.host} found: line ${line.number}`);
}

/** -F with -R shows what would go, and of the host's other lines what would stay; the file is not touched. */
async function findToRemove(pass: Pass, line: HostLine): Promise<void> {
  if (line.status === 'ok' && isMatch(line, pass.host)) await removeLine(pass, line);
  for (const text of pass.output.splice(0)) await pass.run.print(text);
}

/** With -F only lines of the host are looked at: what else is wrong in the file is no matter. */
async function findLine(pass: Pass, line: HostLine): Promise<void> {
  if (line.status !== 'ok' || !isMatch(line, pass.host)) return;
  const { run } = pass;
  const { operations } = run.request;
  const key = operations.has('fingerprint')
    ? parseKeyLine(line.rawKey, { openssh: run.system.host.openSsh })
    : undefined;
  if (key?.ok === false && !operations.has('hash-hosts')) return;
  pass.found = true;
  const marker = line.marker === 'cert-authority' ? 'CA' : line.marker === 'revoked' ? 'REVOKED' : '';
  if (!run.request.quiet) await run.print(`# Host ${pass.host} found: line ${line.number} ${marker}`);
  if (operations.has('hash-hosts')) {
    await hashNames(pass, line);
    for (const text of pass.output.splice(0)) await run.print(text);
  } else if (key?.ok === true) {
    const comment = key.comment === '' ? '' : ` ${key.comment}`;
    const text = `${pass.host} ${shortNameOf(key.held)} ${formatDigest(run, key.held.key)}${comment}`;
    await run.print(formatPrintable(text, run.system.process.environment));
    if (run.request.verbosity > 0) await run.print(formatRandomart(run, key.held));
  } else {
    await run.print(line.raw);
  }
}

async function refuseInvalid({ run, path }: Pass, isInPlace: boolean): Promise<number> {
  await run.log.error(`${path} is not a valid known_hosts file.`);
  if (isInPlace) await run.log.error('Not replacing existing known_hosts file because of errors');
  return 1;
}

async function finish(pass: Pass): Promise<number> {
  const { run, path, host } = pass;
  if (run.request.operations.has('remove-host') && !pass.found) {
    await run.log.info(`Host ${host} not found in ${path}`);
    return 0;
  }
  const failure = await replaceWithBackup(run, path, pass.output);
  if (failure !== undefined) return run.fail(failure);
  await run.print(`${path} updated.`);
  await run.print(`Original contents retained as ${path}.old`);
  if (!pass.hasUnhashed) return 0;
  await run.log.info(`WARNING: ${path}.old contains unhashed entries`);
  await run.log.info('Delete this file to ensure privacy of hostnames');
  return 0;
}
