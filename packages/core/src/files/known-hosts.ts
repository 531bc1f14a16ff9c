/**
 * known_hosts: lossless parsing, look-ups, new lines, removal. sshd(8) SSH_KNOWN_HOSTS FILE FORMAT, OpenSSH's hostfile.c. A look-up
 * over several files is one: a key that any of them knows is known.
 */
import { hmac } from '../crypto/hmac.ts';
import { matchHostname } from '../config/patterns/pattern-list.ts';
import { base64Decode, base64Encode } from '../wire/base64.ts';
import { equalBytesConstantTime } from '../wire/bytes.ts';
import { utf8Encode } from '../wire/text.ts';
import { parseLines, type LineFault, type LineFile, type LinePlace } from './lines.ts';
import { isSameKey, printLineKey, readLineKey, type LineKey } from './public-key-line.ts';

/** What `@cert-authority` or `@revoked` makes of a line's key. */
export type KnownHostsMarker = 'cert-authority' | 'revoked';

/** A line of known_hosts (sshd(8) SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHostsEntry extends LinePlace {
  readonly type: 'entry';
  readonly marker: KnownHostsMarker | undefined;
  /** As written: patterns by commas, or `|1|salt|hash`. */
  readonly hosts: string;
  readonly isHashed: boolean;
  /** Undefined if what stands there is no key; ssh passes over the line, ssh-keygen -F and -R do not. */
  readonly key: LineKey | undefined;
  readonly comment: string;
}

/** A parsed known_hosts file; `printLines` gives its text back. */
export type KnownHostsFile = LineFile<KnownHostsEntry>;

/** A parsed file with the path that messages name. */
export interface KnownHostsSource {
  readonly path: string;
  readonly file: KnownHostsFile;
}

/** Parses a whole file. Never throws. */
export function parseKnownHosts(text: string): KnownHostsFile {
  const parsed = parseLines(text, readEntry);
  const broken = parsed.lines.filter((line) => line.type === 'entry' && line.key === undefined);
  const diagnostics = broken.map(
    ({ span }) => ({ code: 'bad-key', severity: 'error', span, message: 'invalid key' }) as const,
  );
  return { ...parsed, diagnostics: [...parsed.diagnostics, ...diagnostics] };
}

