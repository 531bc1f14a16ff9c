/** Keys in an authenticator (FIDO): ssh-keygen -t ed25519-sk and ecdsa-sk, and what is asked of a device for them. */
import type { Signing } from '@seashell/core/certificates';
import {
  fingerprint,
  encodePublicKey,
  isSecurityKeyType,
  keyTypeOf,
  publicKeyOf,
  type SecurityKey,
} from '@seashell/core/keys';
import { concatBytes, string, utf8Encode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import {
  deviceRefusals,
  findDevice,
  type DeviceRefusal,
  type EnrollmentRequest,
  type SecurityKeyDevice,
} from '../identity/security-key-device.ts';
import { saveFile } from '../storage/save-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { readInputLine, readPassphrase } from '../terminal/read-passphrase.ts';
import { readEnrollmentOptions, type EnrollmentOptions } from './enrollment-options.ts';
import type { WantedKey } from './key-request.ts';
import type { KeygenRun } from './run.ts';

export interface EnrolledKey {
  readonly key: SecurityKey;
  /** Where `-O write-attestation=` wants it. */
  readonly attestationPath: string | undefined;
}

export const askPin = 'Enter PIN for authenticator: ';
const maximumPins = 3;

/** The key that the authenticator made, or the exit status after OpenSSH's words. */
export async function enrollSecurityKey(run: KeygenRun, wanted: WantedKey): Promise<EnrolledKey | number> {
  const options = await readEnrollmentOptions(run);
  if (typeof options === 'string') return run.fail({ text: options, to: 'log', status: 255 });
  const { type } = wanted;
  if (!isSecurityKeyType(type)) throw new Error(`assertion: ${type} is made in an authenticator`);
  const key = await enroll(run, type, options);
  if (typeof key === 'object') return { key, attestationPath: options.attestationPath };
  return run.fail({ text: key, to: 'log', status: 255 });
}

/** The key, or the words that end the run. A PIN is asked for once the device wants one. */
async function enroll(
  run: KeygenRun,
  type: SecurityKey['type'],
  options: EnrollmentOptions,
): Promise<SecurityKey | string> {
  const { application = 'ssh:', user = '', flags } = options;
  let request: EnrollmentRequest = { type, application, user, flags, pin: undefined, overwrite: false };
  for (let round = 0; ; round += 1) {
    if (!run.request.quiet) await run.print(touchWords(round));
    const device = await findDeviceOf(run, options.device);
    const made = typeof device === 'string' ? device : await device.enroll(request);
    if (typeof made === 'object') return made;
    if (made === deviceRefusals.exists && !request.overwrite && (await mayOverwrite(run, options))) {
      request = { ...request, overwrite: true };
      continue;
    }
    if (made !== deviceRefusals.pin) return `Key enrollment failed: ${made}`;
    if (request.pin !== undefined) await run.log.error('PIN incorrect');
    if (round >= maximumPins) return 'Too many incorrect PINs';
    request = { ...request, pin: await readPassphrase(run.system, askPin, { allowStdin: true }) };
  }
}

function touchWords(round: number): string {
  return `You may need to touch your authenticator${round === 0 ? '' : ' again'} to authorize key generation.`;
}

/** confirm_sk_overwrite(). */
async function mayOverwrite(run: KeygenRun, options: EnrollmentOptions): Promise<boolean> {
  const { application = 'ssh:', user = 'null' } = options;
  await run.print(`A resident key scoped to '${application}' with user id '${user}' already exists.`);
  await writeAll(run.system.streams, 1, 'Overwrite key in token (y/n)? ');
  const answer = await readInputLine(run.system);
  return answer !== undefined && /^[yY]/.test(answer);
}

/** The device of -w, `SSH_SK_PROVIDER` or the machine. */
export function findDeviceOf(run: KeygenRun, path?: string): Promise<SecurityKeyDevice | DeviceRefusal> {
  const { system, log } = run;
  return findDevice(system, { log, find: run.findSecurityKeyDevice, provider: providerOf(run), path });
}

function providerOf({ request, system }: KeygenRun): string {
  return request.securityKeyProvider ?? system.process.environment['SSH_SK_PROVIDER'] ?? internalProvider;
}

const internalProvider = 'internal';

/** Whether the machine's own device is meant, and not one behind a library. */
export function isInternalProvider(run: KeygenRun): boolean {
  return providerOf(run) === internalProvider;
}

/** What `work` gives once the device has signed what it asks for, or why it has not. */
export async function runWithDevice<T extends object>(
  run: KeygenRun,
  work: Signing<T>,
  { key, pin }: { readonly key: SecurityKey; readonly pin: string | undefined },
): Promise<T | DeviceRefusal> {
  let step = work.next();
  while (step.done !== true) {
    const device = await findDeviceOf(run);
    const { message } = step.value;
    const signed = typeof device === 'string' ? device : await device.sign({ key, message, pin });
    if (typeof signed === 'string') return signed;
    step = work.next(signed);
  }
  return step.value;
}

/** `Confirm user presence for key ED25519-SK SHA256:...` */
export function presenceWords(key: SecurityKey): string {
  const blob = encodePublicKey(publicKeyOf(key));
  return `Confirm user presence for key ${keyTypeOf(key).shortName} ${fingerprint(blob)}`;
}

/**
 * save_attestation(): PROTOCOL.u2f's ssh-sk-attest-v01, with nothing in it, for the devices here attest nothing. The exit status if it
 * cannot be written.
 */
export async function saveAttestation(run: KeygenRun, path: string): Promise<number | undefined> {
  const reserved = new Uint8Array(4);
  const empty = string.encode(new Uint8Array());
  const bytes = concatBytes(string.encode(utf8Encode('ssh-sk-attest-v01')), empty, empty, empty, reserved, empty);
  try {
    await saveFile(run.system, path, { bytes, mode: 0o600 });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return run.fail({ text: `Unable to write attestation data "${path}": ${error.message}`, to: 'log', status: 255 });
  }
  if (!run.request.quiet) await run.print(`Your FIDO attestation certificate has been saved in ${path}`);
  return undefined;
}
