/** ssh-keygen -K: the keys that stand in an authenticator. do_download_sk() of ssh-keygen.c, as far as it comes without one. */
import { answerLater } from '../later.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import type { KeygenRun } from './run.ts';
import { askPin, findDeviceOf, isInternalProvider } from './security-key.ts';
import type { Failure } from './texts.ts';

const fatal = (text: string): Failure => ({ text, to: 'log', status: 255 });

/** Differs from OpenSSH: where there is an authenticator nothing is asked of it, and one line says so. */
export async function downloadResidentKeys(run: KeygenRun): Promise<number> {
  let path: string | undefined;
  for (const option of run.request.options) {
    path = /^device=(.*)$/is.exec(option)?.[1];
    if (path === undefined) return run.fail(fatal(`Option "${option}" is unsupported for FIDO authenticator download`));
  }
  const isInternal = isInternalProvider(run);
  const own = isInternal ? await run.findSecurityKeyDevice?.(run.system, path) : undefined;
  if (own !== undefined) return answerLater(run.system, 'ssh-keygen', 'option -K');
  await readPassphrase(run.system, askPin, { allowStdin: true });
  if (!run.request.quiet) await run.print('You may need to touch your authenticator to authorize key download.');
  const found = await findDeviceOf(run, path);
  if (typeof found !== 'string') return answerLater(run.system, 'ssh-keygen', 'option -K');
  if (isInternal) await run.log.error('Provider "internal" returned failure -4');
  return run.fail(fatal(`Unable to load resident keys: ${found}`));
}
