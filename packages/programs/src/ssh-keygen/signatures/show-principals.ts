/** ssh-keygen -Y find-principals and match-principals: what an allowed signers file says of a signature or of a name. */
import {
  decodeSshsigSigner,
  findPrincipals,
  matchPrincipals,
  parseAllowedSigners,
  type LineStep,
  type Signer,
} from '@seashell/core/signatures';
import { DecodeError } from '@seashell/core/wire';
import type { SystemError } from '@seashell/system';
import { readTextFile } from '../../storage/read-file.ts';
import { writeAll } from '../../storage/write-all.ts';
import type { KeygenRun } from '../run.ts';
import { invalidArgumentStatus, readSignatureOptions } from './options.ts';
import { beginningErrorWords, decodeErrorWords, readSignatureFile } from './read-signature.ts';

/** SSH_ERR_KEY_NOT_FOUND, SSH_ERR_SYSTEM_ERROR and SSH_ERR_INVALID_FORMAT as exit statuses. */
const notFoundStatus = 210;
const systemErrorStatus = 232;
const invalidFormatStatus = 252;

/** find-principals: one principal a line, of the first line that allows the signer. */
export async function showPrincipals(run: KeygenRun): Promise<number> {
  const options = await readSignatureOptions(run, ['verify-time']);
  const signer = options === undefined ? undefined : await readSigner(run);
  const principals =
    options === undefined || signer === undefined ? undefined : await search(run, signer, options.verifyTime);
  if (principals === undefined) {
    await sayNoMatch(run);
    return 255;
  }
  for (const principal of principals) await run.print(principal);
  return 0;
}

async function readSigner(run: KeygenRun): Promise<Signer | undefined> {
  const bytes = await readSignatureFile(run, 'sig_find_principals');
  if (bytes === undefined) return undefined;
  try {
    return decodeSshsigSigner(bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const first = beginningErrorWords(error);
    if (first !== undefined) await run.log.error(first);
    await run.log.error(`sig_find_principals: sshsig_get_pubkey: ${decodeErrorWords(error)}`);
    return undefined;
  }
}

async function search(run: KeygenRun, signer: Signer, now: bigint): Promise<readonly string[] | undefined> {
  const path = run.request.file ?? '';
  const text = await readAllowedSigners(run, path, 'read');
  if (typeof text !== 'string') {
    await run.log.error(`sig_find_principals: sshsig_find_principal: ${text.message}`);
    return undefined;
  }
  const found = findPrincipals({ allowedSigners: parseAllowedSigners(text, run.zone), signer, now, zone: run.zone });
  await saySteps(run, path, found.steps);
  if (found.entry === undefined) return undefined;
  // An empty name ends the list, as strsep(3) is used there.
  const names = found.principals.flatMap((list) => list.split(','));
  const end = names.indexOf('');
  return end === -1 ? names : names.slice(0, end);
}

/** match-principals: the principals of every line that matches the name. */
export async function showMatchingPrincipals(run: KeygenRun): Promise<number> {
  if ((await readSignatureOptions(run, [])) === undefined) return invalidArgumentStatus;
  const { file: path = '', keyId = '' } = run.request;
  const text = await readAllowedSigners(run, path);
  if (typeof text !== 'string') return sayNoLine(run, text.message, systemErrorStatus);
  const matched = matchPrincipals(parseAllowedSigners(text, run.zone), keyId);
  await saySteps(run, path, matched.steps);
  if (matched.stopped) return sayNoLine(run, 'invalid format', invalidFormatStatus);
  if (matched.principals.length === 0) return sayNoLine(run, 'key not found', notFoundStatus);
  for (const principals of matched.principals) await run.print(principals);
  return 0;
}

async function sayNoLine(run: KeygenRun, why: string, status: number): Promise<number> {
  await run.log.debug1(`sig_match_principals: match: ${why}`);
  return sayNoMatch(run, status);
}

async function sayNoMatch(run: KeygenRun, status = 255): Promise<number> {
  await writeAll(run.system.streams, 2, 'No principal matched.\n');
  return status;
}

/**
 * The text of an allowed signers file. Opening a directory succeeds; that it cannot be read is only said where OpenSSH asks
 * (`complainOf` 'read'), and elsewhere it is an empty file.
 */
export async function readAllowedSigners(
  run: KeygenRun,
  path: string,
  complainOf: 'open' | 'read' = 'open',
): Promise<string | SystemError> {
  const text = await readTextFile(run.system, path);
  if (typeof text === 'string') return text;
  const isReading = text.operation === 'read';
  if (isReading && complainOf === 'open') return '';
  await run.log.error(`Unable to ${isReading ? 'read' : 'open'} allowed keys file "${path}": ${text.message}`);
  return text;
}

/** What OpenSSH says of lines on the way. */
export async function saySteps(run: KeygenRun, path: string, steps: readonly LineStep[]): Promise<void> {
  for (const { line, level, within, message } of steps) {
    await run.log.write(level, `${within === undefined ? '' : `${within}: `}${path}:${line}: ${message}`);
  }
}
