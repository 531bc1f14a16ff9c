/**
 * Is this the right host? The host key that the server has proved, against known_hosts: known, new, changed or revoked
 * (check_host_key() of sshconnect.c, VERIFYING HOST KEYS of ssh(1)).
 */
import {
  decodePublicKey,
  fingerprint,
  fingerprintBody,
  keyTypeOf,
  randomart,
  type FingerprintHashName,
  type PublicKey,
} from '@seashell/core/keys';
import { knownHostsName, lookUpHostKey, otherNamesOfKey, type FoundHostKey, type LineKey } from '@seashell/core/files';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import { addKnownHost, keyName, nameOf, type KnownHosts, type NewHost } from './known-hosts.ts';
import type { Login } from './login.ts';
import { updateHostKeysOf } from './settings.ts';
import { changedKeyWarning, revokedKeyWarning } from './texts.ts';

/** A host key that is being checked, and the names under which it may be known. */
export interface CheckedKey {
  readonly key: PublicKey;
  readonly blob: Uint8Array;
  /** The same as known_hosts has it. */
  readonly lineKey: LineKey;
  /** `ED25519`. */
  readonly keyName: string;
  /** The host as known_hosts writes it: `host`, `[host]:2222`, or the HostKeyAlias. */
  readonly host: string;
  /** The address likewise. */
  readonly address: string;
}

/** What is looked at when a host key comes. */
export function describeHostKey(login: Login, blob: Uint8Array): CheckedKey {
  const { settings, peerName } = login;
  const key = decodePublicKey(blob);
  return {
    key,
    blob,
    lineKey: { type: key.type, blob },
    keyName: keyTypeOf(key).shortName,
    host: nameOf(settings),
    address: knownHostsName(peerName.address, peerName.port),
  };
}

/** The fingerprint as FingerprintHash and the version have it. */
export function showFingerprint(login: Login, blob: Uint8Array): string {
  if (login.system.host.openSsh === '6.6') return fingerprintBody(blob, 'md5');
  return fingerprint(blob, hashName(login));
}

function hashName(login: Login): FingerprintHashName {
  const names = { MD5: 'md5', SHA1: 'sha1', SHA256: 'sha256', SHA384: 'sha384', SHA512: 'sha512' } as const;
  return names[login.settings.settings.get('FingerprintHash') ?? 'SHA256'];
}

function showRandomart(login: Login, key: PublicKey): string {
  const openssh = login.system.host.openSsh;
  return randomart(key, openssh === '6.6' ? { openssh } : { openssh, hash: hashName(login) });
}

/** Whether to go on with the server that holds this key; says all that there is to say. */
export async function checkHostKey(login: Login, checked: CheckedKey, known: KnownHosts): Promise<boolean> {
  const found = lookUpHostKey(known.sources, checked.host, checked.lineKey);
  switch (found.status) {
    case 'found':
      await sayKnown(login, checked, found.at);
      return checkAddress(login, checked, known);
    case 'new':
      return checkNew(login, checked, known);
    case 'revoked':
      return checkRevoked(login, checked);
    case 'changed':
      return checkChanged(login, checked, { known, at: found.at });
  }
}

async function sayKnown(login: Login, checked: CheckedKey, at: FoundHostKey): Promise<void> {
  const { log, texts, settings } = login;
  await log.debug1(`Host '${checked.host}' is known and matches the ${checked.keyName} host key.`);
  await log.debug1(`Found key in ${at.path}:${at.entry.number}`);
  if (!settings.settings.get('VisualHostKey')) return;
  await log.info(texts.hostKeyKnown(showFingerprint(login, checked.blob), showRandomart(login, checked.key)));
}

