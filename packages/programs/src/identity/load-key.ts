/** Keys from files as OpenSSH's programs load them (authfile.c): public ones from wherever they can be had, private ones guarded. */
import {
  keyTypesOf,
  runInSlices,
  type KeyTypes,
  type LongWork,
  type OpenedPrivateKey,
  type PrivateKey,
  type PrivateKeyFormatRow,
  type PublicKey,
} from '@seashell/core/keys';
import { DecodeError, utf8Encode } from '@seashell/core/wire';
import { isSystemError, type System } from '@seashell/system';
import type { Log } from '../logging/log.ts';
import { readFile } from '../storage/read-file.ts';
import { keyFileReaderOf } from './key-file-format.ts';
import { loadPublicFile, loadPublicHalf } from './load-public.ts';

export type KeyLoadingSystem = Pick<System, 'files' | 'streams' | 'process' | 'clock' | 'host'>;

export interface LoadedPublicKey {
  readonly key: PublicKey;
  readonly blob: Uint8Array;
  readonly comment: string;
}

/** A plain public key; of a certificate's file, that of the private key in it, for certificates are not used to log in yet. */
export async function loadPublicKey(system: KeyLoadingSystem, path: string): Promise<LoadedPublicKey | undefined> {
  const loaded = await loadPublicFile(system, path);
  const plain = loaded?.held.kind === 'key' ? loaded : await loadPublicHalf(system, path);
  return plain === undefined ? undefined : { ...plain.held, comment: plain.comment };
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

async function openKey(system: KeyLoadingSystem, file: Uint8Array, passphrase: string): Promise<LoadedPrivateKey> {
  const reader = await keyFileReaderOf(file);
  if (reader === 'not loaded') return { outcome: 'failed', why: 'the code for this format did not come' };
  if (reader === undefined) return { outcome: 'failed', why: 'invalid format' };
  const { format, ciphers } = reader;
  const keyTypes = keyTypesOf(system.host.openSsh);
  try {
    if (isOfUnknownType(format, file, keyTypes)) return { outcome: 'failed', why: unknownTypeWords };
    const secret = passphrase === '' ? {} : { passphrase: utf8Encode(passphrase) };
    const work = format.open(file, { ...secret, keyTypes, ciphers });
    const opened = await runLongWork(system, work);
    if (opened.outcome === 'key') return { ...opened, hasComment: format.hasComment };
    if (opened.outcome === 'unsupported') return { outcome: 'failed', why: unsupportedWords(opened, format) };
    return { outcome: 'wrong-passphrase' };
  } catch (error) {
    if (error instanceof DecodeError) return { outcome: 'failed', why: 'invalid format' };
    throw error;
  }
}

const unknownTypeWords = 'unknown or unsupported key type';

/** OpenSSH's own format says the type in the clear, and it is looked at before the passphrase. */
function isOfUnknownType(format: PrivateKeyFormatRow, file: Uint8Array, keyTypes: KeyTypes): boolean {
  return format.name === 'openssh' && format.inspect(file, keyTypes).publicKey === undefined;
}

function unsupportedWords(
  { what }: Extract<OpenedPrivateKey, { readonly outcome: 'unsupported' }>,
  format: PrivateKeyFormatRow,
): string {
  if (what !== 'key type') return 'key encrypted using unsupported cipher';
  return format.name === 'openssh' ? unknownTypeWords : 'invalid format';
}

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
