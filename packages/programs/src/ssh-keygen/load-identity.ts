/** The private key of a run: load_identity() of ssh-keygen.c, without a passphrase first, then with the one of -P or the one typed. */
import { loadPrivateKey, wrongPassphraseWords, type LoadedKey, type LoadedPrivateKey } from '../identity/load-key.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import type { KeygenRun } from './run.ts';

export interface OpenedIdentity {
  readonly loaded: LoadedPrivateKey;
  /** With which it opened; empty without one. */
  readonly passphrase: string;
}

/** Opens the file, asking `prompt` if it has a passphrase and none was given. */
export async function openIdentity(run: KeygenRun, path: string, prompt: string): Promise<OpenedIdentity> {
  const { system, request } = run;
  const plain = await tryPassphrase(run, path, '');
  if (!mayNeedPassphrase(run, plain)) return { loaded: plain, passphrase: '' };
  const passphrase = request.passphrase ?? (await readPassphrase(system, prompt, { allowStdin: true }));
  return { loaded: await tryPassphrase(run, path, passphrase), passphrase };
}

/** Tries the file with one passphrase, empty for none. 6.6 says here that it passes over a file that others may read. */
export async function tryPassphrase(run: KeygenRun, path: string, passphrase: string): Promise<LoadedPrivateKey> {
  const { system, log, isOld } = run;
  const loaded = await loadPrivateKey(system, { path, passphrase, log });
  if (isOld && loaded.outcome === 'bad-permissions') await log.error(`bad permissions: ignore key: ${path}`);
  return loaded;
}

/** 6.6 asks after every failure. */
function mayNeedPassphrase(run: KeygenRun, loaded: LoadedPrivateKey): boolean {
  return run.isOld ? loaded.outcome !== 'key' : loaded.outcome === 'wrong-passphrase';
}

/** What OpenSSH says of a file that did not open, after `Load key "...": `. */
export function formatOpenFailure(loaded: Exclude<LoadedPrivateKey, LoadedKey>): string {
  if (loaded.outcome === 'bad-permissions') return 'bad permissions';
  return loaded.outcome === 'wrong-passphrase' ? wrongPassphraseWords : loaded.why;
}

/** The key of `-y` and `-e`, or the exit status after its words. */
export async function loadIdentity(run: KeygenRun, path: string): Promise<LoadedKey | number> {
  const { loaded } = await openIdentity(run, path, run.texts.askPassphraseToLoad(path));
  if (loaded.outcome === 'key') return loaded;
  return run.fail(run.texts.loadKey(path, formatOpenFailure(loaded)));
}
