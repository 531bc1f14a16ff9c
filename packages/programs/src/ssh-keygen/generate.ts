/** ssh-keygen without an operation: makes a key pair, asks where it goes and for a passphrase, and shows what was made. */
import {
  encodePublicKey,
  fingerprint,
  fingerprintBody,
  generateKey,
  publicKeyOf,
  randomart,
} from '@seashell/core/keys';
import type { PrivateKey } from '@seashell/core/keys';
import { isSystemError } from '@seashell/system';
import { runLongWork } from '../identity/load-key.ts';
import { answerLater } from '../later.ts';
import { statusError } from '../storage/read-file.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import { mayWrite } from './confirm-overwrite.ts';
import { readKeyWish, type WantedKey } from './key-request.ts';
import type { KeygenRun } from './run.ts';
import { savePublicKey } from './save-public.ts';
import { enrollSecurityKey, saveAttestation } from './security-key.ts';
import { savePrivateKey } from './write-private.ts';

export async function generateKeyPair(run: KeygenRun): Promise<number> {
  const read = readKeyWish(run.request, run.system.host.openSsh, run.texts);
  if (read.type === 'failure') return run.fail(read.failure);
  if (read.type === 'unavailable') return answerLater(run.system, 'ssh-keygen', `key type ${read.name}`);
  const shown = read.type === 'key' ? read.key.shown : read.shown;
  if (!run.request.quiet) await run.print(run.texts.generating(shown));
  if (read.type === 'certificate') return run.fail(run.texts.certificateNotGenerated);
  if (!read.key.inAuthenticator) return saveKeyPair(run, await makeKey(run, read.key));
  const enrolled = await enrollSecurityKey(run, read.key);
  if (typeof enrolled === 'number') return enrolled;
  const { key, attestationPath } = enrolled;
  const status = await saveKeyPair(run, key);
  if (status !== 0 || attestationPath === undefined) return status;
  return (await saveAttestation(run, attestationPath)) ?? 0;
}

/** A key of this type, in slices: ^C ends it. */
export function makeKey(run: KeygenRun, wanted: Pick<WantedKey, 'type' | 'bits'>): Promise<PrivateKey> {
  const { type, bits } = wanted;
  const made = run.generateByPlatform?.({ type, bits });
  if (made !== undefined) return made;
  const random = (length: number) => run.system.random.bytes(length);
  return runLongWork(run.system, generateKey({ type, bits, random }));
}

async function saveKeyPair(run: KeygenRun, key: PrivateKey): Promise<number> {
  const path = await run.askFile(run.texts.askSaveFile);
  if (typeof path === 'number') return path;
  await makeDotSsh(run, path);
  if (!(await mayWrite(run, path))) return 1;
  const passphrase = await askPassphrase(run, path);
  const comment = run.request.comment ?? run.usualComment;
  const failure = await savePrivateKey(run, { path, key, comment, passphrase });
  if (failure !== undefined) return run.failAll(run.texts.saveFailed(path, failure));
  if (!run.request.quiet) await run.print(run.texts.identificationSaved(path));
  const publicPath = `${path}.pub`;
  const why = await savePublicKey(run, publicPath, { key: publicKeyOf(key), comment });
  if (why !== undefined) return run.fail(run.texts.savePublicFailed(publicPath, why));
  if (!run.request.quiet) await showMade(run, { key, publicPath, comment });
  return 0;
}

/** hostfile_create_user_ssh_dir(): only when the file goes there. */
async function makeDotSsh(run: KeygenRun, file: string): Promise<void> {
  const directory = `${run.user.home}/.ssh`;
  const goesThere = run.isOld ? file.includes(directory) : file.startsWith(`${directory}/`);
  if (!goesThere || (await statusError(run.system, directory)) === undefined) return;
  try {
    await run.system.files.makeDirectory(directory, 0o700);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await run.log.error(run.texts.directoryFailed(directory, error.message));
    return;
  }
  if (run.request.quiet) return;
  const words = run.texts.createdDirectory(directory);
  await (run.isOld ? run.print(words) : run.log.info(words));
}

/** private_key_passphrase(): twice, until both are the same. */
async function askPassphrase(run: KeygenRun, file: string): Promise<string> {
  const given = run.isOld ? (run.request.passphrase ?? run.request.newPassphrase) : undefined;
  const wanted = given ?? run.request.newPassphrase ?? run.request.passphrase;
  if (wanted !== undefined) return wanted;
  for (;;) {
    const first = await readPassphrase(run.system, run.texts.askPassphrase(file), { allowStdin: true });
    const second = await readPassphrase(run.system, run.texts.askPassphraseAgain, { allowStdin: true });
    if (first === second) return first;
    await run.print(run.texts.passphrasesDiffer);
  }
}

interface MadeKey {
  readonly key: PrivateKey;
  readonly publicPath: string;
  readonly comment: string;
}

async function showMade(run: KeygenRun, made: MadeKey): Promise<void> {
  const blob = encodePublicKey(publicKeyOf(made.key));
  const hash = run.fingerprintHash;
  await run.print(run.texts.publicKeySaved(made.publicPath));
  await run.print(run.texts.fingerprintIs);
  await run.print(`${run.isOld ? fingerprintBody(blob, hash) : fingerprint(blob, hash)} ${made.comment}`);
  await run.print(run.texts.randomartIs);
  await run.print(randomart(publicKeyOf(made.key), { hash, openssh: run.system.host.openSsh }));
}
