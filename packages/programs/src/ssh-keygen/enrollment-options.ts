/** What -O says when a key is made in an authenticator (main() of ssh-keygen.c, the case of KEY_ED25519_SK). */
import { isSystemError } from '@seashell/system';
import { residentKeyFlag, userPresenceFlag, userVerificationFlag } from '@seashell/core/keys';
import { readFile } from '../storage/read-file.ts';
import type { KeygenRun } from './run.ts';

export interface EnrollmentOptions {
  readonly flags: number;
  readonly application?: string;
  readonly user?: string;
  readonly device?: string;
  readonly attestationPath?: string;
}

/** What one option changes, or the words that end the run. */
type ReadOption = (value: string, before: EnrollmentOptions, run: KeygenRun) => Promise<EnrollmentOptions | string>;

const words: ReadonlyMap<string, (flags: number) => number> = new Map([
  ['no-touch-required', (flags: number) => flags & ~userPresenceFlag],
  ['verify-required', (flags: number) => flags | userVerificationFlag],
  ['resident', (flags: number) => flags | residentKeyFlag],
]);

const settings: ReadonlyMap<string, ReadOption> = new Map<string, ReadOption>([
  ['device', async (device, before) => ({ ...before, device })],
  ['user', async (user, before) => ({ ...before, user })],
  ['write-attestation', async (attestationPath, before) => ({ ...before, attestationPath })],
  ['challenge', readChallenge],
  ['application', readApplication],
]);

/** Reads them in their order; the first that is wrong gives the words. */
export async function readEnrollmentOptions(run: KeygenRun): Promise<EnrollmentOptions | string> {
  let read: EnrollmentOptions = { flags: userPresenceFlag };
  for (const option of run.request.options) {
    const next = await readOption(run, option, read);
    if (typeof next === 'string') return next;
    read = next;
  }
  return read;
}

async function readOption(
  run: KeygenRun,
  option: string,
  before: EnrollmentOptions,
): Promise<EnrollmentOptions | string> {
  const change = words.get(option.toLowerCase());
  if (change !== undefined) return { ...before, flags: change(before.flags) };
  const at = option.indexOf('=');
  const setting = at === -1 ? undefined : settings.get(option.slice(0, at).toLowerCase());
  if (setting === undefined) return `Option "${option}" is unsupported for FIDO authenticator enrollment`;
  return setting(option.slice(at + 1), before, run);
}

async function readApplication(application: string, before: EnrollmentOptions): Promise<EnrollmentOptions | string> {
  if (!application.startsWith('ssh:')) return 'FIDO application string must begin with "ssh:"';
  return { ...before, application };
}

/** The challenge is what an attestation would sign; the file has to be there. */
async function readChallenge(
  path: string,
  before: EnrollmentOptions,
  run: KeygenRun,
): Promise<EnrollmentOptions | string> {
  try {
    await readFile(run.system, path);
    return before;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return `Unable to load FIDO enrollment challenge "${path}": ${error.message}`;
  }
}
