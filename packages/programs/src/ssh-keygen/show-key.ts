/** A key as ssh-keygen -l and -B show it: bits, fingerprint or bubble babble, comment, type; with -v the randomart. */
import {
  bubbleBabbleFingerprint,
  encodePublicKey,
  fingerprint,
  fingerprintBody,
  keyBits,
  publicKeyTypeOf,
  randomart,
  type PublicKey,
} from '@seashell/core/keys';
import type { KeygenRun } from './run.ts';

/** Prints the line of a key; a comment that is `undefined` is told as none. */
export async function showKey(run: KeygenRun, key: PublicKey, comment: string | undefined): Promise<void> {
  await run.print(
    `${keyBits(key)} ${formatDigest(run, key)} ${comment ?? 'no comment'} (${publicKeyTypeOf(key).shortName})`,
  );
  if (run.request.verbosity > 0) await run.print(formatRandomart(run, key));
}

/** The fingerprint of -l, or with -B the bubble babble. */
export function formatDigest(run: KeygenRun, key: PublicKey): string {
  const blob = encodePublicKey(key);
  if (run.request.operations.has('bubble-babble')) return bubbleBabbleFingerprint(blob);
  return run.isOld ? fingerprintBody(blob, run.fingerprintHash) : fingerprint(blob, run.fingerprintHash);
}

/** The picture, of the same hash. */
export function formatRandomart(run: KeygenRun, key: PublicKey): string {
  return randomart(key, { hash: run.fingerprintHash, openssh: run.system.host.openSsh });
}