function readEntry(content: string, place: LinePlace): KnownHostsEntry | LineFault {
  const match = /^(?:(@[^ \t]*)[ \t]+)?([^ \t]+)[ \t]+([^ \t#][^ \t]*)[ \t]+(.*)$/s.exec(content);
  const [, markerText, hosts = '', keyType, rest] = match ?? [];
  if (keyType === undefined || rest === undefined) return { code: 'invalid-line', message: 'invalid line' };
  const marker = readMarker(markerText);
  if (marker === 'invalid' || hosts.startsWith('@')) return { code: 'invalid-marker', message: 'invalid marker' };
  const isHashed = hosts.startsWith('|');
  if (isHashed && readHash(hosts) === undefined) return { code: 'invalid-host-hash', message: 'invalid hashed host' };
  const read = readLineKey(`${keyType} ${rest}`);
  return { type: 'entry', ...place, marker, hosts, isHashed, key: read?.key, comment: read?.comment ?? '' };
}

function readMarker(text: string | undefined): KnownHostsMarker | undefined | 'invalid' {
  if (text === undefined) return undefined;
  if (text === '@cert-authority') return 'cert-authority';
  return text === '@revoked' ? 'revoked' : 'invalid';
}

function readHash(hosts: string): { readonly salt: Uint8Array; readonly hash: Uint8Array } | undefined {
  const [, saltText, hashText] = /^\|1\|([^|]*)\|([^|]*)$/.exec(hosts) ?? [];
  const salt = base64Decode(saltText ?? '');
  const hash = base64Decode(hashText ?? '');
  return salt?.length === 20 && hash?.length === 20 ? { salt, hash } : undefined;
}

/** The name that is looked up: the host in lower case, with a port that is not 22 as `[host]:port`. */
export function knownHostsName(host: string, port = 22): string {
  const name = host.toLowerCase();
  return port === 22 || port === 0 ? name : `[${name}]:${port}`;
}

/** Whether the entry is of the host. A plain entry matches whatever the case; a hashed one is of the exact name. */
export function isEntryOf(entry: KnownHostsEntry, name: string): boolean {
  if (!entry.isHashed) return matchHostname(name, entry.hosts) === 'matched';
  const parts = readHash(entry.hosts);
  return parts !== undefined && equalBytesConstantTime(hashOf(name, parts.salt), parts.hash);
}

function hashOf(name: string, salt: Uint8Array): Uint8Array {
  return hmac('sha1', salt).compute(utf8Encode(name));
}

/** An entry and the file it stands in. */
export interface FoundHostKey {
  readonly path: string;
  readonly entry: KnownHostsEntry;
}

function* entriesOf(sources: readonly KnownHostsSource[]): Generator<FoundHostKey> {
  for (const { path, file } of sources) {
    for (const line of file.lines) if (line.type === 'entry') yield { path, entry: line };
  }
}

/** All entries of a host, in order: what decides which key types to ask the server for. */
export function hostEntries(sources: readonly KnownHostsSource[], name: string): readonly FoundHostKey[] {
  return [...entriesOf(sources)].filter((found) => isEntryOf(found.entry, name));
}

/** What known_hosts files say of a host's key. */
export type HostKeyStatus =
  /** The host is known with this key. */
  | { readonly status: 'found'; readonly at: FoundHostKey }
  /** The host is known, with other keys only; `at` is the last of them. */
  | { readonly status: 'changed'; readonly at: FoundHostKey }
  /** The key is marked as revoked for this host. */
  | { readonly status: 'revoked'; readonly at: FoundHostKey }
  | { readonly status: 'new' };

/** What is known of a host's key. */
export function lookUpHostKey(sources: readonly KnownHostsSource[], name: string, key: LineKey): HostKeyStatus {
  const entries = hostEntries(sources, name);
  const holdsKey = ({ entry }: FoundHostKey): boolean => entry.key !== undefined && isSameKey(entry.key, key);
  const revoked = entries.find((found) => found.entry.marker === 'revoked' && holdsKey(found));
  if (revoked !== undefined) return { status: 'revoked', at: revoked };
  const plain = entries.filter(({ entry }) => entry.marker === undefined && entry.key !== undefined);
  const same = plain.find(holdsKey);
  if (same !== undefined) return { status: 'found', at: same };
  const last = plain.at(-1);
  return last === undefined ? { status: 'new' } : { status: 'changed', at: last };
}

/** Entries that know the key by names that are not `name`: what ssh lists before its question about a new host. */
export function otherNamesOfKey(
  sources: readonly KnownHostsSource[],
  name: string,
  key: LineKey,
): readonly FoundHostKey[] {
  return [...entriesOf(sources)].filter(({ entry }) => {
    if (entry.marker !== undefined || entry.key === undefined || !isSameKey(entry.key, key)) return false;
    return !isEntryOf(entry, name);
  });
}

/** A line to be written. With a salt its name is hashed. */
export interface NewKnownHost {
  /** One name or more; a hashed line takes one. */
  readonly names: readonly string[];
  readonly key: LineKey;
  /** 20 random bytes hash the name. */
  readonly salt?: Uint8Array;
}

/** A new line, without its newline. */
export function formatKnownHost({ names, key, salt }: NewKnownHost): string {
  const hosts = salt === undefined ? names.join(',') : hashKnownHost(names[0] ?? '', salt);
  return `${hosts} ${printLineKey(key)}`;
}

/** The hashed form of a name: `|1|salt|hash`. */
export function hashKnownHost(name: string, salt: Uint8Array): string {
  return `|1|${base64Encode(salt)}|${base64Encode(hashOf(name, salt))}`;
}

/** The text without the lines of a host, and those lines. */
export interface Removal {
  readonly text: string;
  readonly removed: readonly KnownHostsEntry[];
}

/** The file without the host's lines, as ssh-keygen -R leaves it: marked lines stay. */
export function removeKnownHost(file: KnownHostsFile, name: string): Removal {
  const removed: KnownHostsEntry[] = [];
  const kept: string[] = [];
  for (const line of file.lines) {
    if (line.type === 'entry' && line.marker === undefined && isEntryOf(line, name)) removed.push(line);
    else kept.push(file.text.slice(line.span.start, line.span.end));
  }
  return { text: kept.join(''), removed };
}