/** CheckHostIP: the address of a known host gets its line, or is asked about when it has another key. */
async function checkAddress(login: Login, checked: CheckedKey, known: KnownHosts): Promise<boolean> {
  const { log, settings } = login;
  if (!settings.settings.get('CheckHostIP') || checked.host === checked.address) return true;
  const found = lookUpHostKey(known.sources, checked.address, checked.lineKey);
  if (found.status === 'new') {
    const added = await add(login, known, { names: [checked.address], key: checked.lineKey });
    await log.info(
      added
        ? `Warning: Permanently added the ${checked.keyName} host key for IP address '${checked.address}' to the list of known hosts.`
        : `Failed to add the ${checked.keyName} host key for IP address '${checked.address}' to the list of known hosts (${known.userFiles[0] ?? ''}).`,
    );
    return true;
  }
  return found.status === 'changed' ? askAboutAddress(login, checked, { known, at: found.at }) : true;
}

async function add(login: Login, known: KnownHosts, host: NewHost): Promise<boolean> {
  const [path] = known.userFiles;
  if (path === undefined) return false;
  return addKnownHost(login.system, { client: login.settings, log: login.log, host, path });
}

interface Conflict {
  readonly known: KnownHosts;
  readonly at: FoundHostKey;
}

async function askAboutAddress(login: Login, checked: CheckedKey, { known, at }: Conflict): Promise<boolean> {
  const { log, settings } = login;
  const own = lookUpHostKey(known.sources, checked.host, checked.lineKey);
  const lines = [
    `Warning: the ${checked.keyName} host key for '${checked.host}' differs from the key for the IP address '${checked.address}'`,
    `Offending key for IP in ${at.path}:${at.entry.number}`,
    ...(own.status === 'found' ? [`Matching host key in ${own.at.path}:${own.at.entry.number}`] : []),
  ];
  const strict = settings.settings.get('StrictHostKeyChecking');
  if (strict === 'ask') {
    return confirm(login, `${lines.join('\n')}\nAre you sure you want to continue connecting (yes/no)? `, undefined);
  }
  await log.info(lines.join('\n'));
  if (strict !== 'yes') return true;
  await log.error('Exiting, you have requested strict checking.');
  return false;
}

async function checkNew(login: Login, checked: CheckedKey, known: KnownHosts): Promise<boolean> {
  const { log, settings } = login;
  if (await isKnownWithoutPort(login, checked, known)) return true;
  const strict = settings.settings.get('StrictHostKeyChecking');
  if (strict === 'yes') {
    await log.error(
      `No ${checked.keyName} host key is known for ${checked.host} and you have requested strict checking.`,
    );
    return false;
  }
  if (strict === 'ask') {
    if (!(await askAboutNew(login, checked, known))) return false;
  } else {
    login.updatesDisabled = true;
  }
  await remember(login, checked, known);
  return true;
}

/** A key that is known for the host on its usual port is as good. */
async function isKnownWithoutPort(login: Login, checked: CheckedKey, known: KnownHosts): Promise<boolean> {
  const { log, settings } = login;
  if (settings.settings.get('HostKeyAlias') !== undefined || settings.port === 22) return false;
  await log.debug1('checking without port identifier');
  const found = lookUpHostKey(known.sources, settings.host, checked.lineKey);
  if (found.status !== 'found') return false;
  await sayKnown(login, { ...checked, host: settings.host }, found.at);
  await log.debug1('found matching key w/out port');
  login.updatesDisabled = true;
  return true;
}

async function askAboutNew(login: Login, checked: CheckedKey, known: KnownHosts): Promise<boolean> {
  const { settings, texts } = login;
  const shown = showFingerprint(login, checked.blob);
  const question = texts.hostKeyQuestion({
    host: `${checked.host} (${checked.address})`,
    keyName: checked.keyName,
    fingerprint: shown,
    randomart: settings.settings.get('VisualHostKey') ? showRandomart(login, checked.key) : undefined,
    otherNames: otherNames(login, checked, known),
  });
  return confirm(login, question, texts.fingerprintIsAnswer ? shown : undefined);
}

