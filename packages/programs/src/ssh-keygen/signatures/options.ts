/** The `-O` options of `-Y`: which of them an operation knows (ssh-keygen.c, sig_process_opts). */
import { parseAbsoluteTime } from '@seashell/core/signatures';
import { epochSeconds } from '../../local-time.ts';
import type { KeygenRun } from '../run.ts';

export type SignatureOptionName = 'hashalg' | 'verify-time' | 'print-pubkey';

export interface SignatureOptions {
  /** As written. */
  readonly hashName: string;
  /** Seconds since the epoch; now, if not given. */
  readonly verifyTime: bigint;
  readonly printPublicKey: boolean;
}

/** The statuses with which operations end that OpenSSH makes of its error numbers, SSH_ERR_INVALID_ARGUMENT among them. */
export const invalidArgumentStatus = 246;

/** Reads `-O`; undefined when one of them is wrong, which has been said then. */
export async function readSignatureOptions(
  run: KeygenRun,
  known: readonly SignatureOptionName[],
): Promise<SignatureOptions | undefined> {
  let hashName = 'sha512';
  let verifyTime = epochSeconds(run.system);
  let printPublicKey = false;
  for (const option of run.request.options) {
    const { name, value } = split(option);
    if (!known.some((each) => each === name)) return refuse(run, `Invalid option "${option}"`);
    if (name === 'hashalg') hashName = value;
    if (name === 'print-pubkey') printPublicKey = true;
    if (name !== 'verify-time') continue;
    const time = parseAbsoluteTime(value, run.zone);
    if (time === undefined || time <= 0n) return refuse(run, 'Invalid "verify-time" option');
    verifyTime = time;
  }
  return { hashName, verifyTime, printPublicKey };
}

/** A name in either case. The two that take a value need their `=`, the other must not have one. */
function split(option: string): { readonly name: string | undefined; readonly value: string } {
  const [, name, value = ''] = /^(hashalg|verify-time)=(.*)$/is.exec(option) ?? [];
  if (name !== undefined) return { name: name.toLowerCase(), value };
  return { name: option.toLowerCase() === 'print-pubkey' ? 'print-pubkey' : undefined, value: '' };
}

async function refuse(run: KeygenRun, words: string): Promise<undefined> {
  await run.log.error(words);
  return undefined;
}
