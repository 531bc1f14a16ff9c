/** Keys from files as OpenSSH's programs load them (authfile.c): public ones from wherever they can be had, private ones guarded. */
import {
  findPrivateKeyFormat,
  inspectPrivateKey,
  openPrivateKey,
  parsePublicLine,
  privateKeyFormatOf,
  encodePublicKey,
  runInSlices,
  type LongWork,
  type PrivateKey,
  type PrivateKeyFormatRow,
  type PublicKey,
} from '@seashell/core/keys';
import { DecodeError, utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { isSystemError, type System } from '@seashell/system';
import type { Log } from '../logging/log.ts';
import { readFile } from '../storage/read-file.ts';

export type KeyLoadingSystem = Pick<System, 'files' | 'streams' | 'process' | 'clock'>;

export interface LoadedPublicKey {
  readonly key: PublicKey;
  readonly blob: Uint8Array;
  readonly comment: string;
}

export interface LoadedPublicFile extends LoadedPublicKey {
  /** As ssh-keygen -l shows it: the path of a public file without a comment, empty for a private file. */
  readonly commentOrPath: string;
}

/** sshkey_load_public(): the file as a public key, `.pub` beside it, or the public half of the private key in it. */
export async function loadPublicKey(system: KeyLoadingSystem, path: string): Promise<LoadedPublicFile | undefined> {
  return (
    (await tryPublicFile(system, path)) ??
    (await tryPublicFile(system, `${path}.pub`)) ??
    (await tryPrivateFile(system, path))
  );
}

/** sshkey_load_public() without the private file: the file as a public key, or `.pub` beside it. */
export async function loadPublicLine(system: KeyLoadingSystem, path: string): Promise<LoadedPublicFile | undefined> {
  return (await tryPublicFile(system, path)) ?? (await tryPublicFile(system, `${path}.pub`));
}

async function tryPublicFile(system: KeyLoadingSystem, path: string): Promise<LoadedPublicFile | undefined> {
  const bytes = await tryRead(system, path);
  if (bytes === undefined) return undefined;
  for (const line of utf8DecodeLossy(bytes).split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue;
    const parsed = parsePublicLine(line);
    if (!parsed.ok) return undefined;
    const { key, blob, comment } = parsed;
    return { key, blob, comment, commentOrPath: comment === '' ? path : comment };
  }
  return undefined;
}

async function tryPrivateFile(system: KeyLoadingSystem, path: string): Promise<LoadedPublicFile | undefined> {
  const bytes = await tryRead(system, path);
  if (bytes === undefined || opensshFormatOf(bytes) === undefined) return undefined;
  try {
    const key = inspectPrivateKey(bytes).publicKey;
    return key === undefined ? undefined : { key, blob: encodePublicKey(key), comment: '', commentOrPath: '' };
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

async function tryRead(system: KeyLoadingSystem, path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(system, path);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

export interface LoadedKey {
  readonly outcome: 'key';
  readonly key: PrivateKey;
  readonly comment: string;
  /** Whether the file's format holds a comment, empty or not. */
  readonly hasComment: boolean;
}

export type LoadedPrivateKey =
  | LoadedKey
  | { readonly outcome: 'wrong-passphrase' }
  /** The file is not there. */
  | { readonly outcome: 'missing'; readonly why: string }
  /** Others may read it; the warning has been said. */
  | { readonly outcome: 'bad-permissions' }
  /** In ssherr.c's words. */
  | { readonly outcome: 'failed'; readonly why: string };

export interface PrivateKeyRequest {
  readonly path: string;
  /** Empty: none. */
  readonly passphrase: string;
  readonly log: Pick<Log, 'error'>;
}

/** sshkey_load_private(): refuses a file of ours that others may read, and says so. */
export async function loadPrivateKey(system: KeyLoadingSystem, request: PrivateKeyRequest): Promise<LoadedPrivateKey> {
  const { path, log } = request;
  try {
    const status = await system.files.status(path);
    if (status.uid === system.process.credentials.uid && (status.mode & 0o077) !== 0) {
      for (const line of unprotectedKeyLines(path, status.mode)) await log.error(line);
      return { outcome: 'bad-permissions' };
    }
    return await openKey(system, await readFile(system, path), request.passphrase);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT'
      ? { outcome: 'missing', why: error.message }
      : { outcome: 'failed', why: error.message };
  }
}

/** PuTTY's files are no key files to OpenSSH. */
function opensshFormatOf(file: Uint8Array): PrivateKeyFormatRow | undefined {
  const name = privateKeyFormatOf(file);
  return name === undefined || name.startsWith('ppk') ? undefined : findPrivateKeyFormat(name);
}

async function openKey(system: KeyLoadingSystem, file: Uint8Array, passphrase: string): Promise<LoadedPrivateKey> {
  const format = opensshFormatOf(file);
  if (format === undefined) return { outcome: 'failed', why: 'invalid format' };
  try {
    const work = openPrivateKey(file, passphrase === '' ? {} : { passphrase: utf8Encode(passphrase) });
    const opened = await runLongWork(system, work);
    if (opened.outcome === 'key') return { ...opened, hasComment: format.hasComment };
    if (opened.outcome === 'unsupported') return { outcome: 'failed', why: unsupportedWords[opened.what] };
    return { outcome: 'wrong-passphrase' };
  } catch (error) {
    if (error instanceof DecodeError) return { outcome: 'failed', why: 'invalid format' };
    throw error;
  }
}

const unsupportedWords = {
  cipher: 'key encrypted using unsupported cipher',
  kdf: 'key encrypted using unsupported cipher',
  'key type': 'unknown or unsupported key type',
} as const;

/** Runs a long computation in slices: between them the process can be stopped, and time passes. */
export function runLongWork<T>(system: Pick<System, 'streams' | 'clock'>, work: LongWork<T>): Promise<T> {
  return runInSlices(work, {
    stepsPerSlice: 4,
    pause: async () => {
      await system.streams.poll([], system.clock.monotonic());
    },
  });
}

/** authfile.c sshkey_perm_ok(). */
export function unprotectedKeyLines(path: string, mode: number): readonly string[] {
  const frame = '@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@';
  return [
    frame,
    '@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @',
    frame,
    `Permissions 0${(mode & 0o777).toString(8).padStart(3, '0')} for '${path}' are too open.`,
    'It is required that your private key files are NOT accessible by others.',
    'This private key will be ignored.',
  ];
}

/** ssherr.c, SSH_ERR_KEY_WRONG_PASSPHRASE. */
export const wrongPassphraseWords = 'incorrect passphrase supplied to decrypt private key';
