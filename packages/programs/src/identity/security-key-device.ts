/**
 * The authenticator that ssh and ssh-keygen speak to (sk-api.h, ssh-sk.c): what it is asked, how it refuses, and how it is found. A
 * program is made with the machine's way to it; a machine without one has no device.
 */
import {
  keyTypeOf,
  userPresenceFlag,
  userVerificationFlag,
  type PrivateKey,
  type SecurityKey,
} from '@seashell/core/keys';
import type { System } from '@seashell/system';
import type { Log } from '../logging/log.ts';
import { findStatus } from '../storage/read-file.ts';

/** Why a device did not do it, in ssherr.c's words. */
export const deviceRefusals = {
  notFound: 'device not found',
  /** Whatever has no words of its own. */
  general: 'invalid format',
  /** A PIN is wanted, or the one given is wrong. */
  pin: 'incorrect passphrase supplied to decrypt private key',
  /** A resident key of this application and user is there already. */
  exists: 'bad permissions',
} as const;

/** Why an authenticator did not do what was asked. */
export type DeviceRefusal = (typeof deviceRefusals)[keyof typeof deviceRefusals];

/** Which key an authenticator shall make. */
export interface EnrollmentRequest {
  readonly type: SecurityKey['type'];
  readonly application: string;
  /** The user of a resident key; empty if none was named. */
  readonly user: string;
  /** As in the key file: `userPresenceFlag`, `userVerificationFlag`, `residentKeyFlag` of the core. */
  readonly flags: number;
  readonly pin: string | undefined;
  /** A resident key that is there already gives way. */
  readonly overwrite: boolean;
}

/** What an authenticator shall sign, and with which key. */
export interface AssertionWish {
  readonly key: SecurityKey;
  readonly message: Uint8Array;
  readonly pin: string | undefined;
}

/** A device of the machine. It waits for the touch itself. */
export interface SecurityKeyDevice {
  enroll(request: EnrollmentRequest): Promise<SecurityKey | DeviceRefusal>;
  /** The signature blob. */
  sign(request: AssertionWish): Promise<Uint8Array | DeviceRefusal>;
}

/** The machine's way to its device, or to the one that `-O device=` names; undefined where there is none. */
export type FindSecurityKeyDevice = (
  system: Pick<System, 'files' | 'streams'>,
  path: string | undefined,
) => Promise<SecurityKeyDevice | undefined>;

export interface DeviceSearch {
  readonly log: Pick<Log, 'error'>;
  readonly find: FindSecurityKeyDevice | undefined;
  /** `internal`, or the path of a library: -w, SecurityKeyProvider. */
  readonly provider: string;
  readonly path?: string | undefined;
}

/** The device behind the provider, or why there is none; libraries are never one. */
export async function findDevice(
  system: Pick<System, 'files' | 'streams'>,
  { log, find, provider, path }: DeviceSearch,
): Promise<SecurityKeyDevice | DeviceRefusal> {
  if (provider === '') {
    await log.error('No FIDO SecurityKeyProvider specified');
    return deviceRefusals.general;
  }
  if (provider === 'internal') return (await find?.(system, path)) ?? deviceRefusals.notFound;
  if ((await findStatus(system, provider)) === undefined) {
    await log.error(`lib_contains_symbol: open ${provider}: No such file or directory`);
  }
  await log.error(`provider ${provider} is not an OpenSSH FIDO library`);
  return deviceRefusals.general;
}

export function isSecurityKey(key: PrivateKey): key is SecurityKey {
  return keyTypeOf(key).inAuthenticator;
}

export function wantsTouch(key: SecurityKey): boolean {
  return (key.flags & userPresenceFlag) !== 0;
}

export function wantsPin(key: SecurityKey): boolean {
  return (key.flags & userVerificationFlag) !== 0;
}
