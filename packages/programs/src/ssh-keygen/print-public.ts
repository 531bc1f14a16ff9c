/** ssh-keygen -y: the public line of a private key. */
import { printPublicLine, publicKeyOf } from '@seashell/core/keys';
import { statusError } from '../storage/read-file.ts';
import { loadIdentity } from './load-identity.ts';
import type { KeygenRun } from './run.ts';

export async function printPublicKey(run: KeygenRun): Promise<number> {
  const file = await run.askFile();
  if (typeof file === 'number') return file;
  const missing = await statusError(run.system, file);
  if (missing !== undefined) return run.fail(run.texts.missing(file, missing));
  const loaded = await loadIdentity(run, file);
  if (typeof loaded === 'number') return loaded;
  // 6.6 prints no comment.
  await run.print(printPublicLine(publicKeyOf(loaded.key), run.isOld ? '' : loaded.comment));
  if ('application' in loaded.key) {
    const flags = loaded.key.flags.toString(16).padStart(2, '0');
    await run.log.debug1(`sk_application: "${loaded.key.application}", sk_flags 0x${flags}`);
  }
  return 0;
}
