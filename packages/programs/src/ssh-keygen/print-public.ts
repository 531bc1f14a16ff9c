/** ssh-keygen -y: the public line of a private key. */
import { printPublicLine, publicKeyOf } from '@seashell/core/keys';
import { loadPrivateKey, wrongPassphraseWords, type LoadedPrivateKey } from '../identity/load-key.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import type { KeygenRun } from './run.ts';

export async function printPublicKey(run: KeygenRun): Promise<number> {
  const file = await run.askFile(run.texts.askFile, run.defaultFile(run.isOld ? 'rsa' : 'ed25519'));
  if (file === undefined) return 1;
  const loaded = await loadIdentity(run, file);
  if (loaded.outcome === 'key') {
    // 6.6 prints no comment.
    await run.print(printPublicLine(publicKeyOf(loaded.key), run.isOld ? '' : loaded.comment));
    return 0;
  }
  if (loaded.outcome === 'missing') return run.fail(run.texts.missing(file, loaded.why));
  return run.fail(run.texts.loadKey(file, words(loaded)));
}

function words(loaded: Exclude<LoadedPrivateKey, { readonly outcome: 'key' }>): string {
  if (loaded.outcome === 'bad-permissions') return 'bad permissions';
  return loaded.outcome === 'wrong-passphrase' ? wrongPassphraseWords : loaded.why;
}

/** load_identity(): without a passphrase first, then with the one of -P or the one asked for. */
async function loadIdentity(run: KeygenRun, path: string): Promise<LoadedPrivateKey> {
  const { system, log } = run;
  const plain = await loadPrivateKey(system, { path, passphrase: '', log });
  if (plain.outcome !== 'wrong-passphrase') return plain;
  const passphrase =
    run.request.passphrase ?? (await readPassphrase(system, run.texts.askPassphraseToLoad(path), { allowStdin: true }));
  return loadPrivateKey(system, { path, passphrase, log });
}