/** Under which other names the key is known: other_hostkeys_message(), eight at most. */
function otherNames(login: Login, checked: CheckedKey, known: KnownHosts): readonly string[] {
  const { home } = login.settings.localUser;
  const lines = otherNamesOfKey(known.sources, checked.host, checked.lineKey).map(({ path, entry }) => {
    const file = path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
    return `    ${file}:${entry.number}: ${entry.isHashed ? '[hashed name]' : entry.hosts}`;
  });
  const omitted = lines.length - 8;
  return omitted > 0 ? [...lines.slice(0, 8), `    (${omitted} additional names omitted)`] : lines;
}

/** confirm() of sshconnect.c. */
async function confirm(login: Login, question: string, answer: string | undefined): Promise<boolean> {
  const { settings, texts, system } = login;
  if (settings.settings.get('BatchMode')) return false;
  const exact = system.host.openSsh === '10';
  for (let prompt = question; ; prompt = texts.askedAgain) {
    const line = await readPassphrase(system, prompt, { echo: true });
    const [word = ''] = line.replace(/^[ \t]+/, '').split(/[ \t\n]/);
    const lower = exact ? word.toLowerCase() : word.toLowerCase().slice(0, 3);
    if (word === '' || lower === 'no' || (!exact && lower.startsWith('no'))) return false;
    if (lower === 'yes' || word === answer) return true;
  }
}

/** Adds the key to the first of the user's files, with the address where it is checked too. */
async function remember(login: Login, checked: CheckedKey, known: KnownHosts): Promise<void> {
  const { log, settings } = login;
  const withAddress =
    settings.settings.get('CheckHostIP') &&
    checked.host !== checked.address &&
    lookUpHostKey(known.sources, checked.address, checked.lineKey).status === 'new';
  const names = withAddress ? [checked.host, checked.address] : [checked.host];
  const added = await add(login, known, { names, key: checked.lineKey });
  await log.info(
    added
      ? `Warning: Permanently added '${names.join(',')}' (${checked.keyName}) to the list of known hosts.`
      : `Failed to add the host to the list of known hosts (${known.userFiles[0] ?? ''}).`,
  );
}

async function checkRevoked(login: Login, checked: CheckedKey): Promise<boolean> {
  const { log, settings } = login;
  for (const line of revokedKeyWarning(checked.keyName, checked.host)) await log.error(line);
  if (settings.settings.get('StrictHostKeyChecking') !== 'no') {
    await log.error(
      `${checked.keyName} host key for ${checked.host} was revoked and you have requested strict checking.`,
    );
    return false;
  }
  await continueUnsafely(login);
  return true;
}

async function checkChanged(login: Login, checked: CheckedKey, { known, at }: Conflict): Promise<boolean> {
  const { log, settings, texts } = login;
  const shown = showFingerprint(login, checked.blob);
  for (const line of changedKeyWarning(checked.keyName, shown)) await log.error(line);
  const [file] = known.userFiles;
  if (file !== undefined) await log.error(`Add correct host key in ${file} to get rid of this message.`);
  await log.error(`Offending ${keyName(at.entry.key)} key in ${at.path}:${at.entry.number}`);
  if (settings.settings.get('StrictHostKeyChecking') !== 'no') {
    await log.error(texts.changedLast(checked.keyName, checked.host));
    return false;
  }
  await continueUnsafely(login);
  return true;
}

/** Nothing secret goes to a server that may be another. */
async function continueUnsafely(login: Login): Promise<void> {
  const { log, settings, texts } = login;
  const reason = 'is disabled to avoid man-in-the-middle attacks.';
  if (settings.settings.get('PasswordAuthentication')) await log.error(`Password authentication ${reason}`);
  login.passwordsDisabled = true;
  if (settings.settings.get('KbdInteractiveAuthentication')) {
    await log.error(`Keyboard-interactive authentication ${reason}`);
  }
  const isUpdating = !login.updatesDisabled && updateHostKeysOf(settings.settings) !== 'no';
  if (texts.updateDisabled !== undefined && isUpdating) await log.error(texts.updateDisabled);
  login.updatesDisabled = true;
}
