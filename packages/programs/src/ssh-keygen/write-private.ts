/** A private key's file: its format by -m, -o and the key type, its passphrase, and where it goes. */
import {
  findPrivateKeyFormat,
  traditionalFormatOf,
  writePrivateKey,
  type PrivateKey,
  type PrivateKeyFormat,
} from '@seashell/core/keys';
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { runLongWork } from '../identity/load-key.ts';
import { saveFile } from '../storage/save-file.ts';
import type { KeygenRun } from './run.ts';
import type { SaveFailure } from './texts.ts';

export interface PrivateFile {
  readonly path: string;
  readonly key: PrivateKey;
  readonly comment: string;
  /** Empty: none. */
  readonly passphrase: string;
}

const minimumPassphraseBytes = 5;

/** Writes the key whole or not at all. */
export async function savePrivateKey(run: KeygenRun, file: PrivateFile): Promise<SaveFailure | undefined> {
  const format = formatFor(run, file.key.type);
  const sizeBytes = utf8Encode(file.passphrase).length;
  if (format !== 'openssh' && sizeBytes > 0 && sizeBytes < minimumPassphraseBytes) {
    return { type: 'short-passphrase', sizeBytes };
  }
  if (format === undefined) return { type: 'invalid-format' };
  const text = await printPrivateKey(run, file, format);
  if (text === undefined) return { type: 'bad-cipher' };
  try {
    await saveFile(run.system, file.path, { bytes: utf8Encode(text), mode: 0o600 });
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return { type: 'system', why: error.message };
    throw error;
  }
}

/** Undefined where the type has no such format. OpenSSH writes its own where -m cannot be obeyed, but for Ed25519 and PEM. */
function formatFor(run: KeygenRun, keyType: string): PrivateKeyFormat | undefined {
  const traditional = traditionalFormatOf(keyType);
  if (run.isOld) return run.request.newFormat ? 'openssh' : (traditional ?? 'openssh');
  const pkcs8 = findPrivateKeyFormat('pkcs8')?.holds(keyType) === true ? 'pkcs8' : 'openssh';
  if (run.request.format === 'PKCS8') return pkcs8;
  if (run.request.format !== 'PEM') return 'openssh';
  return traditional ?? (pkcs8 === 'pkcs8' ? undefined : 'openssh');
}

async function printPrivateKey(
  run: KeygenRun,
  file: PrivateFile,
  format: PrivateKeyFormat,
): Promise<string | undefined> {
  const random = (length: number) => run.system.random.bytes(length);
  const passphrase = utf8Encode(file.passphrase);
  if (format !== 'openssh') {
    return runLongWork(run.system, writePrivateKey(file.key, { format, passphrase, random }));
  }
  const cipher = run.request.cipher ?? (run.isOld ? 'aes256-cbc' : 'aes256-ctr');
  const rounds = run.request.rounds ?? (run.isOld ? 16 : 24);
  const options = { comment: file.comment, rounds, random };
  // The cipher `none` of 10 leaves the key as it is, whatever the passphrase.
  if (file.passphrase === '' || (!run.isOld && cipher === 'none')) {
    return runLongWork(run.system, writePrivateKey(file.key, options));
  }
  if (findPrivateKeyFormat('openssh')?.ciphers.includes(cipher) !== true) return undefined;
  return runLongWork(run.system, writePrivateKey(file.key, { ...options, passphrase, cipher }));
}
