/** A key as ssh-keygen -l and -B show it: bits, fingerprint or bubble babble, comment, type; with -v the randomart. */
import { certificateTypeFor, type KeyOrCertificate } from '@seashell/core/certificates';
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
import { formatPrintable } from './printable.ts';
import type { KeygenRun } from './run.ts';

/** What is shown of a key, or of a certificate, whose numbers are those of the key in it. */
export type ShownKey = Pick<KeyOrCertificate, 'kind' | 'key'>;

/** Prints the line of a key; a comment that is `undefined` is told as none. */
export async function showKey(run: KeygenRun, held: ShownKey, comment: string | undefined): Promise<void> {
  const { key } = held;
  const line = `${keyBits(key)} ${formatDigest(run, key)} ${comment ?? 'no comment'} (${shortNameOf(held)})`;
  await run.print(run.isOld ? line : formatPrintable(line, run.system.process.environment));
  if (run.request.verbosity > 0) await run.print(formatRandomart(run, held));
}

/** sshkey_type(): like `ED25519` or `ED25519-CERT`. */
export function shortNameOf({ kind, key }: ShownKey): string {
  return (kind === 'certificate' ? certificateTypeFor(key) : publicKeyTypeOf(key)).shortName;
}

/** The fingerprint of -l, or with -B the bubble babble. */
export function formatDigest(run: KeygenRun, key: PublicKey): string {
  const blob = encodePublicKey(key);
  if (run.request.operations.has('bubble-babble')) return bubbleBabbleFingerprint(blob);
  return run.isOld ? fingerprintBody(blob, run.fingerprintHash) : fingerprint(blob, run.fingerprintHash);
}

/** The picture, of the same hash. */
export function formatRandomart(run: KeygenRun, held: ShownKey): string {
  const style = { hash: run.fingerprintHash, openssh: run.system.host.openSsh, shortName: shortNameOf(held) };
  return randomart(held.key, style);
}
