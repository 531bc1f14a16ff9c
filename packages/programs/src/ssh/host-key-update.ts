/**
 * UpdateHostKeys: the host keys that a server tells after login, checked against known_hosts, proved, and written down, so that a
 * server can change its keys without alarm (OpenSSH PROTOCOL 2.5, clientloop.c client_input_hostkeys()).
 */
import { findKeyType, fingerprint, publicKeyBlobType } from '@seashell/core/keys';
import {
  formatKnownHost,
  hostEntries,
  isEntryOf,
  isSameKey,
  parseKnownHosts,
  type KnownHostsEntry,
  type KnownHostsFile,
  type KnownHostsSource,
  type LineKey,
} from '@seashell/core/files';
import { DecodeError, utf8Encode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { readTextFile } from '../storage/read-file.ts';
import { replaceFile } from '../storage/write-file.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import { keyName, nameOf, type KnownHosts } from './known-hosts.ts';
import type { Login } from './login.ts';
import { updateHostKeysOf } from './settings.ts';

/** More than this many keys are not looked at. */
const maximumKeys = 64;

export class HostKeyUpdate {
  readonly #login: Login;
  readonly #known: KnownHosts;
  #told: readonly LineKey[] = [];
  #done = false;

  constructor(login: Login, known: KnownHosts) {
    this.#login = login;
    this.#known = known;
  }

  /** `ask` in place of `yes` when the configuration says so; off where names or files are not the usual ones. */
  get #wish(): 'yes' | 'no' | 'ask' {
    const { settings } = this.#login.settings;
    if (this.#login.updatesDisabled || settings.version === '6.6') return 'no';
    return updateHostKeysOf(settings);
  }

  /** `hostkeys-00@openssh.com`. */
  async handleAnnounced(blobs: readonly Uint8Array[]): Promise<void> {
    const { log, peer } = this.#login;
    await log.debug1('client_input_global_request: rtype hostkeys-00@openssh.com want_reply 0');
    if (this.#done || this.#wish === 'no') return;
    this.#done = true;
    this.#told = blobs.slice(0, maximumKeys).flatMap(readKey);
    const sources = await this.#readUserFiles();
    if (this.#told.length === 0 || (await this.#isAmbiguous(sources))) return;
    const own = hostEntries(sources, this.#name).flatMap(({ entry }) => (entry.key === undefined ? [] : [entry.key]));
    const fresh = this.#told.filter((key) => !own.some((known) => isSameKey(known, key)));
    const stale = own.filter(
      (key) => findKeyType(key.type) !== undefined && !this.#told.some((told) => isSameKey(told, key)),
    );
    if (fresh.length > 0) peer.send({ type: 'proveHostKeys', keys: fresh.map((key) => key.blob) });
    else if (stale.length > 0) await this.#write();
  }

  /** `hostkeys-prove-00@openssh.com` was answered. */
  async handleProved(blobs: readonly Uint8Array[]): Promise<void> {
    const { log } = this.#login;
    const proved = blobs.flatMap(readKey);
    if (proved.length === 0) {
      await log.error('Server failed to confirm ownership of private host keys');
      return;
    }
    const level = this.#wish === 'ask' ? 'INFO' : 'VERBOSE';
    for (const key of proved) await log.write(level, `Learned new hostkey: ${keyName(key)} ${fingerprint(key.blob)}`);
    if (this.#wish === 'ask' && !(await this.#confirm())) return;
    await this.#write();
  }

  get #name(): string {
    return nameOf(this.#login.settings);
  }

  async #readUserFiles(): Promise<readonly KnownHostsSource[]> {
    const sources: KnownHostsSource[] = [];
    for (const path of this.#known.userFiles) {
      const { log, system } = this.#login;
      await log.debug1(`client_input_hostkeys: searching ${path} for ${this.#name} / (none)`);
      const text = await readTextFile(system, path);
      if (typeof text === 'string') sources.push({ path, file: parseKnownHosts(text) });
      else await log.debug1(`client_input_hostkeys: hostkeys file ${path} does not exist`);
    }
    return sources;
  }

  /** A name in a list or a pattern, a certificate authority, or the key under another name: better left alone. */
  async #isAmbiguous(sources: readonly KnownHostsSource[]): Promise<boolean> {
    const { log } = this.#login;
    const entries = sources.flatMap(({ file }) => file.lines.filter((line) => line.type === 'entry'));
    const own = entries.filter((entry) => isEntryOf(entry, this.#name));
    if (own.some((entry) => entry.marker !== undefined)) return true;
    if (own.some((entry) => !entry.isHashed && /[,*?!]/.test(entry.hosts))) {
      await log.debug1(
        'client_input_hostkeys: CA/revocation marker or manual host list found, skipping UserKnownHostsFile update',
      );
      return true;
    }
    if (!entries.some((entry) => this.#isOtherName(entry))) return false;
    await log.debug1(
      'client_input_hostkeys: host key found matching a different name/address, skipping UserKnownHostsFile update',
    );
    return true;
  }

  #isOtherName(entry: KnownHostsEntry): boolean {
    const { key } = entry;
    if (key === undefined || isEntryOf(entry, this.#name)) return false;
    return this.#told.some((told) => isSameKey(told, key));
  }

  async #confirm(): Promise<boolean> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await readPassphrase(this.#login.system, 'Accept updated hostkeys? (yes/no): ', { echo: true });
      if (answer.toLowerCase() === 'yes') return true;
      if (answer.toLowerCase() === 'no') return false;
      await this.#login.log.info('Please enter "yes" or "no"');
    }
    return false;
  }

  /** hostfile_replace_entries() over the user's files. */
  async #write(): Promise<void> {
    for (const [index, path] of this.#known.userFiles.entries()) {
      const text = await readTextFile(this.#login.system, path);
      if (typeof text !== 'string') continue;
      const replaced = this.#replaceEntries(parseKnownHosts(text), index === 0);
      if (replaced !== text) await this.#replaceFile(path, replaced);
    }
  }

  /** The host's lines that the server still has stay; those it has no more go; the new ones come last. */
  #replaceEntries(file: KnownHostsFile, addNew: boolean): string {
    const seen: LineKey[] = [];
    const kept = file.lines.flatMap((line) => {
      const text = file.text.slice(line.span.start, line.span.end);
      if (line.type !== 'entry' || line.marker !== undefined || !isEntryOf(line, this.#name)) return [text];
      const { key } = line;
      if (key === undefined || findKeyType(key.type) === undefined) return [text];
      if (!this.#told.some((told) => isSameKey(told, key))) return [];
      seen.push(key);
      return [text];
    });
    const missing = addNew ? this.#told.filter((told) => !seen.some((key) => isSameKey(key, told))) : [];
    const whole = kept.join('');
    const glue = whole === '' || whole.endsWith('\n') ? '' : '\n';
    return [whole, glue, ...missing.map((key) => `${this.#newLine(key)}\n`)].join('');
  }

  #newLine(key: LineKey): string {
    const { settings, system } = this.#login;
    const hashed = settings.settings.get('HashKnownHosts');
    return formatKnownHost({ names: [this.#name], key, ...(hashed ? { salt: system.random.bytes(20) } : {}) });
  }

  /** The old file stays beside it as `.old`. */
  async #replaceFile(path: string, text: string): Promise<void> {
    const { system, log } = this.#login;
    try {
      const old = `${path}.old`;
      if (await exists(system.files, old)) await system.files.remove(old, 'file');
      await system.files.link(path, old);
      await replaceFile(system, path, { bytes: utf8Encode(text), mode: 0o600 });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      await log.error(`update_known_hosts: hostfile_replace_entries failed for ${path}: ${error.message}`);
    }
  }
}

async function exists(files: Login['system']['files'], path: string): Promise<boolean> {
  try {
    await files.status(path, { follow: false });
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** A key of a type that is implemented; others are passed over. */
function readKey(blob: Uint8Array): readonly LineKey[] {
  try {
    const type = publicKeyBlobType(blob);
    return findKeyType(type) === undefined ? [] : [{ type, blob }];
  } catch (error) {
    if (error instanceof DecodeError) return [];
    throw error;
  }
}
