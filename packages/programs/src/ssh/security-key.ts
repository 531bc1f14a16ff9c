/** A signature of an authenticator, for a login: identity_sign() of sshconnect2.c, with its notice and its question for the PIN. */
import { encodePublicKey, fingerprint, keyTypeOf, publicKeyOf, type SecurityKey } from '@seashell/core/keys';
import { deviceRefusals, findDevice, wantsTouch, type DeviceRefusal } from '../identity/security-key-device.ts';
import { startNotice, type EndNotice } from '../terminal/notice.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import type { Login } from './login.ts';

interface DeviceSigning {
  readonly key: SecurityKey;
  readonly message: Uint8Array;
  /** Of the key's file: the question for the PIN names it. */
  readonly path: string;
}

/** The signature blob, or why there is none. The PIN is asked for when the device wants it, once. */
export async function signByDevice(login: Login, signing: DeviceSigning): Promise<Uint8Array | DeviceRefusal> {
  const first = await attempt(login, signing, undefined);
  if (first !== deviceRefusals.pin) return first;
  const question = `Enter PIN for ${keyTypeOf(signing.key).shortName} key ${signing.path}: `;
  return attempt(login, signing, await readPassphrase(login.system, question));
}

async function attempt(
  login: Login,
  { key, message }: DeviceSigning,
  pin: string | undefined,
): Promise<Uint8Array | DeviceRefusal> {
  const { system, log, findSecurityKeyDevice: find } = login;
  const endNotice = await announce(login, key);
  const device = await findDevice(system, { log, find, provider: providerOf(login) });
  const signed = typeof device === 'string' ? device : await device.sign({ key, message, pin });
  await endNotice(typeof signed === 'string' ? undefined : 'User presence confirmed');
  return signed;
}

/** Nothing in batch mode, where OpenSSH would ask an askpass program to show it. */
async function announce({ system, settings }: Login, key: SecurityKey): Promise<EndNotice> {
  if (!wantsTouch(key) || settings.settings.get('BatchMode')) return async () => {};
  const shown = `${keyTypeOf(key).shortName} ${fingerprint(encodePublicKey(publicKeyOf(key)))}`;
  return startNotice(system, `Confirm user presence for key ${shown}`);
}

/** SecurityKeyProvider; one that begins with `$` names a variable. */
function providerOf({ settings, system }: Login): string {
  const { environment } = system.process;
  const given = settings.settings.get('SecurityKeyProvider');
  if (given === undefined) return environment['SSH_SK_PROVIDER'] ?? 'internal';
  return given.startsWith('$') ? (environment[given.slice(1)] ?? '') : given;
}
