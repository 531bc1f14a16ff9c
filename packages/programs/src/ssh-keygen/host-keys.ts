/** ssh-keygen -A: the host keys that are missing below /etc/ssh, each made beside its place and moved there. */
import { publicKeyOf, type PrivateKey } from '@seashell/core/keys';
import { isSystemError, type HostFacts } from '@seashell/system';
import { openTemporary, removeQuietly } from '../storage/save-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { makeKey } from './generate.ts';
import { readKeyWish, type WantedKey } from './key-request.ts';
import type { KeygenRun } from './run.ts';
import { savePublicKey } from './save-public.ts';
import { savePrivateKey } from './write-private.ts';

interface HostKeyRow {
  /** As after -t. */
  readonly type: string;
  readonly shown: string;
  readonly path: string;
}

/** Differs from OpenSSH: 6.6 made a key of SSH 1 too, /etc/ssh/ssh_host_key. */
const hostKeys: Readonly<Record<HostFacts['openSsh'], readonly HostKeyRow[]>> = {
  '10': [
    { type: 'rsa', shown: 'RSA', path: '/etc/ssh/ssh_host_rsa_key' },
    { type: 'ecdsa', shown: 'ECDSA', path: '/etc/ssh/ssh_host_ecdsa_key' },
    { type: 'ed25519', shown: 'ED25519', path: '/etc/ssh/ssh_host_ed25519_key' },
    { type: 'mldsa44-ed25519', shown: 'MLDSA44-ED25519', path: '/etc/ssh/ssh_host_mldsa44_ed25519_key' },
  ],
  '6.6': [
    { type: 'rsa', shown: 'RSA', path: '/etc/ssh/ssh_host_rsa_key' },
    { type: 'dsa', shown: 'DSA', path: '/etc/ssh/ssh_host_dsa_key' },
    { type: 'ecdsa', shown: 'ECDSA', path: '/etc/ssh/ssh_host_ecdsa_key' },
    { type: 'ed25519', shown: 'ED25519', path: '/etc/ssh/ssh_host_ed25519_key' },
  ],
};

export async function makeHostKeys(run: KeygenRun): Promise<number> {
  // 6.6 knows no prefix.
  const prefix = run.isOld ? '' : (run.request.file ?? '');
  let isFirst = true;
  for (const row of hostKeys[run.system.host.openSsh]) {
    const made = await makeIfMissing(run, row, { prefix, isFirst });
    if (made === 'failed') isFirst = true;
    if (made === 'made') isFirst = false;
  }
  if (!isFirst) await run.print('');
  return 0;
}

interface Progress {
  readonly prefix: string;
  /** Whether the line has to be begun. */
  readonly isFirst: boolean;
}

async function makeIfMissing(
  run: KeygenRun,
  row: HostKeyRow,
  { prefix, isFirst }: Progress,
): Promise<'there' | 'made' | 'failed'> {
  const path = `${prefix}${row.path}`;
  const size = await sizeOf(run, path);
  if (typeof size === 'string') {
    // 10 names the place without the prefix.
    await run.log.error(`Could not stat ${row.path}: ${size}`);
    return 'failed';
  }
  if (size !== undefined && (run.isOld || size > 0)) return 'there';
  const read = readKeyWish({ type: row.type, bits: undefined }, run.system.host.openSsh, run.texts);
  if (read.type !== 'key') return 'there';
  if (isFirst) await writeAll(run.system.streams, 1, 'ssh-keygen: generating new host keys: ');
  await writeAll(run.system.streams, 1, `${row.shown} `);
  return makeAndPlace(run, read.key, path);
}

/** Undefined where there is no file; the system's words where that cannot be told. */
async function sizeOf(run: KeygenRun, path: string): Promise<number | string | undefined> {
  try {
    return (await run.system.files.status(path)).sizeBytes;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? undefined : error.message;
  }
}

function makeAndPlace(run: KeygenRun, wanted: WantedKey, path: string): Promise<'made' | 'failed'> {
  return run.isOld ? makeInPlace(run, wanted, path) : makeBeside(run, wanted, path);
}

async function makeInPlace(run: KeygenRun, wanted: WantedKey, path: string): Promise<'made' | 'failed'> {
  const key = await makeKey(run, wanted);
  const comment = run.usualComment;
  const failure = await savePrivateKey(run, { path, key, comment, passphrase: '' });
  if (failure !== undefined) {
    await run.failAll(run.texts.saveFailed(path, failure));
    return 'failed';
  }
  const publicPath = `${path}.pub`;
  const why = await savePublicKey(run, publicPath, { key: publicKeyOf(key), comment });
  if (why !== undefined) await run.print(`Could not save your public key in ${publicPath}`);
  return why === undefined ? 'made' : 'failed';
}

/** Both files are whole before the first is moved, the public one first. */
async function makeBeside(run: KeygenRun, wanted: WantedKey, path: string): Promise<'made' | 'failed'> {
  const temporary = await reserve(run, path, { mode: 0o600, what: 'private' });
  if (temporary === undefined) return 'failed';
  const key = await makeKey(run, wanted);
  const publicTemporary = await reserve(run, `${path}.pub`, { mode: 0o644, what: 'public' });
  const isMade =
    publicTemporary !== undefined &&
    (await saveBoth(run, key, { temporary, publicTemporary })) &&
    (await move(run, publicTemporary, `${path}.pub`)) &&
    (await move(run, temporary, path));
  if (isMade) return 'made';
  await removeQuietly(run.system, temporary);
  if (publicTemporary !== undefined) await removeQuietly(run.system, publicTemporary);
  return 'failed';
}

interface Reservation {
  readonly mode: number;
  readonly what: 'private' | 'public';
}

/** A name beside the place, as mkstemp(3) takes one. */
async function reserve(run: KeygenRun, path: string, { mode, what }: Reservation): Promise<string | undefined> {
  try {
    const temporary = await openTemporary(run.system, path, mode);
    await run.system.streams.close(temporary.descriptor);
    return temporary.path;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await run.log.error(`Could not save your ${what} key in ${error.path ?? path}: ${error.message}`);
    return undefined;
  }
}

interface Temporaries {
  readonly temporary: string;
  readonly publicTemporary: string;
}

async function saveBoth(run: KeygenRun, key: PrivateKey, files: Temporaries): Promise<boolean> {
  const comment = run.usualComment;
  const failure = await savePrivateKey(run, { path: files.temporary, key, comment, passphrase: '' });
  if (failure !== undefined) {
    await run.failAll(run.texts.saveFailed(files.temporary, failure));
    return false;
  }
  const why = await savePublicKey(run, files.publicTemporary, { key: publicKeyOf(key), comment });
  if (why !== undefined) await run.log.error(`Unable to save public key to ${run.request.file ?? ''}: ${why}`);
  return why === undefined;
}

async function move(run: KeygenRun, from: string, to: string): Promise<boolean> {
  try {
    await run.system.files.rename(from, to);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await run.log.error(`Unable to move ${to} into position: ${error.message}`);
    return false;
  }
}
