/** The key that `-Y sign` signs with: named by its public key, its certificate or itself (ssh-keygen.c, load_sign_key). */
import { encodePublicKey, publicKeyOf, type PrivateKey } from '@seashell/core/keys';
import { signerOfBlob, type Signer } from '@seashell/core/signatures';
import { equalBytes } from '@seashell/core/wire';
import { wrongPassphraseWords, type LoadedPrivateKey } from '../../identity/load-key.ts';
import { loadPublicFile } from '../../identity/load-public.ts';
import { findStatus } from '../../storage/read-file.ts';
import { formatOpenFailure, openIdentity } from '../load-identity.ts';
import type { KeygenRun } from '../run.ts';

export interface SigningKey {
  readonly key: PrivateKey;
  /** The certificate, if `-f` named one. */
  readonly signer: Signer;
}

/** Differs from OpenSSH: no agent is asked, so `-U` ends as it does where none runs. */
export async function loadSigningKey(run: KeygenRun, path: string): Promise<SigningKey | undefined> {
  const loadedPublic = await loadPublicFile(run.system, path);
  if (loadedPublic === undefined) {
    await run.log.error(`Couldn't load public key ${path}: No such file or directory`);
    return undefined;
  }
  const signer = signerOfBlob(loadedPublic.held.blob);
  if (run.request.preferAgent) return refuse(run, "Couldn't get agent socket");
  await run.log.debug1("Couldn't get agent socket: agent not present");
  const privatePath = await findPrivatePath(run, path);
  if (privatePath !== path && (await findStatus(run.system, privatePath)) === undefined) {
    return refuse(run, `No private key found for public key "${path}"`);
  }
  const { loaded } = await openIdentity(run, privatePath, run.texts.askPassphraseToLoad(privatePath));
  if (loaded.outcome !== 'key') {
    if (loaded.outcome !== 'wrong-passphrase') {
      await run.log.debug1(`load_sign_key: load private key "${privatePath}": ${formatOpenFailure(loaded)}`);
    }
    return refuse(run, words(loaded, privatePath));
  }
  const isPair = equalBytes(encodePublicKey(publicKeyOf(loaded.key)), encodePublicKey(signer.key));
  if (isPair) return { key: loaded.key, signer };
  return refuse(run, `Public key ${path} doesn't match private ${privatePath}`);
}

/** The private key's path beside a public key or a certificate, told once for each ending that is cut off. */
async function findPrivatePath(run: KeygenRun, path: string): Promise<string> {
  const privatePath = path.replace(/(?:-cert)?\.pub$/, '');
  const endings = privatePath === path ? 0 : path.endsWith('-cert.pub') ? 2 : 1;
  for (let told = 0; told < endings; told += 1) {
    await run.log.debug1(
      `load_sign_key: ${path} looks like a public key, using private key path ${privatePath} instead`,
    );
  }
  return privatePath;
}

function words(loaded: Exclude<LoadedPrivateKey, { readonly outcome: 'key' }>, path: string): string {
  if (loaded.outcome === 'wrong-passphrase') return `Load key "${path}": ${wrongPassphraseWords}`;
  return `No private key found for "${path}"`;
}

async function refuse(run: KeygenRun, why: string): Promise<undefined> {
  await run.log.error(why);
  return undefined;
}
