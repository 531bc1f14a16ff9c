/** ssh-keygen -F, -H and -R of 6.6, which reads every key, drops comments, and writes the file anew whatever it found. */
import { matchHostname } from '@seashell/core/config';
import type { KeyOrCertificate } from '@seashell/core/certificates';
import { hashKnownHost, isEntryOf, parseKnownHosts } from '@seashell/core/files';
import { publicKeyBlobType } from '@seashell/core/keys';
import { base64Encode, utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { readFile } from '../storage/read-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { readSpacedLine, uudecodeFailure } from './public-file-6.6.ts';
import { replaceWithBackup } from './replace-hosts.ts';
import type { KeygenRun } from './run.ts';
import { shortNameOf, showKey } from './show-key.ts';

interface Pass {
  readonly run: KeygenRun;
  readonly host: string;
  /** The lines of the new file; with -F they go to the standard output. */
  readonly output: string[];
  found: boolean;
  invalid: boolean;
  hasUnhashed: boolean;
}

interface Line66 {
  readonly number: number;
  readonly isAuthority: boolean;
  readonly hosts: string;
  readonly held: KeyOrCertificate;
}

export async function changeKnownHosts66(run: KeygenRun): Promise<number> {
  const { operations, hostname } = run.request;
  const path = run.request.file ?? `${run.user.home}/.ssh/known_hosts`;
  const text = await readText(run, path);
  if (typeof text === 'number') return text;
  const pass: Pass = { run, host: hostname ?? '', output: [], found: false, invalid: false, hasUnhashed: false };
  const isInPlace = !operations.has('find-host');
  for (const [index, raw] of linesOf(text).entries()) await takeLine(pass, raw, index + 1);
  if (pass.invalid) {
    await tell(run, `${path} is not a valid known_hosts file.`);
    if (isInPlace) await tell(run, 'Not replacing existing known_hosts file because of errors');
    return 1;
  }
  if (!isInPlace) return pass.found ? 0 : 1;
  const failure = await replaceWithBackup(run, path, pass.output);
  if (failure !== undefined) return run.fail(failure);
  await tell(run, `${path} updated.`);
  await tell(run, `Original contents retained as ${path}.old`);
  if (!pass.hasUnhashed) return 0;
  await tell(run, `WARNING: ${path}.old contains unhashed entries`);
  await tell(run, 'Delete this file to ensure privacy of hostnames');
  return 0;
}

async function readText(run: KeygenRun, path: string): Promise<string | number> {
  try {
    return utf8DecodeLossy(await readFile(run.system, path));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EISDIR') return '';
    return run.fail({ text: `ssh-keygen: ${path}: ${error.message}`, to: 'log', status: 255 });
  }
}

/** With their line ends: a last line without one is refused. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** stderr, without the log's carriage return. */
const tell = (run: KeygenRun, text: string): Promise<void> => writeAll(run.system.streams, 2, `${text}\n`);

async function takeLine(pass: Pass, raw: string, number: number): Promise<void> {
  const { run } = pass;
  if (!raw.endsWith('\n')) {
    pass.invalid = true;
    return run.log.error(`line ${number} too long: ${raw.slice(0, 40)}...`);
  }
  const text = raw.slice(0, -1);
  const content = text.replace(/^[ \t]+/, '');
  if (content === '' || content.startsWith('#')) {
    pass.output.push(content);
    return;
  }
  const line = await readLine(pass, text, number);
  if (line === undefined) pass.invalid = true;
  else if (run.request.operations.has('find-host') || run.request.operations.has('remove-host'))
    await match(pass, line);
  else await hash(pass, line);
}

async function readLine({ run }: Pass, text: string, number: number): Promise<Line66 | undefined> {
  const [, blank = '', marker = '', hosts = '', behind] =
    /^([ \t]*)(@cert-authority[ \t])?([^ \t]*)[ \t](.+)$/is.exec(text) ?? [];
  if (behind === undefined) {
    await run.log.error(`line ${number} missing key: ${text.slice(0, 40)}...`);
    return undefined;
  }
  const failure = uudecodeFailure(behind);
  if (failure !== undefined) await run.log.error(failure);
  const read = readSpacedLine(behind);
  if (read === undefined) {
    await run.log.error(`line ${number} invalid key: ${`${blank}${marker}${hosts}`.slice(0, 40)}...`);
    return undefined;
  }
  return { number, isAuthority: marker !== '', hosts, held: read.held };
}

async function match(pass: Pass, line: Line66): Promise<void> {
  const { run, host } = pass;
  const isHashed = line.hosts.startsWith('|');
  const isMatch = isHashed ? isHashOfHost(line.hosts, host) : isNameOf(line.hosts, host);
  if (isMatch === undefined) {
    pass.invalid = true;
    return run.log.error(`line ${line.number}: invalid hashed name: ${line.hosts.slice(0, 64)}...`);
  }
  const found = `# Host ${host} found: line ${line.number} type ${shortNameOf(line.held)}`;
  if (run.request.operations.has('find-host') && isMatch) {
    pass.found = true;
    if (!run.request.quiet) await run.print(`${found}${line.isAuthority ? ' (CA key)' : ''}`);
    const hashes = run.request.operations.has('hash-hosts') && !line.isAuthority && !isHashed;
    await writeHost(pass, line, { name: isHashed ? line.hosts : host, hashes });
  }
  if (!run.request.operations.has('remove-host')) return;
  // As 6.6 has it, a CA's line goes with every -R.
  if (isMatch || line.isAuthority) await run.print(found);
  else await writeHost(pass, line, { name: line.hosts, hashes: false });
}

/** Undefined for a hash that is none. */
function isHashOfHost(hosts: string, name: string): boolean | undefined {
  const [entry] = parseKnownHosts(`${hosts} type key\n`).lines;
  return entry?.type === 'entry' ? isEntryOf(entry, name) : undefined;
}

/** 6.6 does not lower the case of what is asked for. */
const isNameOf = (hosts: string, name: string): boolean =>
  name === name.toLowerCase() && matchHostname(name, hosts) === 'matched';

async function hash(pass: Pass, line: Line66): Promise<void> {
  if (line.hosts.startsWith('|')) return writeHost(pass, line, { name: line.hosts, hashes: false });
  for (const name of line.hosts.split(',')) {
    if (name === '') break;
    const isPattern = /[*?!]/.test(name);
    const shown = name.slice(0, 64);
    if (line.isAuthority) await tell(pass.run, `Warning: ignoring CA key for host: ${shown}`);
    else if (isPattern) await tell(pass.run, `Warning: ignoring host name with metacharacters: ${shown}`);
    await writeHost(pass, line, { name, hashes: !line.isAuthority && !isPattern });
  }
  pass.hasUnhashed = true;
}

interface Shown {
  readonly name: string;
  readonly hashes: boolean;
}

/** printhost(): the line under this name, or with -l its fingerprint. */
async function writeHost(pass: Pass, line: Line66, { name, hashes }: Shown): Promise<void> {
  const { run } = pass;
  if (run.request.operations.has('fingerprint')) return showKey(run, line.held, name);
  const { blob } = line.held;
  const shown = hashes ? hashKnownHost(name, run.system.random.bytes(20)) : name;
  const text = `${line.isAuthority ? '@cert-authority ' : ''}${shown} ${publicKeyBlobType(blob)} ${base64Encode(blob)}`;
  if (run.request.operations.has('find-host')) await run.print(text);
  else pass.output.push(text);
  return undefined;
}
