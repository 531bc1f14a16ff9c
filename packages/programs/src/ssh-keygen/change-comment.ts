/** ssh-keygen -c: another comment in the private key's file and in the public one's. 6.6 knows comments of RSA1 keys only. */
import { publicKeyOf } from '@seashell/core/keys';
import { statusError } from '../storage/read-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { readInputLine, readPassphrase } from '../terminal/read-passphrase.ts';
import type { LoadedKey } from '../identity/load-key.ts';
import { formatOpenFailure, tryPassphrase } from './load-identity.ts';
import type { KeygenRun } from './run.ts';
import { savePublicKey } from './save-public.ts';
import { savePrivateKey } from './write-private.ts';

export async function changeComment(run: KeygenRun): Promise<number> {
  const path = await run.askFile();
  if (typeof path === 'number') return path;
  const missing = await statusError(run.system, path);
  if (missing !== undefined) return run.fail(run.texts.missing(path, missing));
  const opened = await openForComment(run, path);
  if (typeof opened === 'number') return opened;
  if (run.isOld || !mayHaveComment(run, opened.loaded)) return run.fail(run.texts.commentsUnsupported);
  const { loaded } = opened;
  await run.print(loaded.hasComment ? `Old comment: ${loaded.comment}` : 'No existing comment');
  const comment = run.request.comment ?? (await askComment(run));
  if (comment === undefined) return 1;
  if (loaded.hasComment && loaded.comment === comment) {
    await run.print('No change to comment');
    return 0;
  }
  return saveWithComment(run, { path, ...opened, comment });
}

/** Only Ed25519 keys and OpenSSH's own format. */
function mayHaveComment(run: KeygenRun, { key }: LoadedKey): boolean {
  const writesOpenssh = run.request.format === undefined || run.request.format === 'RFC4716';
  return writesOpenssh || key.type === 'ssh-ed25519';
}

interface Opened {
  readonly loaded: LoadedKey;
  /** The file is written with it again. */
  readonly passphrase: string;
}

/** The passphrase of -P, else of -N, else the one typed; or the exit status. */
async function openForComment(run: KeygenRun, path: string): Promise<Opened | number> {
  const { system, request, texts } = run;
  const plain = await tryPassphrase(run, path, '');
  if (plain.outcome === 'key') return { loaded: plain, passphrase: '' };
  if (plain.outcome !== 'wrong-passphrase' && !run.isOld) {
    return run.fail(texts.commentLoadFailed(path, formatOpenFailure(plain)));
  }
  const given = request.passphrase ?? request.newPassphrase;
  const passphrase = given ?? (await readPassphrase(system, 'Enter passphrase: ', { allowStdin: true }));
  const loaded = await tryPassphrase(run, path, passphrase);
  if (loaded.outcome === 'key') return { loaded, passphrase };
  return run.fail(texts.commentLoadFailed(path, formatOpenFailure(loaded)));
}

async function askComment(run: KeygenRun): Promise<string | undefined> {
  await writeAll(run.system.streams, 1, 'New comment: ');
  return readInputLine(run.system);
}

interface Commented extends Opened {
  readonly path: string;
  readonly comment: string;
}

async function saveWithComment(run: KeygenRun, { path, loaded, passphrase, comment }: Commented): Promise<number> {
  const { key } = loaded;
  const failure = await savePrivateKey(run, { path, key, comment, passphrase });
  if (failure !== undefined) return run.failAll(run.texts.saveFailed(path, failure));
  const publicPath = `${path}.pub`;
  const why = await savePublicKey(run, publicPath, { key: publicKeyOf(key), comment });
  if (why !== undefined) return run.fail(run.texts.savePublicFailed(publicPath, why));
  await run.print(comment === '' ? 'Comment removed' : `Comment '${comment}' applied`);
  return 0;
}
