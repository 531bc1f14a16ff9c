/** ssh-keygen without an operation: makes a key pair, asks where it goes and for a passphrase, and shows what was made. */
import {
  encodePublicKey,
  fingerprint,
  fingerprintBody,
  generateKey,
  printPublicLine,
  publicKeyOf,
  randomart,
  writeOpensshKey,
  writePkcs1Key,
  type PrivateKey,
} from '@seashell/core/keys';
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError, type SystemError } from '@seashell/system';
import { runLongWork } from '../identity/load-key.ts';
import { answerLater } from '../later.ts';
import { findStatus } from '../storage/read-file.ts';
import { replaceFile } from '../storage/write-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { readInputLine, readPassphrase } from '../terminal/read-passphrase.ts';
import { readKeyWish, type WantedKey } from './key-request.ts';
import type { KeygenRun } from './run.ts';
import type { Failure } from './texts.ts';

export async function generateKeyPair(run: KeygenRun): Promise<number> {
  const read = readKeyWish(run.request, run.system.host.openSsh, run.texts);
  if (read.type === 'failure') return run.fail(read.failure);
  if (read.type === 'later') return answerLater(run.system, 'ssh-keygen', `key type ${read.name}`);
  const rounds = run.request.rounds ?? (run.isOld ? 16 : 24);
  if (!run.request.quiet) await run.print(run.texts.generating(read.key.shown));
  const key = await makeKey(run, read.key);
  return saveKeyPair(run, { key, wanted: read.key, rounds });
}

function makeKey(run: KeygenRun, wanted: WantedKey): Promise<PrivateKey> {
  const random = (length: number) => run.system.random.bytes(length);
  return runLongWork(run.system, generateKey({ type: wanted.type, bits: wanted.bits, random }));
}

interface MadeKey {
  readonly key: PrivateKey;
  readonly wanted: WantedKey;
  readonly rounds: number;
}

async function saveKeyPair(run: KeygenRun, made: MadeKey): Promise<number> {
  const file = await run.askFile(run.texts.askSaveFile, run.defaultFile(made.wanted.keygenName));
  if (file === undefined) return 1;
  await makeDotSsh(run, file);
  if (!(await mayWrite(run, file))) return 1;
  const passphrase = await askPassphrase(run, file);
  const comment = run.request.comment ?? `${run.user.name}@${run.system.host.hostname}`;
  if (isTooShort(run, made.key, passphrase)) {
    const [, ...saving] = run.texts.saveFailed(file, '');
    const short = `passphrase too short: have ${utf8Encode(passphrase).length} bytes, need > 4`;
    return failWith(run, [{ text: short, to: 'log', status: 1 }, ...saving]);
  }
  const text = await printPrivateKey(run, made, { passphrase, comment });
  const failure = await writeKeyFile(run, { path: file, bytes: utf8Encode(text), mode: 0o600 });
  if (failure !== undefined) return failWith(run, run.texts.saveFailed(file, failure.message));
  if (!run.request.quiet) await run.print(run.texts.identificationSaved(file));
  return savePublicKey(run, { key: made.key, file, comment });
}

/** hostfile_create_user_ssh_dir(): only when the file goes there. */
async function makeDotSsh(run: KeygenRun, file: string): Promise<void> {
  const directory = `${run.user.home}/.ssh`;
  if (!file.startsWith(`${directory}/`) || (await findStatus(run.system, directory)) !== undefined) return;
  try {
    await run.system.files.makeDirectory(directory, 0o700);
    if (!run.request.quiet) await run.log.info(run.texts.createdDirectory(directory));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await run.log.error(`Could not create directory '${directory}' (${error.message}).`);
  }
}

/** confirm_overwrite(): only an answer that begins with y or Y. */
async function mayWrite(run: KeygenRun, file: string): Promise<boolean> {
  if ((await findStatus(run.system, file)) === undefined) return true;
  await run.print(run.texts.exists(file));
  await writeAll(run.system.streams, 1, run.texts.askOverwrite);
  const answer = await readInputLine(run.system);
  return answer !== undefined && /^[yY]/.test(answer);
}

async function askPassphrase(run: KeygenRun, file: string): Promise<string> {
  const given = run.request.newPassphrase ?? run.request.passphrase;
  if (given !== undefined) return given;
  for (;;) {
    const first = await readPassphrase(run.system, run.texts.askPassphrase(file), { allowStdin: true });
    const second = await readPassphrase(run.system, run.texts.askPassphraseAgain, { allowStdin: true });
    if (first === second) return first;
    await run.print(run.texts.passphrasesDiffer);
  }
}

interface KeyFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

async function writeKeyFile(run: KeygenRun, file: KeyFile): Promise<SystemError | undefined> {
  try {
    await replaceFile(run.system, file.path, file);
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return error;
    throw error;
  }
}

async function failWith(run: KeygenRun, failures: readonly Failure[]): Promise<number> {
  let status = 1;
  for (const failure of failures) status = await run.fail(failure);
  return status;
}

/** 6.6 writes PEM for all but Ed25519, and PEM wants five characters. */
function isTooShort(run: KeygenRun, key: PrivateKey, passphrase: string): boolean {
  const { length } = utf8Encode(passphrase);
  return run.isOld && key.type === 'ssh-rsa' && length > 0 && length < 5;
}

interface Protection {
  readonly passphrase: string;
  readonly comment: string;
}

async function printPrivateKey(run: KeygenRun, made: MadeKey, { passphrase, comment }: Protection): Promise<string> {
  const random = (length: number) => run.system.random.bytes(length);
  const options = { comment, passphrase: utf8Encode(passphrase), rounds: made.rounds, random };
  if (run.isOld && made.key.type === 'ssh-rsa') return writePkcs1Key(made.key, options);
  const cipher = run.isOld ? { cipher: 'aes256-cbc' } : {};
  return runLongWork(run.system, writeOpensshKey(made.key, { ...options, ...cipher }));
}

interface SavedKey {
  readonly key: PrivateKey;
  readonly file: string;
  readonly comment: string;
}

async function savePublicKey(run: KeygenRun, saved: SavedKey): Promise<number> {
  const path = `${saved.file}.pub`;
  const publicKey = publicKeyOf(saved.key);
  const bytes = utf8Encode(`${printPublicLine(publicKey, saved.comment)}\n`);
  const failure = await writeKeyFile(run, { path, bytes, mode: 0o644 });
  if (failure !== undefined) {
    return run.fail({ text: `Unable to save public key to ${path}: ${failure.message}`, to: 'log', status: 1 });
  }
  if (run.request.quiet) return 0;
  const blob = encodePublicKey(publicKey);
  const hash = run.isOld ? 'md5' : 'sha256';
  await run.print(run.texts.publicKeySaved(path));
  await run.print(run.texts.fingerprintIs);
  await run.print(`${run.isOld ? fingerprintBody(blob, hash) : fingerprint(blob, hash)} ${saved.comment}`);
  await run.print(run.texts.randomartIs);
  await run.print(randomart(publicKey, { hash, openssh: run.system.host.openSsh }));
  return 0;
}
