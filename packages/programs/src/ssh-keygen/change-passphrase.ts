/** ssh-keygen -p: another passphrase, or none, for a private key; the file is written anew in the format that -m, -Z and -a ask for. */
import type { PrivateKey } from '@seashell/core/keys';
import { statusError } from '../storage/read-file.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import { formatOpenFailure, openIdentity } from './load-identity.ts';
import { formatPrintable } from './printable.ts';
import type { KeygenRun } from './run.ts';
import { applyFlagOptions } from './security-key-options.ts';
import { savePrivateKey } from './write-private.ts';

export async function changePassphrase(run: KeygenRun): Promise<number> {
  const { texts } = run;
  const path = await run.askFile();
  if (typeof path === 'number') return path;
  const missing = await statusError(run.system, path);
  if (missing !== undefined) return run.fail(texts.missing(path, missing));
  const { loaded } = await openIdentity(run, path, 'Enter old passphrase: ');
  if (loaded.outcome !== 'key') return run.fail(texts.changeLoadFailed(path, formatOpenFailure(loaded)));
  // 6.6 keeps no comment of the key: it shows the file's name.
  if (run.isOld) await run.print(`Key has comment '${path}'`);
  else if (loaded.hasComment) {
    const comment = formatPrintable(loaded.comment, run.system.process.environment);
    await run.print(`Key has comment '${comment}'`);
  }
  const key = run.isOld ? loaded.key : await withFlagOptions(run, path, loaded.key);
  if (typeof key === 'number') return key;
  const passphrase = await askNewPassphrase(run);
  if (passphrase === undefined) return 1;
  const comment = run.isOld ? path : loaded.comment;
  const failure = await savePrivateKey(run, { path, key, comment, passphrase });
  if (failure !== undefined) return run.failAll(texts.saveFailed(path, failure));
  await run.print('Your identification has been saved with the new passphrase.');
  return 0;
}

async function withFlagOptions(run: KeygenRun, path: string, key: PrivateKey): Promise<PrivateKey | number> {
  const changed = applyFlagOptions(key, run.request.options, path);
  return changed.ok ? changed.key : run.fail({ text: changed.words, to: 'log', status: 255 });
}

async function askNewPassphrase(run: KeygenRun): Promise<string | undefined> {
  if (run.request.newPassphrase !== undefined) return run.request.newPassphrase;
  const prompt = 'Enter new passphrase (empty for no passphrase): ';
  const first = await readPassphrase(run.system, prompt, { allowStdin: true });
  const second = await readPassphrase(run.system, run.texts.askPassphraseAgain, { allowStdin: true });
  if (first === second) return first;
  await run.print('Pass phrases do not match.  Try again.');
  return undefined;
}
